"""The zip behind a docx or pptx: its XML parts and what they point at.

Written by Word, PowerPoint, WPS and converters, a package may lack any part and may point at
parts that are not there; both mean "nothing here". Strict and transitional files are the same to
a reader, so elements are named by prefix (`w:p`), whichever of both name spaces they carry.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from kit.documents.guard import damaged

_OFFICE = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_MICROSOFT = "http://schemas.microsoft.com/office"
PREFIXES = {
    f"{_OFFICE}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    f"{_OFFICE}/presentationml/2006/main": "p",
    f"{_STRICT}/presentationml/main": "p",
    f"{_OFFICE}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_OFFICE}/drawingml/2006/wordprocessingDrawing": "wp",
    f"{_STRICT}/drawingml/wordprocessingDrawing": "wp",
    f"{_OFFICE}/drawingml/2006/picture": "pic",
    f"{_STRICT}/drawingml/picture": "pic",
    f"{_OFFICE}/drawingml/2006/chart": "c",
    f"{_STRICT}/drawingml/chart": "c",
    f"{_OFFICE}/drawingml/2006/diagram": "dgm",
    f"{_STRICT}/drawingml/diagram": "dgm",
    f"{_OFFICE}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_OFFICE}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_OFFICE}/markup-compatibility/2006": "mc",
    f"{_MICROSOFT}/word/2010/wordprocessingShape": "wps",
    f"{_MICROSOFT}/drawing/2014/chartex": "cx",
    f"{_MICROSOFT}/powerpoint/2010/main": "p14",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}


@dataclass(frozen=True)
class Target:
    """What a part points at: `kind` is the last word of the relationship's type."""

    kind: str
    address: str
    external: bool


def tag(element: Any) -> str:
    """`w:p`; `?:name` for a name space nobody here knows, "" for comments."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return f"{PREFIXES.get(name.namespace or '', '?')}:{name.localname}"


def attribute(element: Any, name: str) -> str:
    """An attribute by `w:val` or plain name, "" when there is none."""
    prefix, _colon, local = name.rpartition(":")
    if not prefix:
        return str(element.get(local, ""))
    for key, value in element.attrib.items():
        found = etree.QName(key)
        if found.localname == local and PREFIXES.get(found.namespace or "") == prefix:
            return str(value)
    return ""


def child(element: Any, *path: str) -> Any:
    """The first child along a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if tag(each) == name), None)
    return element


def every(element: Any, *names: str) -> Iterator[Any]:
    """The descendants of these names, in order."""
    return (each for each in element.iter() if tag(each) in names)


class Package:
    """Parts by name; asking for one that is missing is no error."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._targets: dict[str, dict[str, Target]] = {}
        self._read: dict[str, bytes] = {}

    def data(self, name: str) -> bytes:
        """The bytes of a part, b"" when there is none; one copy, however often it is asked for."""
        if name not in self._read:
            self._read[name] = self._archive.read(name) if name in self._names else b""
        return self._read[name]

    def xml(self, name: str) -> Any:
        """The root of a part, None when there is none; DocumentError when it is no XML."""
        data = self.data(name)
        if not data:
            return None
        # A parser of its own for each part: entities stay unread, nothing is fetched.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
            huge_tree=False,
        )  # fmt: skip
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise damaged() from error

    def targets(self, name: str) -> dict[str, Target]:
        """What a part points at, by relationship id."""
        if name not in self._targets:
            folder, base = posixpath.split(name)
            root = self.xml(f"{folder}/_rels/{base}.rels")
            rows = [] if root is None else list(root)
            self._targets[name] = {
                row.get("Id", ""): self._target(folder, row) for row in rows if tag(row)
            }
        return self._targets[name]

    def _target(self, folder: str, row: Any) -> Target:
        address, external = row.get("Target", ""), row.get("TargetMode") == "External"
        if not external:
            address = unquote(address).replace("\x00", "")  # no database stores the character
            address = posixpath.normpath(posixpath.join("/", folder, address)).lstrip("/")
        return Target(row.get("Type", "").rpartition("/")[2], address, external)

    def related(self, name: str, kind: str) -> str:
        """The name of the first part of a kind that a part points at, or ""."""
        found = (
            target.address
            for target in self.targets(name).values()
            if target.kind == kind and not target.external
        )
        return next(found, "")
