"""Looking at an uploaded workbook before any parser does: what it is, and whether it is a bomb.

Declared sizes in a zip lie, so every entry is unpacked in small pieces and counted.
"""

import re
import zipfile
import zlib
from typing import IO

from django.utils.translation import gettext as _

from kit.spreadsheets.errors import WorkbookError

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100
RATIO_FREE_BYTES = 1024 * 1024  # small entries may repeat themselves
PIECE = 256 * 1024
_ENTITIES = [
    mark.encode(code)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for code in ("utf-8", "utf-16-le", "utf-16-be")
]


def kind_of(file: IO[bytes]) -> str:
    """ "xlsx" or "csv" by content; WorkbookError for anything else, naming what was seen."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if size == 0:
        raise _refuse(_("The file is empty."))
    if size > MAX_FILE_BYTES:
        raise _refuse(_("The file is larger than 20 MB."), _("Split it into several files."))
    if head.startswith(b"PK"):
        return _kind_of_zip(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _ole(file)
    if head.startswith(b"%PDF"):
        raise _not_a_table("PDF")
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise _not_a_table(_("picture"))
    return "csv"


def _kind_of_zip(file: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            inspect(archive)
            names = set(archive.namelist())
    except WorkbookError:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
    ) as error:
        raise _refuse(_("The file is damaged."), _("Save it again and upload it anew.")) from error
    finally:
        file.seek(0)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names:
        raise _not_a_table("ODS")
    if any(name.startswith("Index/") for name in names):
        raise _not_a_table("Numbers")
    raise _not_a_table("ZIP")


def inspect(archive: zipfile.ZipFile) -> None:
    """Unpack every entry in pieces, keeping nothing; WorkbookError when a limit is passed."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _bomb()
    total = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise _refuse(_("The file is protected."), _("Save it without a password."))
        total += _inspect_entry(archive, entry, MAX_UNPACKED_BYTES - total)


def _inspect_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: int) -> int:
    """The entry's real size."""
    limit = max(RATIO_FREE_BYTES, entry.compress_size * MAX_RATIO)
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, tail = 0, b""
    with archive.open(entry) as stream:
        while piece := stream.read(PIECE):
            if size == 0 and piece.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
                raise _refuse(
                    _("There is another file inside the workbook."), _("Remove embedded files.")
                )
            size += len(piece)
            if size > min(limit, allowance):
                raise _bomb()
            if is_xml and any(mark in tail + piece for mark in _ENTITIES):
                raise _refuse(
                    _("The workbook has a document type definition, which no workbook needs."),
                    _("Save it again with a spreadsheet program."),
                )
            tail = piece[-32:]
    return size


def hidden_and_merged(file: IO[bytes], entry_name: str) -> tuple[list[int], list[str]]:
    """Row numbers that are hidden, and merged ranges, of one sheet (at most 1000 of each)."""
    hidden: list[int] = []
    merged: list[str] = []
    with zipfile.ZipFile(file) as archive, archive.open(entry_name) as stream:
        rest = b""
        while piece := stream.read(PIECE):
            text, _cut, rest = (rest + piece).rpartition(b"<")
            _scan(text, hidden, merged)
        _scan(b"<" + rest, hidden, merged)
    file.seek(0)
    return hidden[:1000], merged[:1000]


_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?ref=[\"']([A-Z0-9:]+)")


def _scan(text: bytes, hidden: list[int], merged: list[str]) -> None:
    for match in _ROW.finditer(text):
        number = re.search(rb"\br=[\"'](\d{1,7})", match[1])
        if number and re.search(rb"\bhidden=[\"'](?:1|true)", match[1]):
            hidden.append(int(number[1]))
    merged.extend(ref.decode() for ref in _MERGE.findall(text))


def _ole(file: IO[bytes]) -> WorkbookError:
    """Old .xls and password-protected .xlsx are both OLE files."""
    protected = "EncryptedPackage".encode("utf-16-le") in file.read()
    file.seek(0)
    if protected:
        return _refuse(_("The file is protected."), _("Save it without a password."))
    return _not_a_table(_("old Excel workbook (.xls)"))


def _refuse(reason: str, remedy: str = "") -> WorkbookError:
    return WorkbookError("", reason, remedy or _("Upload an .xlsx or .csv file."))


def _not_a_table(seen: str) -> WorkbookError:
    return _refuse(_("This kind of file cannot be read: %(seen)s.") % {"seen": seen})


def _bomb() -> WorkbookError:
    return _refuse(
        _("The workbook unpacks to more than is safe."),
        _("Remove unused sheets, pictures and formats, and save it again."),
    )
