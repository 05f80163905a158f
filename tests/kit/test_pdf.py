import io
import threading

import pypdf
import pytest

from kit import pdf


def text_of(data):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def test_renders_chinese_that_can_be_read_back():
    data = pdf.render_html(
        '<html lang="zh-CN"><p style="font-family:Noto Serif CJK SC">培训合格证书'
    )

    assert text_of(data).strip() == "培训合格证书"


def test_same_source_gives_the_same_bytes():
    html = '<link rel="stylesheet" href="paper.css"><p>培训 2026</p>'

    assert pdf.render_html(html) == pdf.render_html(html)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="http://127.0.0.1:9/a.png">',
        '<img src="file:///etc/passwd">',
        '<img src="data:image/png;base64,AAAA">',
        '<link rel="stylesheet" href="https://paper.invalid.example/a.css">',
        '<link rel="stylesheet" href="../../manage.py">',
        '<link rel="stylesheet" href="certificate.html">',
        '<style>@import url("//metadata/x.css")</style>',
        '<style>p { background: url("/etc/passwd") }</style><p>x',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<base href="file:///etc/"><link rel="stylesheet" href="passwd">',
    ],
)
def test_reaches_nothing_outside(html):
    with pytest.raises(pdf.PdfError, match="may not load"):
        pdf.render_html(html)


def test_refuses_a_source_that_is_too_large(monkeypatch):
    monkeypatch.setattr(pdf, "MAX_HTML_BYTES", 10)

    with pytest.raises(pdf.PdfError, match="larger than 10 bytes"):
        pdf.render_html("<p>12345678")


# The first alarm may fall inside a garbage collector's callback, where Python swallows what is
# raised; the alarm comes again until the layout stops, and that is what is tested.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_stops_a_runaway_layout():
    with pytest.raises(pdf.PdfError, match="longer than 1 s"):
        pdf.render_html("<p>培训</p>" * 200_000, max_seconds=1)


def test_renders_in_another_thread_too():
    made = []
    thread = threading.Thread(target=lambda: made.append(pdf.render_html("<p>a")))
    thread.start()
    thread.join()

    assert made[0][:5] == b"%PDF-"


def test_refuses_to_start_without_fonts(monkeypatch):
    monkeypatch.setattr(pdf, "missing_fonts", lambda: ["Noto Serif CJK SC"])

    with pytest.raises(pdf.PdfError, match="fonts missing: Noto Serif CJK SC"):
        pdf._engine.__wrapped__(0)


def test_render_pdf_takes_a_template(settings, tmp_path):
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "x.html").write_text("<p>{{ name }}</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    assert text_of(pdf.render_pdf("paper/x.html", {"name": "<b>&"})).strip() == "<b>&"
