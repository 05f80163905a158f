"""Files that are refused, each with the reason and what to do; and nothing ever but that error."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.documents import guard
from kit.documents.errors import DocumentError
from tests.kit.documents.files import p, r, read, slide_show, word, word_file, zipped

WEB_PAGE = (
    "这是一个网页，只是用了文档的文件名。 请用 Word 或 WPS 打开并另存为 .docx，或直接粘贴正文。"
)
OLE = b"\xd0\xcf\x11\xe0" + bytes(600)


def stream(name):
    return OLE + name.encode("utf-16-le")


def refusal(data, name="a.docx"):
    with pytest.raises(DocumentError) as caught:
        read(data, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的。"),
        (stream("WordDocument"),
         "这是旧格式 .doc。 请用 Word、PowerPoint 或 WPS 打开，另存为 .docx。"),
        (stream("PowerPoint Document"),
         "这是旧格式 .ppt。 请用 Word、PowerPoint 或 WPS 打开，另存为 .pptx。"),
        (stream("EncryptedPackage"), "文件有密码保护。 请去掉密码后另存。"),
        (OLE, "不能读取这种文件：旧版 Office 文件。 请另存为 .docx 或 .pptx 后重新上传。"),
        (b"%PDF-1.7", "不能读取这种文件：PDF。 请另存为 .docx 或 .pptx 后重新上传。"),
        (b"\x89PNG....", "不能读取这种文件：图片。 请另存为 .docx 或 .pptx 后重新上传。"),
        (b"{\\rtf1", "不能读取这种文件：RTF。 请另存为 .docx 或 .pptx 后重新上传。"),
        (b"<html>", WEB_PAGE),
        (b"MIME-Version: 1.0", WEB_PAGE),
        ("正文".encode(), "不能读取这种文件：未知格式。 请另存为 .docx 或 .pptx 后重新上传。"),
        (zipped({"a.txt": "x"}), "不能读取这种文件：ZIP。 请另存为 .docx 或 .pptx 后重新上传。"),
        (zipped({"xl/workbook.xml": "<x/>"}),
         "不能读取这种文件：工作簿（.xlsx）。 请另存为 .docx 或 .pptx 后重新上传。"),
        (zipped({"content.xml": "<x/>"}),
         "不能读取这种文件：OpenDocument 文件。 请另存为 .docx 或 .pptx 后重新上传。"),
        (b"PK\x03\x04damaged", "文件已损坏。 请另存后重新上传。"),
        (word(p(r("字")), **{"vbaProject__bin": b"x"}),
         "文件含有宏。 请另存为不含宏的普通 .docx 或 .pptx。"),
        (zipped({"[Content_Types].xml": "macroEnabled", "word/document.xml": "<x/>"}),
         "文件含有宏。 请另存为不含宏的普通 .docx 或 .pptx。"),
        (zipped({"word/document.xml": "<x/>"}), "文件已损坏。 请另存后重新上传。"),
        (zipped({"word/document.xml": "<x"}), "文件已损坏。 请另存后重新上传。"),
        (zipped({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
         "文件含有文档类型定义（DTD），正常的文档不需要它。 "
         "请用 Word、PowerPoint 或 WPS 重新保存。"),
        (zipped({"word/document.xml": bytes(guard.RATIO_FREE_BYTES + 1)}),
         "文件解压后过大，不安全。 请删去过大的图片后重新保存。"),
        (zipped({f"{n}": "" for n in range(guard.MAX_ENTRIES + 1)}),
         "文件解压后过大，不安全。 请删去过大的图片后重新保存。"),
    ],
)  # fmt: skip
def test_a_file_is_refused_with_reason_and_remedy(data, words):
    assert refusal(data) == words


def test_a_wrong_name_is_refused():
    assert refusal(word_file(), "a.pptx") == (
        "文件名以“.pptx”结尾，但内容是 .docx。 请改正文件名，或核对是否选错了文件。"
    )
    assert refusal(slide_show(), "a.doc").startswith("文件名以“.doc”结尾，但内容是 .pptx。")


def test_a_file_over_the_limit_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "MAX_FILE_BYTES", 100)

    assert refusal(word_file()) == "文件超过 50 MB。 请压缩其中的图片，或拆成几个文件。"


def test_a_password_on_an_entry_is_refused():
    data = bytearray(zipped({"word/document.xml": "<x/>"}))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1

    assert refusal(bytes(data)) == "文件有密码保护。 请去掉密码后另存。"


def test_entities_of_another_encoding_are_refused():
    document = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16")

    assert "DTD" in refusal(zipped({"word/document.xml": document}))


def test_two_entries_of_one_name_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", "<b/>")

    assert "不安全" in refusal(out.getvalue())


def test_deep_nesting_is_refused_not_crashed():
    deep = "<w:x>" * 240 + "</w:x>" * 240
    table = "<w:tbl><w:tr><w:tc>" * 60 + p(r("底")) + "</w:tc></w:tr></w:tbl>" * 60

    assert read(word(p(r("字")) + deep)).parts != ()
    assert read(word(table)).parts != ()
    assert refusal(word("<w:x>" * 600 + "</w:x>" * 600)) == "文件已损坏。 请另存后重新上传。"


def test_a_show_without_slides_has_nothing():
    assert read(zipped({"ppt/presentation.xml": "<x/>"}), "a.pptx").parts == ()
    assert refusal(zipped({"ppt/presentation.xml": ""}), "a.pptx").startswith("文件已损坏")


GOOD = word_file()


@pytest.mark.law
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(place, noise):
    data = GOOD[:place] + noise + GOOD[place + len(noise) :]
    with contextlib.suppress(DocumentError):
        read(data)


LINES = st.recursive(
    st.text("甲乙<>& ", max_size=5).map(lambda t: r(t.replace("&", "&amp;").replace("<", "&lt;"))),
    lambda inner: st.tuples(
        st.sampled_from(["w:ins", "w:del", "w:hyperlink", "w:smartTag", "w:sdt", "w:p", "w:tbl",
                         "w:tr", "w:tc", "w:r", "w:pict", "mc:AlternateContent", "mc:Choice",
                         "w:txbxContent", "w:fldSimple", "w:ruby", "m:oMath", "w:drawing"]),
        st.lists(inner, max_size=3),
    ).map(lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"),
    max_leaves=15,
)  # fmt: skip


@pytest.mark.law
@given(st.lists(LINES, max_size=5))
@settings(max_examples=80, deadline=None)
def test_no_order_of_elements_trips_the_reader(body):
    read(word("".join(body)))
