import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from kit.documents.errors import DocumentError
from kit.documents.parts import Grid, Heading, Listing, Note, Picture, Text
from tests.kit.documents.files import png, read, saved, slide_show, zipped

NAMES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
)


def read_show(data):
    return read(data, "a.pptx")


def left(data):
    return [(each.place, each.what) for each in read_show(data).left_out]


def by_hand(shapes, *rows, show="", **parts):
    """A show of one slide, its shapes and what they point at written by hand."""
    from tests.kit.documents.files import rels

    return zipped({
        "[Content_Types].xml": "<Types/>",
        "ppt/presentation.xml": f'<p:presentation {NAMES}><p:sldIdLst><p:sldId r:id="s"/>'
        '<p:sldId r:id="gone"/></p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": rels(("s", "slide", "slides/slide1.xml")),
        "ppt/slides/slide1.xml": f"<p:sld {NAMES} {show}><p:cSld><p:spTree>{shapes}</p:spTree>"
        "</p:cSld></p:sld>",
        "ppt/slides/_rels/slide1.xml.rels": rels(*rows),
    } | parts)  # fmt: skip


GONE = ("第 2 页", "文件里缺失的幻灯片")


def box(lines, placeholder=""):
    return (
        f"<p:sp><p:nvSpPr><p:cNvPr name='框'/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr>"
        f"<p:txBody>{lines}</p:txBody></p:sp>"
    )


def test_a_show_comes_slide_by_slide():
    found = read_show(slide_show())

    assert (found.title, found.left_out) == ("直播复盘", ())
    assert found.parts == (
        Heading("直播复盘", "第 1 页"),
        Listing(("看流量", "看转化"), False, "第 1 页"),
        Grid((("指标", "数值"), ("ROI", "4.83")), "第 1 页"),
        Note("提醒学员先看分母", "第 1 页"),
        Heading("第 2 页", "第 2 页"),
        Text("自由文本", "第 2 页"),
        Picture("image1.png", "png", png(), "image.png", "第 2 页"),
    )


def test_charts_drawings_and_films_are_named():
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["甲"]
    data.add_series("列", (1,))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, 100, 100, data)
    slide.shapes.add_connector(1, 0, 0, 10, 10)
    slide.shapes.add_connector(1, 0, 0, 10, 10)
    slide.shapes.add_movie(io.BytesIO(b"film"), 0, 0, 10, 10, mime_type="video/mp4")
    slide.shapes.add_ole_object(io.BytesIO(b"x"), "Excel.Sheet.12", 0, 0)

    found = left(saved(show))

    assert [each[0] for each in found] == ["第 1 页"] * 4
    assert [each[1] for each in found][:2] == ["图表", "图形 × 2"]
    assert found[2][1].startswith("视频“")
    assert found[3][1] == "嵌入对象 Excel.Sheet.12"


def test_bold_words_links_and_groups():
    show = pptx.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    group = slide.shapes.add_group_shape()
    line = group.shapes.add_textbox(0, 0, Pt(10), Pt(10)).text_frame.paragraphs[0]
    for words, bold, address in [
        ("粗", True, ""),
        ("链", None, "https://a.cn"),
        ("坏", None, "ftp://a"),
    ]:
        run = line.add_run()
        run.text, run.font.bold = words, bold
        if address:
            run.hyperlink.address = address

    found = read_show(saved(show))

    assert found.parts[1] == Text('<b>粗</b><a href="https://a.cn">链</a>坏', "第 1 页")
    assert [each.what for each in found.left_out] == ["指向“ftp://a”的链接（文字已保留）"]


def test_numbered_deep_and_bare_lines():
    lines = (
        "<a:p><a:pPr><a:buAutoNum/></a:pPr><a:r><a:t>一</a:t></a:r></a:p>"
        "<a:p><a:pPr lvl='1'><a:buChar/></a:pPr><a:r><a:t>细</a:t></a:r></a:p>"
        "<a:p><a:pPr><a:buNone/></a:pPr><a:r><a:t>甲</a:t></a:r><a:br/><a:fld><a:t>乙</a:t></a:fld></a:p>"
        "<a:p/>"
    )

    assert read_show(by_hand(box(lines))).parts[1:] == (
        Listing(("一<br/>– 细",), True, "第 1 页"),
        Text("甲<br/>乙", "第 1 页"),
    )


def test_furniture_and_empty_placeholders_are_silent():
    words = "<a:p><a:r><a:t>{}</a:t></a:r></a:p>"
    shapes = box(words.format("3"), '<p:ph type="sldNum"/>') + box("<a:p/>", '<p:ph idx="1"/>')

    assert read_show(by_hand(shapes)).parts == (Heading("第 1 页", "第 1 页"),)
    assert left(by_hand(shapes)) == [GONE]


