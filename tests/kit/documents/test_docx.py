import pytest

from kit.documents.parts import Grid, Heading, Listing, Picture, Text
from tests.kit.documents.files import p, png, r, read, rels, word, word_file, zipped

LIST = (
    '<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="9"><w:name w:val="我的标题"/>'
    '<w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="7"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="8"><w:name w:val="要点"/>'
    '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    '<w:style w:type="character" w:styleId="5"><w:name w:val="Strong"/>'
    "<w:rPr><w:b/></w:rPr></w:style></w:styles>"
)


def html(data):
    return [part.html for part in read(data).parts if isinstance(part, Text)]


def left(data):
    return [each.what for each in read(data).left_out]


def test_a_word_file_comes_in_its_order():
    found = read(word_file())

    below = "，在“一、怎么算”之下"
    assert (found.title, found.left_out) == ("投产比", ())
    assert found.parts == (
        Heading("一、怎么算", "第 2 段"),
        Text("先看<b>投产比</b>。", f"第 3 段{below}"),
        Listing(("曝光", "点击"), False, f"第 4 段{below}"),
        Text("操作步骤：", f"第 6 段{below}"),
        Listing(("打开后台", "看报表"), True, f"第 7 段{below}"),
        Text("表 1 权重", f"第 9 段{below}"),
        Grid((("项目", "权重"), ("理论", "40%")), f"第 10 段{below}"),
        Picture("image1.png", "png", png(), "", f"第 11 段{below}"),
    )


def test_a_document_without_title_is_named_after_its_file():
    assert read(word(p(r("字"))), "定价 三问.docx").title == "定价 三问"


def test_wps_styles_are_known_by_name_and_by_what_they_stand_on():
    body = "".join(p(r(t), f'<w:pStyle w:val="{s}"/>') for t, s in
                   [("一", "2"), ("二", "9"), ("三", "8"), ("目录行", "7")])  # fmt: skip
    found = read(word(body, ("rId9", "styles", "styles.xml"), styles__xml=STYLES))

    assert [part.text for part in found.parts] == ["一", "二", "三"]
    assert [(each.place, each.what) for each in found.left_out] == [("整个文件", "目录")]


def test_a_file_that_points_at_missing_parts_is_read():
    data = word(p(r("照样读")), ("rId1", "image", "../NULL"), ("rId2", "styles", "styles.xml"))

    assert html(data) == ["照样读"]


def test_bold_comes_from_run_style_and_is_switched_off():
    style = '<w:rStyle w:val="5"/>'
    body = p(r("甲", style) + r("乙", "<w:b/>") + r("丙", style + '<w:b w:val="0"/>') + r("丁"))

    assert html(word(body, ("s", "styles", "styles.xml"), styles__xml=STYLES)) == [
        "<b>甲乙</b>丙丁"
    ]


def test_raised_and_lowered_figures_stay_apart_and_are_named():
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    cell = "<w:tc>" + p(r("{}") + r("2", up)) + "</w:tc>"
    body = (
        p(r("10") + r("-", up) + r("3", "<w:b/>" + up) + r(" 与 a") + r("1", down))
        + p(r("m") + r("2", '<w:rStyle w:val="6"/>') + r("3", '<w:vertAlign w:val="baseline"/>'))
        + "<w:tbl><w:tr>" + cell.format("甲") + cell.format("乙") + "</w:tr></w:tbl>"
    )  # fmt: skip
    styles = STYLES.replace("</w:styles>", '<w:style w:styleId="6"><w:name w:val="上标"/>'
                            f"<w:rPr>{up}</w:rPr></w:style></w:styles>")  # fmt: skip
    data = word(body, ("s", "styles", "styles.xml"), styles__xml=styles)

    assert html(data) == ["10^-<b>3</b> 与 a_1", "m^(2)3"]
    assert read(data).parts[2].rows == (("甲^2", "乙^2"),)
    assert [(each.place, each.what) for each in read(data).left_out] == [
        ("第 1 段", "上标或下标的排版（已写成 ^-3 _1，请核对）"),
        ("第 2 段", "上标或下标的排版（已写成 ^(2)，请核对）"),
        ("第 3 段", "上标或下标的排版（已写成 ^2，请核对） × 2"),
    ]


