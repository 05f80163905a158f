"""From an uploaded file to its parts."""

import zipfile
from pathlib import PurePath
from typing import IO

from kit.documents.docx import read_docx
from kit.documents.guard import damaged, kind_of
from kit.documents.package import Package
from kit.documents.parts import Document
from kit.documents.pptx import read_pptx

READERS = {"docx": read_docx, "pptx": read_pptx}


def read_document(file: IO[bytes], name: str) -> Document:
    """A document by its content; its title is never empty. DocumentError when it is refused."""
    kind = kind_of(file, name)
    try:
        with zipfile.ZipFile(file) as archive:
            found = READERS[kind](Package(archive))
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError) as error:
        raise damaged() from error
    return Document(found.title or PurePath(name).stem, found.parts, found.left_out)
