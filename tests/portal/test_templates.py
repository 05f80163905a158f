import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# Papers become PDFs and mails leave the site: neither is a page under the content policy.
PAGES = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if path.relative_to(TEMPLATES).parts[0] not in {"paper", "mail"}
]
FAULTS = {
    "inline style": re.compile(r"<[a-z][^>]*\sstyle\s*=|<style", re.I),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>", re.I),
    "inline handler": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "foreign origin": re.compile(r"(?:src|href|action|poster)\s*=\s*[\"'](?:https?:)?//", re.I),
}


def faults(text):
    return [name for name, pattern in FAULTS.items() if pattern.search(text)]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_page_holds_nothing_inline_and_nothing_foreign(page):
    assert faults(page.read_text()) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('<p style="color: red">', "inline style"),
        ("<script>alert(1)</script>", "inline script"),
        ('<button onclick="go()">', "inline handler"),
        ('<a href="javascript:go()">', "script address"),
        ('<img src="//cdn.example/a.png">', "foreign origin"),
    ],
)
def test_a_fault_is_found(text, fault):
    assert fault in faults(text)


def test_data_and_modules_pass():
    data = '<script type="application/json" id="x">{}</script>'
    module = '<script type="module" src="/a.js"></script>'

    assert faults(data + module) == []


def test_no_template_is_longer_than_150_lines():
    long = [p.name for p in TEMPLATES.rglob("*.html") if len(p.read_text().splitlines()) > 150]

    assert long == []
