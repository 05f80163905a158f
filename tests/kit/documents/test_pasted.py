# ruff: noqa: E501 -- pasted markup has lines as long as the programs make them
import base64
import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.documents.errors import DocumentError
from kit.documents.parts import Grid, Heading, Listing, Picture, Text
from kit.documents.pasted import MOST_CHARACTERS, read_pasted, read_plain
from tests.kit.documents.files import png

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {mso-style-qformat:yes} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoTitle>定价三问<o:p></o:p></p>
<p class=MsoNormal style='mso-pagination:widow-orphan'><b style='mso-bidi-font-weight:normal'><span
lang=EN-US style='font-size:12.0pt'>ROI</span></b>先看
毛利<span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraph style='margin-left:21.0pt;text-indent:-21.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span lang=EN-US style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span><![endif]>打开后台</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>a)</span><![endif]>选报表</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.</span>看数</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>·</span>要点</p>
<!--[if gte vml 1]><v:shape id="_x0000_i1025"><v:imagedata src="file:///C:/Users/x/image001.png"/></v:shape><![endif]-->
<![if !vml]><img width=200 src="file:///C:/Users/x/clip_image002.png" v:shapes="x"><![endif]>
<span style='mso-hide:all;display:none'>藏着</span>
<!--EndFragment--></body></html>"""

WPS = """<html><head><meta name="ProgId" content="Word.Document"><meta name="Generator" content="WPS Office"></head>
<body style="tab-interval:21pt;text-justify-trim:punctuation;"><!--StartFragment--><h2><span style="mso-spacerun:'yes';
font-family:黑体;font-size:16.0000pt;"><font face="黑体">二、活动</font></span></h2>
<p class="MsoNormal"><span style="mso-spacerun:'yes';font-weight:bold;font-family:宋体;"><font face="宋体">满减</font></span>
<span style="mso-spacerun:'yes';"><font>别叠加</font></span><span><o:p></o:p></span></p>
<table class="MsoTableGrid" border="1"><tr><td colspan="2"><p>宽</p></td></tr>
<tr><td rowspan="2"><p>甲</p></td><td><p>乙<script>x</script></p></td></tr><tr><td><p><a href="https://a.cn">丙</a></p></td></tr></table>
<!--EndFragment--></body></html>"""

ARTICLE = """<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;">
<section style="box-sizing:border-box;" powered-by="xiumi.us" onclick="track()"><section><p style="text-align:center;">
<span leaf="" style="font-size:17px"><strong>大促</strong>前先<a href="http://mp.weixin.qq.com/s?a=1&amp;b=2" data-linktype="2"
onclick="x()">备货</a>，<a href="javascript:void(0);">点这里</a></span></p></section>
<p><img class="rich_pages wxw-img" data-ratio="0.5" data-src="https://mmbiz.qpic.cn/mmbiz_png/abc/640?wx_fmt=png"
src="data:image/svg+xml;utf8,x"></p><script nonce="1">alert(1)</script><style>.a{}</style>
<iframe class="video_iframe" data-src="https://v.qq.com/iframe/1"></iframe>
<mp-common-profile class="js_uneditable" data-nickname="号"></mp-common-profile>
<ul class="list-paddingleft-1"><li><p>甲</p></li><li>乙<ol><li>细</li></ol></li></ul><ol><li>一</li><li>二</li></ol>
<table><tr><td><p>排版用</p></td></tr></table></section></div>"""


def what(document):
    return [each.what for each in document.left_out]


def test_a_paste_from_word_comes_clean():
    found = read_pasted(WORD)

    assert (found.title, found.parts) == ("定价三问", (
        Heading("定价三问", "第 1 段"),
        Text("<b>ROI</b>先看毛利", "第 2 段"),
        Listing(("打开后台<br/>– 选报表", "看数"), True, "第 3 段"),
        Listing(("要点",), False, "第 6 段"),
    ))  # fmt: skip
    assert what(found) == [
        "不在文件里的外部图片：file:///C:/Users/x/clip_image002.png", "隐藏文字",
    ]  # fmt: skip


def test_a_paste_from_wps_comes_clean():
    found = read_pasted(WPS)

    assert found.parts == (
        Heading("二、活动", "第 1 段"),
        Text("<b>满减</b> 别叠加", "第 2 段"),
        Grid((("宽", ""), ("甲", "乙"), ("", "丙")), "第 3 段"),
    )
    assert what(found) == ["表格中的链接（文字已保留）"]


def test_a_paste_from_an_official_account_comes_clean():
    found = read_pasted(ARTICLE)

    assert found.parts == (
        Text(
            '<b>大促</b>前先<a href="http://mp.weixin.qq.com/s?a=1&amp;b=2">备货</a>，点这里',
            "第 1 段",
        ),
        Listing(("甲", "乙<br/>– 细"), False, "第 2 段"),
        Listing(("一", "二"), True, "第 5 段"),
        Text("排版用", "第 7 段"),
    )
    assert what(found) == [
        "指向“javascript:void(0);”的链接（文字已保留）",
        "不在文件里的外部图片：https://mmbiz.qpic.cn/mmbiz_png/abc/640?wx_fmt=png",
        "视频或音频“https://v.qq.com/iframe/1”",
        "视频或音频“mp-common-profile”",
    ]


def test_plain_text_becomes_paragraphs():
    assert read_plain("一行\n\n二行").parts == (Text("一行", "第 1 段"), Text("二行", "第 2 段"))
    assert read_plain("a<b\n二行").title == "a<b"
    assert read_plain(" ").parts == read_pasted(" ").parts == ()
    assert read_plain("").title == ""


def test_markup_in_plain_text_stays_text():
    found = read_plain("第一段\r\n第二段：若 a<b，则停投；转化率 < 5% 也停\n<b>第三段</b> & 完")

    assert [part.html for part in found.parts] == [
        "第一段",
        "第二段：若 a&lt;b，则停投；转化率 &lt; 5% 也停",
        "&lt;b&gt;第三段&lt;/b&gt; &amp; 完",
    ]


def test_a_picture_with_its_bytes_comes_along():
    data = base64.b64encode(png()).decode()
    found = read_pasted(f'<p>前<img alt="漏斗" src="data:image/png;base64,{data}">后</p>'
                        '<img src="data:image/png;base64,!"><img src="data:image/png;base64,QUJD">')  # fmt: skip

    assert found.parts == (
        Text("前", "第 1 段"),
        Picture("粘贴的图片 1", "png", png(), "漏斗", "第 1 段"),
        Text("后", "第 2 段"),
    )
    assert what(found) == [
        "图片“粘贴的图片 2”（文件里没有它）",
        "图片“粘贴的图片 3”（请存为 PNG 或 JPEG）",
    ]


def test_bold_is_switched_off_by_style():
    html = '<b style="font-weight:normal">常<span style="font-weight: 700">粗</span></b>'

    assert read_pasted(html).parts == (Text("常<b>粗</b>", "第 1 段"),)


@pytest.mark.parametrize(
    ("html", "kept", "named"),
    [
        ("<p>10<sup>3</sup> 件</p>", "10^3 件", "^3"),
        ("<p>H<sub>2</sub>O 与 a<sub>1</sub></p>", "H_2O 与 a_1", "_2 _1"),
        ("<p>x<sup>n<b>+</b>1</sup></p>", "x^(n<b>+</b>1)", "^(n+1)"),
        ("<p>10<sup>-3</sup></p>", "10^-3", "^-3"),
        ("<p>10<span style='vertical-align: super'>3</span></p>", "10^3", "^3"),
        ("<p>a<span style='vertical-align:sub'>1</span></p>", "a_1", "_1"),
        ("<p>据统计<sup>[1]</sup></p>", "据统计^[1]", "^[1]"),
    ],
)
def test_raised_and_lowered_figures_stay_apart_and_are_named(html, kept, named):
    found = read_pasted(f"<p>前</p>{html}")

    assert found.parts[1].html == kept
    assert [(each.place, each.what) for each in found.left_out] == [
        ("第 2 段", f"上标或下标的排版（已写成 {named}，请核对）")
    ]


def test_raised_figures_of_headings_lists_and_tables_stay_apart():
    found = read_pasted(
        "<h2>10<sup>3</sup></h2><ul><li>m<sup>2</sup></li></ul><table><tr><td>a<sub>1</sub>"
        "<script>x</script></td><td><p>5<sup>2</sup></p><p>件</p></td></tr></table>"
    )

    assert found.parts[:2] == (Heading("10^3", "第 1 段"), Listing(("m^2",), False, "第 2 段"))
    assert found.parts[2].rows == (("a_1", "5^2 件"),)
    assert [each.place for each in found.left_out] == ["第 1 段", "第 2 段", "第 3 段", "第 3 段"]


def grid_of(rows):
    """The grid that a browser draws: a cell takes the first free place of its row and covers its
    columns and rows; (text, colspan, rowspan) in, texts out."""
    taken = {}
    for y, row in enumerate(rows):
        x = 0
        for text, wide, high in row:
            while (y, x) in taken:
                x += 1
            for down in range(min(high, len(rows) - y)):
                for right in range(wide):
                    taken.setdefault((y + down, x + right), "")
            taken[y, x] = text
            x += wide
    width = max(x for _y, x in taken) + 1
    drawn = [tuple(taken.get((y, x), "") for x in range(width)) for y in range(len(rows))]
    return tuple(row for row in drawn if any(row))


def table_of(rows):
    cells = [
        "".join(f"<td colspan={wide} rowspan={high}>{text}</td>" for text, wide, high in row)
        for row in rows
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def test_a_cell_that_hangs_down_at_the_end_of_its_row_shifts_nothing():
    rows = [[("a", 1, 1), ("b", 1, 2)], [("c", 1, 1)], [("d", 1, 1), ("e", 1, 1)]]

    assert read_pasted(table_of(rows)).parts[0].rows == (("a", "b"), ("c", ""), ("d", "e"))


def test_no_cell_hangs_out_of_its_part_of_the_table():
    html = (
        "<table><thead><tr><td rowspan=9>a</td><td>b</td></tr></thead><tbody><tr><td rowspan=0>c"
        "</td><td rowspan=x>d</td></tr><tr><td>e</td></tr></tbody></table>"
    )

    assert read_pasted(html).parts[0].rows == (("a", "b"), ("c", "d"), ("", "e"))


SPANS = st.tuples(st.sampled_from("甲乙丙"), st.integers(1, 3), st.integers(1, 4))


@pytest.mark.law
@given(st.lists(st.lists(SPANS, max_size=4), min_size=1, max_size=6))
@settings(deadline=None)
def test_every_cell_stands_where_a_browser_draws_it(rows):
    rows = [[("头", 1, 1), ("头", 1, 1)], *rows]

    assert read_pasted(table_of(rows)).parts[0].rows == grid_of(rows)


def test_what_is_raised_but_blank_is_not_worth_a_word():
    found = read_pasted("<p>甲<sup> </sup>乙</p>")

    assert (found.parts, found.left_out) == ((Text("甲 乙", "第 1 段"),), ())


@pytest.mark.parametrize(
    "html",
    [
        "<s>原价 <b>99</b> 元</s>现价 59 元",
        "<del>原价 99 元</del>现价 59 元",
        "<strike>原价 99 元</strike>现价 59 元",
        "<span style='text-decoration: underline line-through'>原价 99 元</span>现价 59 元",
        "<span style='text-decoration-line:line-through'>原价 99 元</span>现价 59 元",
    ],
)
def test_what_is_struck_through_is_left_out_and_named(html):
    found = read_pasted(f"<p>前</p><p>{html}</p><p>后</p>")

    assert [part.html for part in found.parts] == ["前", "现价 59 元", "后"]
    assert [(each.place, each.what) for each in found.left_out] == [
        ("第 2 段", "删除线文字“原价 99 元”")
    ]


def test_struck_through_cells_headings_and_whole_paragraphs_are_left_out():
    found = read_pasted(
        "<h2><s>旧</s>新</h2><p><s>全段</s></p><p>末</p>"
        "<table><tr><td><s>99</s>59</td><td style='text-decoration:line-through'>停</td></tr></table>"
    )

    assert found.parts == (
        Heading("新", "第 1 段"), Text("末", "第 3 段"), Grid(((("59", ""),)), "第 4 段"),
    )  # fmt: skip
    assert [(each.place, each.what) for each in found.left_out] == [
        ("第 1 段", "删除线文字“旧”"), ("第 2 段", "删除线文字“全段”"),
        ("第 4 段", "删除线文字“99”"), ("第 4 段", "删除线文字“停”"),
    ]  # fmt: skip


@pytest.mark.parametrize("reader", [read_pasted, read_plain])
def test_what_is_too_much_is_refused(reader):
    with pytest.raises(DocumentError):
        reader("字" * (MOST_CHARACTERS + 1))


@pytest.mark.law
@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1), max_size=8))
@settings(deadline=None)
def test_plain_text_loses_nothing(lines):
    found = read_plain("\n".join(lines))

    assert [unescape(part.html) for part in found.parts] == lines


PIECES = st.lists(
    st.sampled_from([
        "<script>bad()</script>", "<p onclick=bad()>", "</p>", "<b>", "</b>", "甲", "<", "&lt;", ">",
        "<img src=x onerror=bad()>", '<a href="javascript:bad()">', '<a href="https://a.cn">', "</a>",
        "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td colspan=9999>", "</table>", "<style>bad</style>",
        "<h1>", "</h1>", "<svg onload=bad()>", "<br>", "\x00", "<![if x]>", "<!--", "-->", "<o:p>",
        '<p style="mso-list:l0 level1 lfo1">', "<iframe src=//bad>", '"', "'", "<section>", "<math>",
        "<sup>", "</sup>", "<sub>", "</sub>", "7", "<s>", "</s>", "&#x6a;avascript:bad()", "<a href='&#106;avascript:bad()'>",
    ]),
    max_size=25,
).map("".join)  # fmt: skip
ALLOWED = re.compile(r'</?b>|<br/>|</a>|<a href="(?:https?|mailto|tel):[^"<>]*">')


@pytest.mark.law
@given(PIECES)
@settings(deadline=None)
def test_nothing_but_our_markup_survives(source):
    for part in read_pasted(source).parts:
        html = part.html if isinstance(part, Text) else "".join(getattr(part, "items", ()))
        assert "<" not in ALLOWED.sub("", html)