def test_hidden_slides_comments_handwriting_and_formulas_are_named():
    formula = (
        "<a:p><mc:AlternateContent><mc:Choice><a14:m><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></a14:m>"
        "</mc:Choice></mc:AlternateContent></a:p>"
    )
    shapes = (
        box(formula)
        + "<mc:AlternateContent><mc:Choice><p:contentPart/></mc:Choice></mc:AlternateContent>"
    )
    data = by_hand(shapes, ("c", "comments", "../comments/c.xml"), show="show='0'")

    assert read_show(data).parts[1] == Text("a=b", "第 1 页")
    assert [what for _place, what in left(data)] == [
        "隐藏状态（该页已保留）", "公式“a=b”的排版（字符已保留，请核对）", "手写墨迹", "批注",
        GONE[1],
    ]  # fmt: skip


def test_pictures_that_cannot_come_are_named():
    def pic(blip):
        named = "<p:nvPicPr><p:cNvPr name='图'/></p:nvPicPr>"
        return f"<p:pic>{named}<p:blipFill>{blip}</p:blipFill></p:pic>"

    shapes = (
        pic('<a:blip r:link="out"/>') + pic('<a:blip r:embed="gone"/>')
        + "<p:sp><p:spPr><a:blipFill><a:blip r:embed='fill'/></a:blipFill></p:spPr></p:sp>"
        + "<p:graphicFrame><dgm:relIds/></p:graphicFrame><p:graphicFrame/>"
    )  # fmt: skip
    data = by_hand(shapes, ("out", "image", "file:///C:/x.png", "External"),
                   ("fill", "image", "../media/f.png"), **{"ppt/media/f.png": png()})  # fmt: skip

    assert [what for _place, what in left(data)] == [
        "不在文件里的外部图片：file:///C:/x.png", "文件里缺失的图片", "SmartArt 图示", "图形",
        GONE[1],
    ]  # fmt: skip
    assert isinstance(read_show(data).parts[1], Picture)


def test_a_merged_cell_and_a_link_in_a_table():
    cell = (
        "<a:tc {}><a:txBody><a:p><a:r><a:rPr><a:hlinkClick r:id='{}'/></a:rPr><a:t>{}</a:t></a:r>"
        "</a:p></a:txBody></a:tc>"
    )
    merged = cell.format("hMerge='1'", "", "乙")
    rows = "".join(f"<a:tr>{cell.format('', link, '甲')}{merged}</a:tr>" for link in ("l", ""))
    data = by_hand(f"<p:graphicFrame><a:tbl>{rows}</a:tbl></p:graphicFrame>",
                   ("l", "hyperlink", "https://a.cn", "External"))  # fmt: skip

    assert read_show(data).parts[1] == Grid((("甲", ""), ("甲", "")), "第 1 页")
    assert left(data)[0] == ("第 1 页", "表格中的链接（文字已保留）")


def test_a_slide_named_twice_is_refused():
    data = by_hand(
        box("<a:p><a:r><a:t>字</a:t></a:r></a:p>"),
        **{
            "ppt/presentation.xml": f'<p:presentation {NAMES}><p:sldIdLst><p:sldId r:id="s"/>'
            '<p:sldId r:id="s"/></p:sldIdLst></p:presentation>'
        },
    )

    with pytest.raises(DocumentError, match="文件已损坏"):
        read_show(data)


def test_an_address_with_a_nul_is_read_without_it():
    pic = '<p:pic><p:blipFill><a:blip r:embed="x"/></p:blipFill></p:pic>'
    data = by_hand(pic, ("x", "image", "../media/f%00.png"), **{"ppt/media/f.png": png()})

    assert isinstance(read_show(data).parts[1], Picture)


def test_raised_and_lowered_figures_stay_apart_and_are_named():
    run = "<a:r><a:rPr baseline='{}'/><a:t>{}</a:t></a:r>"
    shape = (
        "<p:sp><p:txBody><a:p>" + run.format("0", "10") + run.format("30000", "3")
        + run.format("0", " a") + run.format("-25000", "1") + "</a:p></p:txBody></p:sp>"
    )  # fmt: skip

    assert [part.html for part in read_show(by_hand(shape)).parts[1:]] == ["10^3 a_1"]
    assert ("第 1 页", "上标或下标的排版（已写成 ^3 _1，请核对）") in left(by_hand(shape))


def test_what_is_struck_through_is_left_out_and_named():
    run = "<a:r><a:rPr strike='{}'/><a:t>{}</a:t></a:r>"
    shape = (
        "<p:sp><p:txBody><a:p>" + run.format("sngStrike", "99") + run.format("dblStrike", " 元")
        + run.format("noStrike", "59 元") + "</a:p></p:txBody></p:sp>"
    )  # fmt: skip

    assert [part.html for part in read_show(by_hand(shape)).parts[1:]] == ["59 元"]
    assert ("第 1 页", "删除线文字“99 元”") in left(by_hand(shape))
