"""Makes workbooks that no honest program would."""

import io
import struct
import zipfile

import openpyxl

ROWS = [["工号", "姓名"], ["JX1", "张三"], ["JX2", "李四"]]


def workbook(rows=ROWS, change=None):
    """An .xlsx as bytes; `change(book, sheet)` spoils it first."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    for row in rows:
        sheet.append(row)
    if change:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rezip(data, replace=None, extra=None, drop=()):
    """The same archive with entries replaced (bytes → bytes), added or dropped."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in drop:
                body = old.read(name)
                new.writestr(name, (replace or {}).get(name, lambda b: b)(body))
        for name, body in (extra or {}).items():
            new.writestr(name, body)
    return out.getvalue()


def bomb(megabytes=200):
    """A small workbook whose sheet unpacks to a great many zeros."""
    return rezip(workbook(), extra={"xl/worksheets/sheet9.xml": b"0" * (megabytes << 20)})


def lying_bomb():
    """The same, with a declared size of ten bytes."""
    data = bytearray(bomb(20))
    size = struct.pack("<I", 20 << 20)
    place = data.find(size)
    while place >= 0:
        data[place : place + 4] = struct.pack("<I", 10)
        place = data.find(size)
    return bytes(data)
