import docx
import pytest

from kit.documents.parts import Listing
from tests.kit.documents.files import p, r, read, saved, word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(("style", "ordered"), [("List Bullet", False), ("List Number", True)])
def test_lists_of_words_own_styles_keep_their_levels(style, ordered):
    document = docx.Document()
    for text, level in (("一", ""), ("细", " 2"), ("更细", " 3"), ("二", "")):
        document.add_paragraph(text, style=f"{style}{level}")

    assert read(saved(document)).parts == (
        Listing(("一<br/>– 细<br/>– – 更细", "二"), ordered, "第 1 段"),
    )


def test_a_style_stands_on_the_level_that_names_it():
    styles = f"<w:styles {W}>" + "".join(
        f'<w:style w:styleId="{name}"><w:name w:val="{name}"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for name in ("条", "款")
    ) + "</w:styles>"  # fmt: skip
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:pStyle w:val="条"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:pStyle w:val="款"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    body = p(r("一"), '<w:pStyle w:val="条"/>') + p(r("细"), '<w:pStyle w:val="款"/>')
    found = read(
        word(
            body, ("s", "styles", "styles.xml"), ("n", "numbering", "numbering.xml"),
            styles__xml=styles, numbering__xml=numbering,
        )
    )  # fmt: skip

    assert found.parts == (Listing(("一<br/>– 细",), True, "第 1 段"),)
