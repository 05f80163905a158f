"""Looking at an uploaded document before any parser does: what it is, and whether it is a bomb.

Declared sizes in a zip lie, so every entry is unpacked in small pieces and counted.
"""

import zipfile
import zlib
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _

from kit.documents.errors import DocumentError

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_XML_BYTES = 40 * 1024 * 1024
MAX_RATIO = 200
RATIO_FREE_BYTES = 4 * 1024 * 1024  # small entries may repeat themselves
PIECE = 256 * 1024
DOCUMENTS = {"word/document.xml": "docx", "ppt/presentation.xml": "pptx"}
OTHER_NAMES = {"docx": {".docx", ".dotx"}, "pptx": {".pptx", ".ppsx", ".potx"}}
_ENTITIES = [
    mark.encode(code)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
]
_STREAMS = {
    "EncryptedPackage": "protected",
    "WordDocument": "doc",
    "PowerPoint Document": "ppt",
}
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


def kind_of(file: IO[bytes], name: str) -> str:
    """ "docx" or "pptx" by content; DocumentError for anything else, naming what was seen."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(512)
    file.seek(0)
    if size == 0:
        raise DocumentError(_("The file is empty."))
    if size > MAX_FILE_BYTES:
        raise DocumentError(
            _("The file is larger than 50 MB."), _("Compress its pictures, or split it.")
        )
    if not head.startswith(b"PK"):
        raise _not_a_package(file, head)
    kind = _kind_of_zip(file)
    _check_name(kind, name)
    return kind


def _check_name(kind: str, name: str) -> None:
    suffix = PurePath(name).suffix.lower()
    if suffix not in OTHER_NAMES[kind]:
        raise DocumentError(
            _("The name ends in “%(suffix)s”, but the file is a .%(kind)s.")
            % {"suffix": suffix, "kind": kind},
            _("Rename it, or look whether it is the file that was meant."),
        )


def _kind_of_zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            inspect(archive)
            names = {entry.filename for entry in archive.infolist()}
            types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except DocumentError:
        raise
    except _DAMAGED as error:
        raise damaged() from error
    finally:
        file.seek(0)
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        raise DocumentError(
            _("The file carries macros."), _("Save it as a plain .docx or .pptx without macros.")
        )
    for entry, kind in DOCUMENTS.items():
        if entry in names:
            return kind
    if "xl/workbook.xml" in names:
        raise _unreadable(_("a workbook (.xlsx)"))
    if "content.xml" in names:
        raise _unreadable(_("an OpenDocument file"))
    raise _unreadable("ZIP")


def inspect(archive: zipfile.ZipFile) -> None:
    """Unpack every entry in pieces, keeping nothing; DocumentError when a limit is passed."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES or len(names) != len(entries):
        raise _bomb()
    total = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise protected()
        total += _inspect_entry(archive, entry, MAX_UNPACKED_BYTES - total)


def _inspect_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: int) -> int:
    """The entry's real size."""
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    limit = min(
        allowance,
        max(RATIO_FREE_BYTES, entry.compress_size * MAX_RATIO),
        MAX_XML_BYTES if is_xml else MAX_UNPACKED_BYTES,
    )
    size, tail = 0, b""
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > limit:
                raise _bomb()
            if is_xml and any(mark in tail + piece for mark in _ENTITIES):
                raise DocumentError(
                    _("The file has a document type definition, which no document needs."),
                    _("Save it again with Word, PowerPoint or WPS."),
                )
            tail = piece[-32:]
    return size


def _not_a_package(file: IO[bytes], head: bytes) -> DocumentError:
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole(file)
    if head.startswith(b"%PDF"):
        return _unreadable("PDF")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return _unreadable(_("a picture"))
    if text.startswith(b"{\\rtf"):
        return _unreadable("RTF")
    if text.startswith((b"<!doctype html", b"<html", b"mime-version")):
        return DocumentError(
            _("This is a web page with the name of a document."),
            _("Open it in Word or WPS and save it as .docx, or paste its text."),
        )
    return _unreadable(_("an unknown format"))


def _ole(file: IO[bytes]) -> DocumentError:
    """Old .doc and .ppt (also .wps and .dps), and files with a password, are all OLE files."""
    data = file.read()
    file.seek(0)
    for stream, meaning in _STREAMS.items():
        if stream.encode("utf-16-le") not in data:
            continue
        if meaning == "protected":
            return protected()
        return DocumentError(
            _("This is the old format .%(kind)s.") % {"kind": meaning},
            _("Open it in Word, PowerPoint or WPS and save it as .%(kind)sx.") % {"kind": meaning},
        )
    return _unreadable(_("an old Office file"))


def _unreadable(seen: str) -> DocumentError:
    return DocumentError(
        _("This kind of file cannot be read: %(seen)s.") % {"seen": seen},
        _("Save it as .docx or .pptx and upload it anew."),
    )


def _bomb() -> DocumentError:
    return DocumentError(
        _("The file unpacks to more than is safe."), _("Remove large pictures and save it again.")
    )


def protected() -> DocumentError:
    """The file asks for a password."""
    return DocumentError(_("The file is protected."), _("Save it without a password."))


def damaged() -> DocumentError:
    """The file cannot be unpacked or its XML cannot be read."""
    return DocumentError(_("The file is damaged."), _("Save it again and upload it anew."))
