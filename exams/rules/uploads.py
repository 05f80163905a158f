"""What may be handed in: decided by the bytes, never by the name alone.

Allowed: xlsx, csv, pdf, docx, png, jpg. Source: the platform's list of bad uploads (scripts,
macros, disguised types, archive bombs, hostile names). Served only as attachments.
"""

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_FILES = 10
MAX_TOTAL_BYTES = 60 * 1024 * 1024
MAX_NAME = 120
MAX_ZIP_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
EXTENSIONS = {
    "xlsx": "xlsx", "csv": "csv", "pdf": "pdf", "docx": "docx",
    "png": "png", "jpg": "jpg", "jpeg": "jpg",
}  # fmt: skip
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpg": "image/jpeg",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<?php", b"<script", b"<%", b"#!")
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


class UploadFault(ValueError):
    """Why a file is refused. Codes: empty, too_big, extension, protected, content, damaged,
    macros, bomb, encoding."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its clean display name and its kind."""

    name: str
    kind: str


def check_upload(name: str, data: bytes) -> Checked:
    """The clean name and kind of an upload; UploadFault says what is wrong with it."""
    if not data:
        raise UploadFault("empty")
    if len(data) > MAX_FILE_BYTES:
        raise UploadFault("too_big")
    clean = clean_name(name)
    wanted = EXTENSIONS.get(PurePosixPath(clean).suffix[1:].lower())
    if wanted is None:
        raise UploadFault("extension")
    if sniff(data) != wanted:
        raise UploadFault("content")
    return Checked(clean, wanted)


def clean_name(name: str) -> str:
    """A name that is safe to show and to save: no path, control or bidi characters.

    Keeps the extension; at most 120 characters; a reserved or empty stem becomes "file".
    """
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    text = "".join(char for char in text if unicodedata.category(char) not in _UNSAFE)
    stem, dot, suffix = text.strip(" .").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    stem = re.sub(r'[<>:"|?*%]', "_", stem).strip(" .")
    if not stem or RESERVED.match(stem):
        stem = "file"
    tail = f".{suffix}" if suffix else ""
    return stem[: MAX_NAME - len(tail)] + tail[:MAX_NAME]


_UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"}


def sniff(data: bytes) -> str:
    """The kind the bytes say they are; UploadFault where they are none of the allowed."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(OLD_OFFICE):
        raise UploadFault("protected")
    if data.startswith(b"PK"):
        return _office_kind(data)
    return _text_kind(data)


def _office_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UploadFault("damaged") from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ZIP_ENTRIES or unpacked > MAX_UNPACKED_BYTES:
        raise UploadFault("bomb")
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UploadFault("macros")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    raise UploadFault("content")


def _text_kind(data: bytes) -> str:
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(MARKUP):
        raise UploadFault("content")
    text = decode_text(data)
    if any(ord(char) < 32 and char not in "\t\r\n" for char in text):
        raise UploadFault("content")
    return "csv"


def decode_text(data: bytes) -> str:
    """Text as UTF-8 or GB18030; UploadFault("encoding") for anything else."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UploadFault("encoding")
