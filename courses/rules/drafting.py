"""From the parts of a read document to the parts of a lesson. In words: docs/rules.md, 导入.

What a lesson's blocks cannot hold is given another shape rather than dropped: a heading that is
too long becomes a bold paragraph, a table of one row a line of text.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from kit.documents.parts import Grid, Heading, Listing, Note, Part, Text

LONGEST_HEADING = 80
LONGEST_CAPTION = 120
LONGEST_STEP = 200
MOST_CELLS = 600
NOTE_TITLE = "讲解备注"
EMPTY_HEADER = "—"
CAPTION = re.compile(r"^表\s*[\d一二三四五六七八九十]")
MARKUP = re.compile(r"<[^>]*>")
COLONS = "：:"

Block = tuple[str, Any]


@dataclass(frozen=True)
class Drafted:
    """Blocks of a lesson text, a `picture` still with its bytes; `cut` are tables too large."""

    blocks: tuple[Block, ...]
    cut: tuple[Grid, ...]


def plain(html: str) -> str:
    """Inline HTML as one line of text."""
    return " ".join(unescape(MARKUP.sub(" ", html.replace("<b>", "").replace("</b>", ""))).split())


def drafted(parts: Iterable[Part]) -> Drafted:
    """The blocks that these parts become, in their order."""
    drafter = _Drafter()
    for part in parts:
        drafter.take(part)
    drafter.close()
    return Drafted(tuple(drafter.blocks), tuple(drafter.cut))


class _Drafter:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.cut: list[Grid] = []
        self._running: list[Text | Listing] = []
        self._heading = ""
        self._tables = 0

    def take(self, part: Part) -> None:
        match part:
            case Heading():
                self._take_heading(part)
            case Text():
                self._running.append(part)
            case Listing():
                self._take_list(part)
            case Grid():
                self._take_table(part)
            case Note():
                self.close()
                value = {"tone": "tip", "title": NOTE_TITLE, "text": f"<p>{part.html}</p>"}
                self.blocks.append(("callout", value))
            case _:
                self.close()
                self.blocks.append(("picture", part))

    def close(self) -> None:
        """Text and lists that followed one another become one block."""
        if self._running:
            self.blocks.append(("paragraph", "".join(_html(part) for part in self._running)))
            self._running = []

    def _take_heading(self, part: Heading) -> None:
        self.close()
        if len(part.text) > LONGEST_HEADING:
            self._running.append(Text(f"<b>{escape(part.text, quote=False)}</b>"))
            return
        self._heading = part.text
        self.blocks.append(("heading", part.text))

    def _take_list(self, part: Listing) -> None:
        title = self._steps_title() if _is_steps(part) else ""
        if not title:
            self._running.append(part)
            return
        self.close()
        items = [unescape(item) for item in part.items]
        self.blocks.append(("steps", {"title": title, "items": items}))

    def _steps_title(self) -> str:
        """The line that leads in to the steps, or the heading right above them."""
        if not self._running:
            directly = self.blocks and self.blocks[-1][0] == "heading"
            return self._heading if directly else ""
        last = self._running[-1]
        if not isinstance(last, Text):
            return ""
        said = plain(last.html)
        is_lead = said.endswith(tuple(COLONS)) and len(said) <= LONGEST_HEADING
        if not is_lead or "<a " in last.html:
            return ""
        self._running.pop()
        return said.rstrip(COLONS)

    def _take_table(self, part: Grid) -> None:
        if len(part.rows) * len(part.rows[0]) > MOST_CELLS:
            self.cut.append(part)
            return
        if len(part.rows) == 1:
            self._running.append(Text(escape("；".join(filter(None, part.rows[0])), quote=False)))
            return
        self._tables += 1
        caption = self._caption()
        self.close()
        header = [cell or EMPTY_HEADER for cell in part.rows[0]]
        rows = [list(row) for row in part.rows[1:]]
        self.blocks.append(("table", {"caption": caption, "header": header, "rows": rows}))

    def _caption(self) -> str:
        """The line 表 1 … above the table, else the heading it stands under."""
        last = self._running[-1] if self._running else None
        said = plain(last.html) if isinstance(last, Text) else ""
        if CAPTION.match(said) and len(said) <= LONGEST_CAPTION:
            self._running.pop()
            return said
        return self._heading or f"表 {self._tables}"


def _is_steps(part: Listing) -> bool:
    """Steps are plain numbered lines; bold words and links only live in running text."""
    plain_lines = all("<" not in item and len(item) <= LONGEST_STEP for item in part.items)
    return part.ordered and len(part.items) > 1 and plain_lines


def _html(part: Text | Listing) -> str:
    if isinstance(part, Text):
        return f"<p>{part.html}</p>"
    name = "ol" if part.ordered else "ul"
    return f"<{name}>{''.join(f'<li>{item}</li>' for item in part.items)}</{name}>"
