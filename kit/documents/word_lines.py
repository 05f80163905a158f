"""One paragraph of a Word document: its text with bold words and links, and what it carries."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from kit.documents.keeping import Keeper, chosen, formula_words, leave_out_diagram
from kit.documents.package import Package, attribute, child, every, tag
from kit.documents.parts import LOWERED, RAISED, Span, plain_of, safe_href
from kit.documents.word_styles import Styles, begins_change, is_on

LINK_FIELD = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"', re.IGNORECASE)
SKIPPED = frozenset(
    {"", "w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:delText", "w:delInstrText", "w:softHyphen",
     "w:lastRenderedPageBreak", "w:footnoteRef", "w:endnoteRef", "w:annotationRef", "w:sdtPr",
     "w:sdtEndPr", "w:separator", "w:continuationSeparator", "w:smartTagPr", "w:customXmlPr",
     "w:ptab", "w:fldData"}
)  # fmt: skip
RISES = {"superscript": RAISED, "subscript": LOWERED}
CHARACTERS = {"w:tab": " ", "w:cr": "\n", "w:noBreakHyphen": "-"}


@dataclass
class Line:
    """Spans of text; pictures as (part name, alternative text); text boxes as elements.

    `had_text` also where all of it is left out: people count such a line."""

    spans: list[Span] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    had_text: bool = False

    def joined(self, other: "Line") -> "Line":
        return Line(
            self.spans + other.spans, self.pictures + other.pictures, self.boxes + other.boxes,
            self.had_text or other.had_text,
        )  # fmt: skip


@dataclass(frozen=True)
class _Look:
    bold: bool = False
    href: str = ""
    rise: str = ""
    struck: bool = False


@dataclass
class _Field:
    """A Word field: what it asks for, and whether its result has begun."""

    asks: str = ""
    shown: bool = False


class LineReader:
    """Reads paragraphs of one part; notes are read from their own parts by the same way."""

    def __init__(self, package: Package, part: str, styles: Styles, keeper: Keeper) -> None:
        self.package, self.part, self.styles, self.keeper = package, part, styles, keeper
        self._line = Line()
        self._fields: list[_Field] = []
        self._alt = ""
        self._notes: dict[str, dict[str, str]] = {}
        self._doors: dict[str, Callable[[Any, _Look], None]] = {
            "w:r": self._run, "w:t": self._text, "w:br": self._break, "w:sym": self._symbol,
            "w:hyperlink": self._hyperlink, "w:fldSimple": self._simple_field,
            "w:fldChar": self._field_mark, "w:instrText": self._field_words,
            "w:footnoteReference": self._note, "w:endnoteReference": self._note,
            "w:ruby": self._ruby, "w:drawing": self._drawing, "w:pict": self._drawing,
            "w:object": self._object, "mc:AlternateContent": self._alternatives,
            "w:txbxContent": self._box, "a:blip": self._picture, "v:imagedata": self._old_picture,
            "c:chart": self._chart, "cx:chart": self._chart, "dgm:relIds": self._diagram,
            "m:oMath": self._formula, "v:textpath": self._word_art,
        }  # fmt: skip

    def read(self, paragraph: Any) -> Line:
        """One paragraph; a field may go on from the paragraph before."""
        return self._told(lambda: self._children(paragraph, _Look()))

    def read_alone(self, element: Any) -> Line:
        """One inline element that stands where a paragraph should."""
        return self._told(lambda: self._one(element, _Look()))

    def _told(self, walk: Callable[[], None]) -> Line:
        self._line = Line()
        walk()
        self._line.had_text = bool(plain_of(self._line.spans))
        self._line.spans = self.keeper.told(self._line.spans)
        return self._line

    def _children(self, element: Any, look: _Look) -> None:
        for each in element:
            self._one(each, look)

    def _one(self, element: Any, look: _Look) -> None:
        name = tag(element)
        if begins_change(element):
            self.keeper.tracked_change()
        if name in self._doors:
            self._doors[name](element, look)
        elif name in CHARACTERS:
            self._say(CHARACTERS[name], look)
        elif name not in SKIPPED:
            self._children(element, look)

    def _say(self, text: str, look: _Look) -> None:
        if self._fields and not all(each.shown for each in self._fields):
            return
        for each in self._fields:
            found = LINK_FIELD.match(each.asks)
            if found:
                look = replace(look, href=self._safe(found[1]))
        self._line.spans.append(Span(text, look.bold, look.href, look.rise, look.struck))

    def _safe(self, address: str) -> str:
        href = safe_href(address)
        if not href and address:
            words = _("link to “%(address)s” (its text was kept)") % {"address": address[:120]}
            self.keeper.leave_out(words)
        return href

    def _run(self, run: Any, look: _Look) -> None:
        properties = child(run, "w:rPr")
        if properties is not None and is_on(properties, "w:vanish"):
            if any((each.text or "").strip() for each in every(run, "w:t")):
                self.keeper.leave_out(_("hidden text"))
            return
        rise = RISES.get(self.styles.rise(run), "")
        bold, struck = self.styles.is_bold(run, look.bold), self.styles.is_struck(run)
        self._children(run, replace(look, bold=bold, rise=rise, struck=struck))

    def _text(self, element: Any, look: _Look) -> None:
        self._say(element.text or "", look)

    def _break(self, element: Any, look: _Look) -> None:
        self._say("\n" if attribute(element, "w:type") in {"", "textWrapping"} else " ", look)

    def _symbol(self, element: Any, look: _Look) -> None:
        code = attribute(element, "w:char")
        self.keeper.leave_out(_("symbol %(code)s of a symbol font") % {"code": code})

    def _hyperlink(self, element: Any, look: _Look) -> None:
        target = self.package.targets(self.part).get(attribute(element, "r:id"))
        href = self._safe(target.address) if target and target.external else ""
        self._children(element, replace(look, href=href))

    def _simple_field(self, element: Any, look: _Look) -> None:
        found = LINK_FIELD.match(attribute(element, "w:instr"))
        self._children(element, replace(look, href=self._safe(found[1])) if found else look)

    def _field_mark(self, element: Any, look: _Look) -> None:
        kind = attribute(element, "w:fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shown = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _field_words(self, element: Any, look: _Look) -> None:
        if self._fields:
            self._fields[-1].asks += element.text or ""

    def _note(self, element: Any, look: _Look) -> None:
        kind = "footnotes" if tag(element) == "w:footnoteReference" else "endnotes"
        if kind not in self._notes:
            self._notes[kind] = self._read_notes(kind)
        if words := self._notes[kind].get(attribute(element, "w:id"), ""):
            self._say(_(" (note: %(words)s)") % {"words": words}, _Look(struck=look.struck))

    def _read_notes(self, kind: str) -> dict[str, str]:
        part = self.package.related(self.part, kind)
        root = self.package.xml(part)
        inner = LineReader(self.package, part, self.styles, self.keeper)
        inner._notes = {"footnotes": {}, "endnotes": {}}  # a note on a note ends here
        found = {}
        for note in [] if root is None else every(root, "w:footnote", "w:endnote"):
            lines = [plain_of(inner.read(each).spans) for each in every(note, "w:p")]
            found[attribute(note, "w:id")] = " ".join(filter(None, lines))
        return found

    def _ruby(self, element: Any, look: _Look) -> None:
        base = child(element, "w:rubyBase")
        if base is not None:
            self._children(base, look)
            self.keeper.leave_out(_("reading marks above the characters"))

    def _drawing(self, element: Any, look: _Look) -> None:
        """Whatever is drawn: what can be kept is found inside, else the drawing is named."""
        before = self._gathered()
        names = list(every(element, "wp:docPr", "v:shape"))
        told = [attribute(each, "descr") or attribute(each, "alt") for each in names]
        self._alt = next(filter(None, told), "")
        self._children(element, look)
        self._alt = ""
        is_rule = any(attribute(each, "o:hr") for each in element.iter() if tag(each))
        if self._gathered() == before and not is_rule:
            self.keeper.leave_out(_("drawn shape"))

    def _gathered(self) -> tuple[int, int, int, int]:
        line = self._line
        return len(line.spans), len(line.pictures), len(line.boxes), self.keeper.notes_made

    def _object(self, element: Any, look: _Look) -> None:
        kinds = [attribute(each, "ProgID") for each in every(element, "o:OLEObject")]
        words = _("embedded object %(kind)s") % {"kind": next(filter(None, kinds), "")}
        self.keeper.leave_out(words.strip())

    def _alternatives(self, element: Any, look: _Look) -> None:
        branch = chosen(element)
        if branch is not None:
            self._children(branch, look)

    def _box(self, element: Any, look: _Look) -> None:
        self._line.boxes.append(element)

    def _picture(self, element: Any, look: _Look) -> None:
        linked = attribute(element, "r:link")
        self._take(attribute(element, "r:embed") or linked)

    def _old_picture(self, element: Any, look: _Look) -> None:
        self._take(attribute(element, "r:id"))

    def _take(self, identity: str) -> None:
        target = self.package.targets(self.part).get(identity)
        if target is None:
            self.keeper.leave_out(_("picture that is not in the file"))
        elif target.external:
            words = _("picture on another computer: %(address)s")
            self.keeper.leave_out(words % {"address": target.address[:120]})
        else:
            self._line.pictures.append((target.address, self._alt))

    def _chart(self, element: Any, look: _Look) -> None:
        self.keeper.leave_out(_("chart"))

    def _diagram(self, element: Any, look: _Look) -> None:
        leave_out_diagram(self.keeper, self.package, self.part, element)

    def _formula(self, element: Any, look: _Look) -> None:
        words = formula_words(element)
        self._say(words, look)
        self.keeper.leave_out(_("layout of the formula “%(words)s”") % {"words": words[:120]})

    def _word_art(self, element: Any, look: _Look) -> None:
        self._say(attribute(element, "string"), look)
