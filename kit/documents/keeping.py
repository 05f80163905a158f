"""What a reader gathers while it walks: parts in their order, and what did not come along."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from kit.documents.package import Package, attribute, child, every, tag
from kit.documents.parts import (
    Grid,
    Heading,
    LeftOut,
    Listing,
    Note,
    Part,
    Picture,
    Span,
    Text,
    html_of,
    marked,
    picture_kind,
    plain_of,
)

KNOWN = frozenset(
    {"w:t", "w:txbxContent", "a:t", "a:blip", "a:tbl", "c:chart", "cx:chart", "dgm:relIds",
     "m:oMath", "p:oleObj"}
)  # fmt: skip

DEEPEST = 8  # list levels that are told apart; Word has nine


class Keeper:
    """Gathers parts; list items that follow one another become one list."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.place = ""
        self._left: Counter[LeftOut] = Counter()
        self._items: list[list[str]] = []
        self._ordered = False
        self._list_place = ""

    def leave_out(self, what: str, place: str | None = None) -> None:
        """Note something that did not come along; equal notes of one place are counted."""
        self._left[LeftOut(self.place if place is None else place, what)] += 1

    def tracked_change(self) -> None:
        """Note a change that nobody had accepted or refused; it comes as accepted."""
        self.leave_out(_("tracked change (its accepted text was kept)"))

    @property
    def notes_made(self) -> int:
        """How many notes there are, equal ones counted each."""
        return self._left.total()

    def left_out(self) -> tuple[LeftOut, ...]:
        """All notes in the order in which they were made first."""
        return tuple(
            note if number == 1 else LeftOut(note.place, f"{note.what} × {number}")
            for note, number in self._left.items()
        )

    def told(self, spans: Iterable[Span]) -> list[Span]:
        """The spans of a line as they come along, in bold and links alone. What is struck through
        and what loses its look is named. Readers call it once for each line."""
        flat, written = marked(self._valid(spans))
        if written:
            words = _("layout of raised or lowered text (now written %(words)s)")
            self.leave_out(words % {"words": " ".join(written)[:120]})
        return flat

    def _valid(self, spans: Iterable[Span]) -> list[Span]:
        """Without what is struck through: read without its line it would be said as valid."""
        valid: list[Span] = []
        for struck, group in groupby(spans, key=lambda span: span.struck):
            stretch = list(group)
            words = plain_of(stretch)
            if struck and words:
                named = _("struck-through text “%(words)s”") % {"words": words[:120]}
                self.leave_out(named)
            else:
                valid += stretch
        return valid

    def heading(self, text: str) -> None:
        self.close_list()
        if text:
            self.parts.append(Heading(text, self.place))

    def text(self, spans: Iterable[Span]) -> None:
        self.close_list()
        if html := html_of(spans):
            self.parts.append(Text(html, self.place))

    def item(self, spans: Iterable[Span], *, ordered: bool, depth: int) -> None:
        """One list item; one that is deeper than 0 goes into the item before it."""
        html = html_of(spans)
        if not html:
            return
        if self._items and depth:
            self._items[-1].append("– " * min(depth, DEEPEST) + html)
            return
        if self._items and self._ordered != ordered:
            self.close_list()
        if not self._items:
            self._ordered, self._list_place = ordered, self.place
        self._items.append([html])

    def close_list(self) -> None:
        """The list, if one is open, ends here."""
        if self._items:
            items = tuple("<br/>".join(lines) for lines in self._items)
            self.parts.append(Listing(items, self._ordered, self._list_place))
            self._items = []

    def grid(self, rows: list[list[str]]) -> None:
        """A table; rows are made equally long, rows without any text are dropped."""
        self.close_list()
        full = [row for row in rows if any(row)]
        if not full:
            return
        width = max(len(row) for row in full)
        if width == 1:
            self.parts.extend(Text(html_of([Span(row[0])]), self.place) for row in full)
            return
        cells = tuple(tuple(row + [""] * (width - len(row))) for row in full)
        self.parts.append(Grid(cells, self.place))

    def note(self, html: str) -> None:
        self.close_list()
        if html:
            self.parts.append(Note(html, self.place))

    def picture(self, name: str, data: bytes, alt: str) -> None:
        """A picture of a kind that browsers show; others are left out by name."""
        self.close_list()
        if not data:
            self.leave_out(_("picture “%(name)s” (it is not in the file)") % {"name": name})
        elif kind := picture_kind(data):
            self.parts.append(Picture(name, kind, data, alt, self.place))
        else:
            words = _("picture “%(name)s” (save it as PNG or JPEG)") % {"name": name}
            self.leave_out(words)


def chosen(alternatives: Any) -> Any:
    """Of `mc:AlternateContent` the branch that can be read here."""
    for branch in alternatives:
        if tag(branch) == "mc:Choice" and any(True for _each in every(branch, *KNOWN)):
            return branch
    fallback = child(alternatives, "mc:Fallback")
    return alternatives[0] if fallback is None and len(alternatives) else fallback


def words_of_diagram(package: Package, part: str, element: Any) -> str:
    """The words inside a SmartArt graphic, to be named where it is left out."""
    target = package.targets(part).get(attribute(element, "r:dm"))
    root = package.xml(target.address) if target and not target.external else None
    words = [] if root is None else [each.text or "" for each in every(root, "a:t")]
    return " / ".join(word for word in words if word.strip())


def leave_out_diagram(keeper: Keeper, package: Package, part: str, element: Any) -> None:
    """Name a SmartArt graphic together with its words."""
    words = words_of_diagram(package, part, element)
    named = _("SmartArt with the words “%(words)s”") % {"words": words[:300]}
    keeper.leave_out(named if words else _("SmartArt"))


def formula_words(element: Any) -> str:
    """The characters of a formula in one line, without its layout."""
    return plain_of(Span(each.text or "") for each in every(element, "m:t"))
