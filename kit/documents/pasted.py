"""Reading HTML from the clipboard: Word, WPS, 公众号 articles and other pages.

Only text, bold words, safe links, lists, tables and pictures that came with their bytes are taken
out, so no script, style or handler can come along. Pictures elsewhere are named, never fetched.
"""

import base64
import binascii
import re
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from django.utils.translation import gettext as _
from lxml import html as lxml_html
from lxml.etree import LxmlError

from kit.documents.errors import DocumentError
from kit.documents.keeping import Keeper
from kit.documents.parts import (
    LOWERED,
    RAISED,
    Document,
    Heading,
    Span,
    Text,
    plain_of,
    safe_href,
)

MOST_CHARACTERS = 5_000_000
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
LISTS = frozenset({"ul", "ol"})
BLOCKS = frozenset(
    {"p", "div", "section", "article", "blockquote", "pre", "figure", "figcaption", "header",
     "footer", "main", "aside", "address", "dl", "dt", "dd", "hr", "center", "fieldset", "body",
     "td", "th", "tr", "tbody", "thead", "tfoot", "caption", "table", "details", "summary"}
)  # fmt: skip
SILENT = frozenset(
    {"script", "style", "head", "meta", "link", "title", "template", "noscript", "xml", "select",
     "textarea", "button", "svg", "math"}
)  # fmt: skip
PLAYERS = frozenset(
    {"iframe", "video", "audio", "embed", "object", "mpvoice", "mp-common-mpaudio",
     "mp-common-videosnap", "mp-common-profile", "mp-miniprogram", "qqmusic"}
)  # fmt: skip
WORD_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d{1,2})", re.IGNORECASE)
NUMBERED = re.compile(r"^\W*(\d+|[a-zA-Z]{1,4}|[一二三四五六七八九十]+)[.)、．）]")
BOLD = re.compile(r"(?<![\w-])font-weight:(bold|bolder|[6-9]00)")
NOT_BOLD = re.compile(r"(?<![\w-])font-weight:(normal|lighter|[1-5]00)")
RISE = re.compile(r"(?<![\w-])vertical-align:(super|sub)(?![\w-])")
STRUCK = re.compile(r"(?<![\w-])text-decoration(?:-line)?:[^;]*line-through")
STRIKES = frozenset({"s", "strike", "del"})
RISES = {"sup": RAISED, "super": RAISED, "sub": LOWERED}
EAST = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
WRAPPED = re.compile(rf"(?<={EAST})[ \t]*\r?\n[ \t]*(?={EAST})")
BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
INLINE_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,(.*)", re.DOTALL)
LONGEST_GUESS = 40
MOST_COLUMNS, MOST_ROWS = 60, 65_534  # that one cell covers


@dataclass(frozen=True)
class _Look:
    bold: bool = False
    href: str = ""
    rise: str = ""
    struck: bool = False


def read_pasted(source: str) -> Document:
    """What pasted HTML holds; the title is a guess, "" where nothing offers itself.
    DocumentError when it is too long or nested too deeply."""
    reader = _Reader()
    try:
        reader.walk(_checked(source))
    except (RecursionError, LxmlError) as error:
        raise DocumentError(
            _("The pasted text cannot be read."), _("Save it as .docx and import the file.")
        ) from error
    return reader.document()


def read_plain(source: str) -> Document:
    """What pasted text without formatting holds: each line a paragraph, a `<` is a `<`.
    DocumentError when it is too long."""
    reader = _Reader()
    for line in _checked(source).splitlines():
        reader.line(line)
    return reader.document()


def _checked(source: str) -> str:
    if len(source) > MOST_CHARACTERS:
        raise DocumentError(
            _("The pasted text is too long."), _("Save it as .docx and import the file.")
        )
    return CONTROLS.sub("", source)


def _bare(html: str) -> str:
    return unescape(re.sub("<[^>]*>", " ", html))


def _style_of(element: Any) -> str:
    return str(element.get("style", "")).lower().replace(" ", "")


def _said(text: str | None) -> str:
    return BLANKS.sub(" ", WRAPPED.sub("", text or ""))


