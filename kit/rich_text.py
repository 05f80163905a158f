"""Cleaning the rich text that editors save: what our own features make, and nothing else.

Browsers and office programs send styles, classes, handlers and whole pages with a paste. What
is not on the list is unwrapped, its text stays; scripts and styles go with what they hold.
Raised and lowered text becomes 10^3 and a_1, as in an import.
"""

import re
from html import unescape

import nh3

from kit.documents.parts import LOWERED, RAISED, marks_around, safe_href

TAGS = {"p", "b", "ul", "ol", "li", "a", "br"}
ATTRIBUTES = {
    "a": {"href", "linktype", "id"},  # the latter two are Wagtail's links to pages
    "p": {"data-block-key"},
    "li": {"data-block-key"},
}
SILENT = {"script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title",
          "textarea", "xml"}  # fmt: skip
BLOCKS = re.compile(
    r"<(/?)(?:div|section|article|blockquote|pre|h[1-6]|tr|figure|figcaption|header|footer|dt|dd)"
    r"\b[^>]*>",
    re.IGNORECASE,
)
STRONG = re.compile(r"<(/?)strong\b[^>]*>", re.IGNORECASE)
PICTURE = re.compile(r"<(?:img|embed|image)\b[^>]*>", re.IGNORECASE)
ADDRESS = re.compile(r"""\b(?:data-src|src)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
SMALL = re.compile(r"<(su[pb])>((?:(?!<su[pb]>).)*?)</\1>(?=(?:</?[ab]\b[^>]*>)*(.?))", re.DOTALL)
SMALL_LEFT = re.compile(r"</?su[pb]>")
MARKUP = re.compile(r"<[^>]*>")
BARE_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
BLANK = re.compile(r"<p>\s*</p>")
TURNS = 8  # each turn unwraps one level; what is left after that is text


def pictures_in(html: str) -> list[str]:
    """The addresses of pictures that somebody put into running text, without their bytes."""
    found = []
    for picture in PICTURE.findall(html):
        address = ADDRESS.search(picture)
        found.append(address[1][:120] if address else "?")
    return found


def clean_rich_text(html: str) -> str:
    """Rich text of our features only; cleaning it again changes nothing."""
    html = BLOCKS.sub(r"<\1p>", STRONG.sub(r"<\1b>", html))
    before = ""
    for _turn in range(TURNS):
        if html == before:
            break
        before = html
        html = _once(html)
    return html


def _once(html: str) -> str:
    kept = nh3.clean(
        html, tags=TAGS | {"sup", "sub"}, attributes=ATTRIBUTES, clean_content_tags=SILENT,
        url_schemes={"http", "https", "mailto", "tel"}, attribute_filter=_kept_value,
        link_rel=None,
    )  # fmt: skip
    for _level in range(TURNS):
        kept = SMALL.sub(_written, kept)
    kept = SMALL_LEFT.sub("", kept)
    return BLANK.sub("", BARE_LINK.sub(r"\1", kept))


def _written(small: re.Match[str]) -> str:
    """Raised or lowered text behind a mark: 10 with a small 3 must never read 103."""
    name, html, after = small.groups()
    words = unescape(MARKUP.sub("", html)).strip()
    if not words:
        return html
    opening, closing = marks_around(RAISED if name == "sup" else LOWERED, words, after)
    return f"{opening}{html}{closing}"


def _kept_value(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return safe_href(value) or None
    if name == "linktype":
        return value if value in {"page", "document"} else None
    if name == "id":
        return value if value.isascii() and value.isdigit() else None
    return value if re.fullmatch(r"[a-z0-9]{1,12}", value) else None
