"""Word and PowerPoint files for tests, and packages by hand, as WPS writes them."""

import io
import zipfile

import docx
import pptx
from PIL import Image

from kit.documents.reading import read_document

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def png(width=4, height=4):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(out, "PNG")
    return out.getvalue()


def zipped(entries, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def rels(*rows):
    """Rows of (id, kind, target) or (id, kind, target, "External")."""
    lines = [
        f'<Relationship Id="{row[0]}" Type="{KIND}{row[1]}" Target="{row[2]}"'
        + (f' TargetMode="{row[3]}"' if len(row) > 3 else "") + "/>"
        for row in rows
    ]  # fmt: skip
    return f'<Relationships xmlns="{RELS}">{"".join(lines)}</Relationships>'


def word(body, *targets, **parts):
    """A .docx by hand; `parts` are further entries of word/, named without their folder."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    entries = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": rels(*targets),
    }
    return zipped(
        entries | {f"word/{name.replace('__', '.')}": data for name, data in parts.items()}
    )


def p(inner, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text, look=""):
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:t>{text}</w:t></w:r>"


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(data, name="a.docx"):
    return read_document(io.BytesIO(data), name)


def word_file():
    """An ordinary Word document with everything an ordinary one has."""
    document = docx.Document()
    document.add_heading("投产比", 0)
    document.add_heading("一、怎么算", 1)
    line = document.add_paragraph("先看")
    line.add_run("投产比").bold = True
    line.add_run("。")
    for item in ("曝光", "点击"):
        document.add_paragraph(item, style="List Bullet")
    document.add_paragraph("操作步骤：")
    for item in ("打开后台", "看报表"):
        document.add_paragraph(item, style="List Number")
    document.add_paragraph("表 1 权重")
    table = document.add_table(2, 2)
    for (row, column), text in {
        (0, 0): "项目", (0, 1): "权重", (1, 0): "理论", (1, 1): "40%",
    }.items():  # fmt: skip
        table.cell(row, column).text = text
    document.add_picture(io.BytesIO(png()))
    return saved(document)


def slide_show():
    """Two slides: title, list, table and notes; then a free text, a picture and no title."""
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[1])
    first.shapes.title.text = "直播复盘"
    first.placeholders[1].text = "看流量\n看转化"
    table = first.shapes.add_table(2, 2, 0, 0, 100, 100).table
    for (row, column), text in {
        (0, 0): "指标",
        (0, 1): "数值",
        (1, 0): "ROI",
        (1, 1): "4.83",
    }.items():
        table.cell(row, column).text = text
    first.notes_slide.notes_text_frame.text = "提醒学员先看分母"
    second = show.slides.add_slide(show.slide_layouts[6])
    second.shapes.add_textbox(0, 0, 10, 10).text_frame.text = "自由文本"
    second.shapes.add_picture(io.BytesIO(png()), 0, 0)
    return saved(show)
