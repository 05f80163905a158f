import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from exams.rules import uploads
from exams.rules.uploads import UploadFault, check_upload, clean_name, decode_text
from exams.services.previews import preview_of
from tests.factories.exams_practical import office_file


def picture(kind="PNG", size=(2, 2)):
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, kind)
    return buffer.getvalue()


PDF = b"%PDF-1.7\n%%EOF"
WORKBOOK = office_file("[Content_Types].xml", "xl/workbook.xml")
DOCUMENT = office_file("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("表.xlsx", WORKBOOK, "xlsx"),
        ("文.DOCX", DOCUMENT, "docx"),
        ("月报.pdf", PDF, "pdf"),
        ("图.png", picture(), "png"),
        ("图.jpeg", picture("JPEG"), "jpg"),
        ("表.csv", "端,访客\n手机,1".encode(), "csv"),
        ("表.csv", "端,访客\n手机,1".encode("gb18030"), "csv"),
    ],
)
def test_what_may_be_handed_in(name, data, kind):
    assert check_upload(name, data).kind == kind


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.csv", b"", "empty"),
        ("a.exe", b"MZ\x00", "extension"),
        ("a.html", b"<html>", "extension"),
        ("a.svg", b"<svg onload=1>", "extension"),
        ("a.jpg%00.php", picture("JPEG"), "extension"),
        ("a.zip", office_file("x"), "extension"),
        ("没有后缀", PDF, "extension"),
        ("a.jpg", PDF, "content"),
        ("a.csv", b"<!DOCTYPE html><script>", "content"),
        ("a.csv", b"\xef\xbb\xbf <svg>", "content"),
        ("a.csv", b"MZ\x00\x03", "content"),
        ("a.csv", b"a,b\x00", "content"),
        ("a.csv", b"\xff\xfe\xff", "encoding"),
        ("a.xlsx", office_file("mimetype"), "content"),
        ("a.xlsx", DOCUMENT, "content"),
        ("a.xlsx", WORKBOOK[:-30], "damaged"),
        ("a.xlsx", office_file("xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "protected"),
    ],
)
def test_what_is_refused_and_why(name, data, code):
    with pytest.raises(UploadFault) as fault:
        check_upload(name, data)

    assert fault.value.code == code


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MAX_FILE_BYTES", 10)

    with pytest.raises(UploadFault, match="too_big"):
        check_upload("a.pdf", PDF)


def test_an_archive_bomb_is_refused_before_it_is_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (uploads.MAX_UNPACKED_BYTES // 100))
        for number in range(uploads.MAX_ZIP_ENTRIES):
            archive.writestr(f"e{number}", "")

    with pytest.raises(UploadFault, match="bomb"):
        check_upload("a.xlsx", buffer.getvalue())


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/月报.pdf", "月报.pdf"),
        ("C:\\x\\表.xlsx", "表.xlsx"),
        ("CON.csv", "file.csv"),
        (".csv", "csv"),
        ("\u202efdp.exe.csv", "fdp.exe.csv"),
        ("a\nb.csv", "ab.csv"),
        ('a"<b>.csv', "a__b_.csv"),
        ("无后缀", "无后缀"),
        ("🍊.png", "🍊.png"),
    ],
)
def test_clean_name(name, clean):
    assert clean_name(name) == clean


@given(st.text(max_size=400))
def test_a_clean_name_is_short_and_has_no_path(name):
    clean = clean_name(name)

    assert 0 < len(clean) <= uploads.MAX_NAME
    assert not set(clean) & set("/\\\r\n\x00")
    assert not clean.startswith(".")


def taken_or_refused(name, data):
    try:
        return check_upload(name, data).kind
    except UploadFault as fault:
        return f"refused: {fault.code}"


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx", "a.pdf", "a.png"]))
def test_any_bytes_are_taken_or_refused_with_a_code(data, name):
    outcome = taken_or_refused(name, data)

    assert outcome == name[2:] or outcome.startswith("refused: ")


def test_decode_text_knows_utf8_and_gb18030():
    assert decode_text("\ufeff端".encode()) == decode_text("端".encode("gb18030")) == "端"


def test_previews_show_the_first_rows_and_never_refuse():
    from openpyxl import Workbook

    book, buffer = Workbook(), io.BytesIO()
    book.active.append(["端", "访客", None])
    book.active.append(["手机", 43844])
    book.save(buffer)
    long = "\n".join(f"{i},x" for i in range(99)).encode()

    assert preview_of("xlsx", buffer.getvalue()) == [["端", "访客"], ["手机", "43844"]]
    assert preview_of("csv", b"a,b\n\n1,2") == [["a", "b"], ["1", "2"]]
    assert len(preview_of("csv", long)) == 24
    assert preview_of("xlsx", WORKBOOK) == []
    assert preview_of("pdf", PDF) == []