def test_what_is_struck_through_is_left_out_and_named():
    out = "<w:strike/>"
    body = (
        p(r("原价 ", out) + r("99", "<w:b/><w:dstrike/>") + r(" 元", out) + r("现价 59 元"))
        + p(r("整段", out)) + p(r("旧", '<w:rStyle w:val="6"/>') + r("新", '<w:strike w:val="0"/>'))
        + "<w:tbl><w:tr><w:tc>" + p(r("甲")) + "</w:tc><w:tc>" + p(r("3%", out) + r("4%"))
        + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip
    styles = STYLES.replace("</w:styles>", '<w:style w:styleId="6"><w:name w:val="删除"/>'
                            f"<w:rPr>{out}</w:rPr></w:style></w:styles>")  # fmt: skip
    data = word(body, ("s", "styles", "styles.xml"), styles__xml=styles)

    assert html(data) == ["现价 59 元", "新"]
    assert read(data).parts[2].rows == (("甲", "4%"),)
    assert [(each.place, each.what) for each in read(data).left_out] == [
        ("第 1 段", "删除线文字“原价 99 元”"),
        ("第 2 段", "删除线文字“整段”"),
        ("第 3 段", "删除线文字“旧”"),
        ("第 4 段", "删除线文字“3%”"),
    ]


def test_links_keep_safe_addresses_only():
    body = p(
        '<w:hyperlink r:id="good">' + r("甲") + "</w:hyperlink>"
        '<w:hyperlink r:id="bad">' + r("乙") + "</w:hyperlink>"
        '<w:hyperlink w:anchor="here">' + r("丙") + "</w:hyperlink>"
        "<w:fldSimple w:instr=' HYPERLINK \"https://b.cn/\" '>" + r("丁") + "</w:fldSimple>"
    )
    data = word(body, ("good", "hyperlink", "https://a.cn/?x=1&amp;y=2", "External"),
                ("bad", "hyperlink", "javascript:alert(1)", "External"))  # fmt: skip

    assert html(data) == [
        '<a href="https://a.cn/?x=1&amp;y=2">甲</a>乙丙<a href="https://b.cn/">丁</a>'
    ]
    assert left(data) == ["指向“javascript:alert(1)”的链接（文字已保留）"]


def test_a_field_shows_its_result_and_not_what_it_asks():
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    body = p(
        mark.format("begin")
        + '<w:r><w:instrText>HYPERLINK "https://a.cn"</w:instrText></w:r>' + r("问")
        + mark.format("separate") + r("答") + mark.format("end") + r("后") + mark.format("end")
    )  # fmt: skip

    assert html(word(body)) == ['<a href="https://a.cn">答</a>后']


def test_tracked_changes_come_as_accepted():
    body = (
        p("<w:ins>" + r("新") + "</w:ins><w:ins/>"
          "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
          "<w:moveFrom>" + r("原处") + "</w:moveFrom><w:moveTo>" + r("别处") + "</w:moveTo>")
        + p(r("前半"), "<w:rPr><w:del/></w:rPr>") + p(r("后半"))
        + p(r("末段"), "<w:rPr><w:del/></w:rPr>")
    )  # fmt: skip

    assert html(word(body)) == ["新别处", "前半后半", "末段"]
    assert [(each.place, each.what) for each in read(word(body)).left_out] == [
        ("第 1 段", "修订（已按接受后的文字导入，请核对） × 4"),
        ("第 2 段", "修订（已按接受后的文字导入，请核对）"),
        ("第 4 段", "修订（已按接受后的文字导入，请核对）"),
    ]


def test_tracked_changes_of_cells_rows_and_paragraphs_are_named():
    cell = "<w:tc>" + p(r("{}")) + "</w:tc>"
    row = "<w:tr>{}" + cell + cell + "</w:tr>"
    body = (
        p("<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>", "<w:rPr><w:del/></w:rPr>")
        + p(r("税率") + "<w:del><w:r><w:delText>3%</w:delText></w:r></w:del><w:ins>" + r("4%")
            + "</w:ins>")
        + "<w:tbl>" + row.format("", "甲", "乙")
        + row.format("<w:trPr><w:del/></w:trPr>", "丙", "丁")
        + row.format("<w:trPr><w:ins/></w:trPr>", "戊", "己")
        + "<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>" + p(r("庚")) + "</w:tc>"
        + cell.format("辛") + cell.format("壬") + "</w:tr></w:tbl>"
    )  # fmt: skip
    found = read(word(body))

    assert found.parts[0].html == "税率4%"
    assert found.parts[1].rows == (("甲", "乙"), ("戊", "己"), ("辛", "壬"))
    assert [(each.place, each.what[-5:]) for each in found.left_out] == [
        ("第 1 段", "，请核对）"), ("第 2 段", "） × 2"), ("第 3 段", "） × 3"),
    ]  # fmt: skip


def test_a_deleted_table_row_is_gone():
    row = "<w:tr>{}<w:tc>" + p(r("{}")) + "</w:tc><w:tc>" + p(r("值")) + "</w:tc></w:tr>"
    body = (
        "<w:tbl>" + row.format("", "甲")
        + row.format("<w:trPr><w:del/></w:trPr>", "乙") + row.format("", "丙") + "</w:tbl>"
    )  # fmt: skip

    assert read(word(body)).parts == (Grid((("甲", "值"), ("丙", "值")), "第 1 段"),)


def test_lists_keep_deeper_lines_inside_their_item():
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = (
        p(r("一"), item.format(0)) + p(r("细"), item.format(1)) + p("") + p(r("二"), item.format(0))
        + p(r("非列表"), '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )  # fmt: skip
    found = read(word(body, ("n", "numbering", "numbering.xml"), numbering__xml=LIST))

    assert found.parts[0] == Listing(("一<br/>– 细", "二"), True, "第 1 段")
    assert html(word(body)) == ["非列表"]


def test_merged_cells_stand_once():
    body = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
        + p(r("宽")) + "</w:tc></w:tr>"
        '<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p(r("高")) + "</w:tc><w:tc>"
        + p(r("甲")) + "</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>" + p(r("高"))
        + "</w:tc><w:tc>" + p(r("乙")) + "</w:tc></w:tr></w:tbl>"
    )  # fmt: skip

    assert read(word(body)).parts[0].rows == (("宽", ""), ("高", "甲"), ("", "乙"))


def test_a_table_of_one_column_is_text_and_tables_inside_are_named():
    inner = "<w:tbl><w:tr><w:tc>" + p(r("内")) + "</w:tc></w:tr></w:tbl>"
    body = "<w:tbl><w:tr><w:tc>" + p(r("外")) + inner + p("") + "</w:tc></w:tr></w:tbl>"

    assert (html(word(body)), left(word(body))) == (["外 内"], ["表格中的表格（文字已保留）"])


def test_footnotes_are_text_where_they_stood():
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:id="1">'
        + p("<w:r><w:footnoteRef/></w:r>" + r("见 2024 年报"))
        + "</w:footnote>"
        "</w:footnotes>"
    )
    body = p(r("据统计") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r("。"))

    assert html(word(body, ("f", "footnotes", "footnotes.xml"), footnotes__xml=notes)) == [
        "据统计（注：见 2024 年报）。"
    ]


BOX = "<w:txbxContent>" + p(r("框里")) + "</w:txbxContent>"


def test_a_text_box_is_read_once():
    body = p(
        r("正文") + "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp>"
        f"<wps:txbx>{BOX}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
        f"<v:textbox>{BOX}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert (html(word(body)), left(word(body))) == (["正文", "框里"], [])


def test_an_old_text_box_is_read():
    body = p(f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>")

    assert html(word(body)) == ["框里"]


def drawing(inner, described=""):
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{described}"/>{inner}'
        "</wp:inline></w:drawing></w:r>"
    )


def test_pictures_carry_their_description():
    body = p(drawing('<a:blip r:embed="i"/>', "漏斗图"))
    found = read(
        word(
            body, ("i", "image", "media/image1.png"), **{"media/a": b"", "media/image1__png": png()}
        )
    )

    assert [(part.name, part.alt, part.data) for part in found.parts] == [
        ("image1.png", "漏斗图", png())
    ]


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        (drawing('<c:chart r:id="x"/>'), "图表"),
        (drawing('<dgm:relIds r:dm="x"/>'), "SmartArt 图示"),
        (drawing("<wps:wsp/>"), "图形"),
        (drawing('<a:blip r:embed="gone"/>'), "文件里缺失的图片"),
        (drawing('<a:blip r:link="out"/>'), "不在文件里的外部图片：http://a.cn/x.png"),
        (drawing('<a:blip r:embed="emf"/>'), "图片“a.emf”（请存为 PNG 或 JPEG）"),
        (drawing('<a:blip r:embed="none"/>'), "图片“none.png”（文件里没有它）"),
        ('<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>',
         "嵌入对象 Excel.Sheet.12"),
        ('<w:r><w:sym w:char="F0FC"/></w:r>', "符号字体中的符号 F0FC"),
        (r("看不见", "<w:vanish/>"), "隐藏文字"),
    ],
)  # fmt: skip
def test_what_a_lesson_cannot_hold_is_named(inner, words):
    data = word(
        p(r("有字")) + p(r("此处") + inner), ("out", "image", "http://a.cn/x.png", "External"),
        ("emf", "image", "media/a.emf"), ("none", "image", "media/none.png"),
        **{"media/a__emf": b"\x01\x00\x00\x00"},
    )  # fmt: skip

    assert [(each.place, each.what) for each in read(data).left_out] == [("第 2 段", words)]