class _Reader:
    def __init__(self) -> None:
        self.keeper = Keeper()
        self._spans: list[Span] = []
        self._lists: list[bool] = []  # whether each open list is numbered
        self._marker = ""
        self._number = 0
        self._pictures = 0

    def walk(self, source: str) -> None:
        if not source.strip():
            return
        parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
        root = lxml_html.document_fromstring(f"<html><body>{source}</body></html>", parser=parser)
        for body in root.iter("body"):
            self._children(body, _Look())
        self._end_line()
        self.keeper.close_list()

    def line(self, text: str) -> None:
        """One line of plain text."""
        self._say(text, _Look())
        self._end_line()

    def document(self) -> Document:
        """All that was read."""
        return Document(self._title(), tuple(self.keeper.parts), self.keeper.left_out())

    def _title(self) -> str:
        """The first heading, else the beginning of the text."""
        for kind in (Heading, Text):
            for part in self.keeper.parts:
                if isinstance(part, kind):
                    words = part.text if isinstance(part, Heading) else _bare(part.html)
                    return words.strip()[:LONGEST_GUESS]
        return ""

    def _children(self, element: Any, look: _Look) -> None:
        self._say(element.text, look)
        for each in element:
            if isinstance(each.tag, str):
                self._element(each, each.tag.lower(), look)
            self._say(each.tail, look)

    def _say(self, text: str | None, look: _Look) -> None:
        if said := _said(text):
            self._spans.append(Span(said, look.bold, look.href, look.rise, look.struck))

    def _element(self, element: Any, name: str, look: _Look) -> None:
        style = _style_of(element)
        if name in SILENT or self._is_hidden(element, style):
            return
        if "mso-list:ignore" in style:
            self._marker = "".join(element.itertext()).strip()
        elif name in {"img", "v:imagedata"}:
            self._picture(element)
        elif name in PLAYERS:
            self._player(element, name)
        elif name == "br":
            self._spans.append(Span("\n", look.bold, look.href))
        else:
            self._holder(element, name, self._looked(element, name, style, look))

    def _is_hidden(self, element: Any, style: str) -> bool:
        """Whether nobody saw it where it was copied; then it is named."""
        hidden = "display:none" in style or "mso-hide:all" in style
        if hidden and "".join(element.itertext()).strip():
            self.keeper.leave_out(_("hidden text"))
        return hidden

    def _holder(self, element: Any, name: str, look: _Look) -> None:
        if name in HEADINGS or "msotitle" in str(element.get("class", "")).lower():
            self._heading(element, look)
        elif name in LISTS:
            self._list(element, look, ordered=name == "ol")
        elif name == "table" and self._is_grid(element):
            self._table(element)
        elif name in BLOCKS or name == "li":
            self._block(element, look)
        else:
            self._children(element, look)

    def _looked(self, element: Any, name: str, style: str, look: _Look) -> _Look:
        if name in {"b", "strong", "th"} or BOLD.search(style):
            look = replace(look, bold=True)
        if NOT_BOLD.search(style):
            look = replace(look, bold=False)
        look = _dressed(name, style, look)
        address = str(element.get("href", "")).strip() if name == "a" else ""
        if not address or address.startswith("#"):
            return look
        href = safe_href(address)
        if not href:
            words = _("link to “%(address)s” (its text was kept)")
            self.keeper.leave_out(words % {"address": address[:120]})
        return replace(look, href=href)

    def _taken(self) -> list[Span]:
        """What has been said since the last end of line; counted when it is not blank."""
        spans, self._spans = self._spans, []
        if not plain_of(spans):
            return []
        self._count()
        return self.keeper.told(spans)

    def _end_line(self) -> None:
        """What has been said since the last end of line is a paragraph or a list item."""
        spans = self._taken()
        if not spans:
            return
        if self._lists:
            self.keeper.item(spans, ordered=self._lists[-1], depth=len(self._lists) - 1)
        else:
            self.keeper.text(spans)

    def _count(self) -> None:
        self._number += 1
        self.keeper.place = _("paragraph %(number)d") % {"number": self._number}

    def _block(self, element: Any, look: _Look) -> None:
        self._end_line()
        listed = WORD_LIST.search(str(element.get("style", "")))
        self._marker = ""
        self._children(element, look)
        if listed is None or not plain_of(self._spans):
            self._end_line()
            return
        ordered = NUMBERED.match(self._marker) is not None
        self.keeper.item(self._taken(), ordered=ordered, depth=max(0, int(listed[1]) - 1))

    def _heading(self, element: Any, look: _Look) -> None:
        self._end_line()
        self._children(element, look)
        if text := plain_of(self._taken()):
            self.keeper.heading(text)

    def _list(self, element: Any, look: _Look, *, ordered: bool) -> None:
        self._end_line()
        self._lists.append(ordered)
        self._children(element, look)
        self._end_line()
        self._lists.pop()
        if not self._lists:
            self.keeper.close_list()

    def _is_grid(self, table: Any) -> bool:
        """Tables inside tables, and tables of one column, only lay out a page."""
        inner = [each for each in table.iter("table") if each is not table]
        rows = [len(row.findall("td") + row.findall("th")) for row in table.iter("tr")]
        return not inner and max(rows, default=0) > 1

    def _table(self, table: Any) -> None:
        self._end_line()
        self._count()
        rows: list[list[str]] = []
        part, hanging = None, dict[int, int]()
        for row in table.iter("tr"):
            if row.getparent() is not part:  # no cell hangs out of its part of the table
                part, hanging = row.getparent(), {}
            rows.append(self._cells(row, hanging))
        self.keeper.grid(rows)
        for picture in table.iter("img"):
            self._picture(picture)
        if any(safe_href(str(each.get("href", ""))) for each in table.iter("a")):
            self.keeper.leave_out(_("link in a table (its text was kept)"))

    def _cells(self, row: Any, hanging: dict[int, int]) -> list[str]:
        """The cells of a row where a browser draws them; `hanging` holds by column how many
        more rows a cell from above covers."""
        covered = {column for column, rows in hanging.items() if rows}
        for column in covered:
            hanging[column] -= 1
        cells: list[str] = []
        for cell in (each for each in row if each.tag in {"td", "th"}):
            while len(cells) in covered:
                cells.append("")
            wide, high = _columns(cell.get("colspan")), _rows(cell.get("rowspan"))
            for column in range(len(cells), len(cells) + wide):
                hanging[column] = max(hanging.get(column, 0), high - 1)
            cells += [self._cell_text(cell)] + [""] * (wide - 1)
        return cells

    def _cell_text(self, cell: Any) -> str:
        """The text of a cell on one line, without what is never read."""
        self._cell_words(cell, _dressed(cell.tag, _style_of(cell), _Look()))
        spans, self._spans = self._spans, []
        return plain_of(self.keeper.told(spans))

    def _cell_words(self, element: Any, look: _Look) -> None:
        self._say(element.text, look)
        for each in element:
            name = each.tag.lower() if isinstance(each.tag, str) else ""
            style = _style_of(each)
            if name and name not in SILENT and not self._is_hidden(each, style):
                gap = " " if name in BLOCKS | LISTS | {"br", "li"} else ""
                self._say(gap, look)
                self._cell_words(each, _dressed(name, style, look))
                self._say(gap, look)
            self._say(each.tail, look)

    def _picture(self, element: Any) -> None:
        address = str(element.get("data-src") or element.get("src") or "").strip()
        alt = " ".join(str(element.get("alt", "")).split())[:200]
        self._pictures += 1
        inline = INLINE_PICTURE.match(address)
        if inline is None:
            words = _("picture on another computer: %(address)s")
            self.keeper.leave_out(words % {"address": address[:120]})
            return
        self._end_line()
        try:
            data = base64.b64decode(re.sub(r"\s|%0[ad]", "", inline[1], flags=re.IGNORECASE))
        except (binascii.Error, ValueError):
            data = b""
        name = _("pasted picture %(number)d") % {"number": self._pictures}
        self.keeper.picture(name, data, alt)

    def _player(self, element: Any, name: str) -> None:
        address = str(element.get("data-src") or element.get("src") or name)
        words = _("film or sound “%(name)s”")
        self.keeper.leave_out(words % {"name": address[:120]})


def _columns(value: str | None) -> int:
    return max(1, min(_number(value), MOST_COLUMNS))


def _rows(value: str | None) -> int:
    """0 is down to the end of this part of the table."""
    return MOST_ROWS if value == "0" else max(1, min(_number(value), MOST_ROWS))


def _number(value: str | None) -> int:
    return int(value) if value and len(value) < 9 and value.isascii() and value.isdigit() else 1


def _dressed(name: str, style: str, look: _Look) -> _Look:
    """The look with what would make other words of the text: raised, lowered, struck through."""
    said = RISE.search(style)
    rise = RISES.get(said[1] if said and name not in BLOCKS else name, look.rise)
    struck = look.struck or name in STRIKES or STRUCK.search(style) is not None
    return replace(look, rise=rise, struck=struck)