def test_a_diagram_is_named_with_its_words():
    data = word(
        p(drawing('<dgm:relIds r:dm="d"/>')), ("d", "diagramData", "diagrams/data1.xml"),
        **{"diagrams/data1__xml": '<x xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
           "<a:t>拉新</a:t><a:t> </a:t><a:t>留存</a:t></x>"},
    )  # fmt: skip

    assert left(data) == ["SmartArt 图示，文字为“拉新 / 留存”"]


def test_a_formula_keeps_its_characters_and_is_named():
    formula = "<m:oMath><m:r><m:t>ROI=</m:t></m:r><m:r><m:t>4.83</m:t></m:r></m:oMath>"
    data = word(p(r("得") + formula) + f"<m:oMathPara>{formula}</m:oMathPara>")

    assert html(data) == ["得ROI=4.83", "ROI=4.83"]
    assert left(data) == ["公式“ROI=4.83”的排版（字符已保留，请核对） × 2"]


def test_reading_marks_line_ends_and_word_art():
    body = p(
        "<w:r><w:ruby><w:rt>"
        + r("pin")
        + "</w:rt><w:rubyBase>"
        + r("拼")
        + "</w:rubyBase></w:ruby></w:r>"
        "<w:r><w:t>甲</w:t><w:br/><w:tab/><w:t>乙</w:t><w:br w:type='page'/>"
        "<w:noBreakHyphen/></w:r>"
        '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    )

    assert html(word(body)) == ["拼甲<br/> 乙 -艺术字"]
    assert left(word(body)) == ["文字上方的拼音"]


def test_a_ruled_line_is_not_worth_a_word():
    body = p(r("甲") + '<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')

    assert left(word(body)) == []


def test_contents_comments_and_headers_are_named_once_for_the_whole_file():
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        "</w:sdtPr><w:sdtContent>" + p(r("目录")) + "</w:sdtContent></w:sdt>"
        "<w:sdt><w:sdtContent>" + p(r("控件里")) + "</w:sdtContent></w:sdt><w:altChunk/>"
    )
    data = word(
        body, ("c", "comments", "comments.xml"), ("h", "header", "header1.xml"),
        ("e", "footer", "footer1.xml"),
        comments__xml=f"<w:comments {space}><w:comment/><w:comment/></w:comments>",
        header1__xml=f"<w:hdr {space}>{p(r('内部资料'))}</w:hdr>",
        footer1__xml=f"<w:ftr {space}>{p('')}</w:ftr>",
    )  # fmt: skip

    assert html(data) == ["控件里"]
    assert [each.what for each in read(data).left_out] == [
        "目录",
        "嵌入的文档",
        "批注 × 2",
        "页眉或页脚",
    ]


def test_strict_files_are_read_like_others():
    data = zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": rels(("r", "officeDocument", "word/document.xml")),
        "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        f"<w:body>{p(r('严格'))}</w:body></w:document>",
    })  # fmt: skip

    assert html(data) == ["严格"]


def test_markup_in_the_text_stays_text():
    assert html(word(p(r("&lt;script&gt; &amp; &quot;")))) == ['&lt;script&gt; &amp; "']
