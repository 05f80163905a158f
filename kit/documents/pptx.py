"""Reading a slide show (.pptx)."""

import posixpath
from typing import Any

from django.utils.translation import gettext as _

from kit.documents.errors import DocumentError
from kit.documents.guard import damaged
from kit.documents.keeping import Keeper, chosen, formula_words, leave_out_diagram
from kit.documents.package import Package, attribute, child, every, tag
from kit.documents.parts import (
    LOWERED,
    RAISED,
    Document,
    Span,
    html_of,
    plain_of,
    safe_href,
)

TITLES = {"title", "ctrTitle"}
FURNITURE = {"sldNum", "dt", "ftr", "hdr", "sldImg"}
BODIES = {"", "body", "obj", "subTitle"}


def read_pptx(package: Package) -> Document:
    """For each slide its title as a heading, then text, tables and pictures, then the notes.

    Charts, SmartArt, films, sounds and embedded objects are named in `left_out`.
    DocumentError when there is no readable slide show.
    """
    part = package.related("", "officeDocument") or "ppt/presentation.xml"
    root = package.xml(part)
    if root is None:
        raise damaged()
    order = child(root, "p:sldIdLst")
    keeper = Keeper()
    title = ""
    seen: set[str] = set()
    for number, row in enumerate([] if order is None else order, start=1):
        target = package.targets(part).get(attribute(row, "r:id"))
        slide = package.xml(target.address) if target and not target.external else None
        keeper.place = _("slide %(number)d") % {"number": number}
        if target is None or slide is None:
            keeper.leave_out(_("slide that is not in the file"))
            continue
        if target.address in seen:
            raise damaged()  # no program names a slide twice; it would be read without end
        seen.add(target.address)
        try:
            heading = _Slide(package, target.address, keeper, number).read(slide)
        except RecursionError as error:
            raise DocumentError(
                _("The document is nested too deeply."), _("Ungroup its drawings.")
            ) from error
        title = title or heading
    return Document(title, tuple(keeper.parts), keeper.left_out())


class _Slide:
    def __init__(self, package: Package, part: str, keeper: Keeper, number: int) -> None:
        self.package, self.part, self.keeper, self.number = package, part, keeper, number

    def read(self, slide: Any) -> str:
        """Everything on one slide; its title, or ""."""
        tree = child(slide, "p:cSld", "p:spTree")
        shapes = [] if tree is None else list(self._flat(tree))
        titles = [shape for shape in shapes if _placeholder(shape) in TITLES]
        title = " ".join(filter(None, (plain_of(self._all_spans(each)) for each in titles)))
        self.keeper.heading(title or _("Slide %(number)d") % {"number": self.number})
        if attribute(slide, "show") in {"0", "false"}:
            self.keeper.leave_out(_("being hidden (the slide was kept)"))
        for shape in shapes:
            if shape not in titles:
                self._shape(shape)
        self.keeper.close_list()
        self._beside()
        return title

    def _flat(self, tree: Any) -> Any:
        """The shapes of a tree, groups opened, alternatives chosen."""
        for each in tree:
            name = tag(each)
            if name == "p:grpSp":
                yield from self._flat(each)
            elif name == "mc:AlternateContent":
                branch = chosen(each)
                if branch is not None:
                    yield from self._flat(branch)
            elif name in {"p:sp", "p:pic", "p:graphicFrame", "p:cxnSp", "p:contentPart"}:
                yield each

    def _shape(self, shape: Any) -> None:
        name = tag(shape)
        if _placeholder(shape) in FURNITURE:
            return
        if name == "p:pic":
            self._picture(shape)
        elif name == "p:graphicFrame":
            self._frame(shape)
        elif name == "p:contentPart":
            self.keeper.leave_out(_("handwriting"))
        elif not self._words(shape) and _placeholder(shape) is None:
            self._bare(shape)

    def _bare(self, shape: Any) -> None:
        """A shape without words: a picture as its filling, or a mere drawing."""
        if any(True for _each in every(shape, "a:blip")):
            self._picture(shape)
        else:
            self.keeper.leave_out(_("drawn shape"))

    def _words(self, shape: Any) -> bool:
        """Keep the paragraphs of a shape; whether there was one."""
        body = child(shape, "p:txBody")
        lines = [] if body is None else [each for each in body if tag(each) == "a:p"]
        said = [(each, spans) for each in lines if plain_of(spans := self._spans(each))]
        is_list = _placeholder(shape) in BODIES and len(said) > 1
        for paragraph, spans in said:
            self._line(paragraph, spans, is_list)
        self.keeper.close_list()
        return bool(said)

    def _line(self, paragraph: Any, spans: list[Span], is_list: bool) -> None:
        look = child(paragraph, "a:pPr")
        said = set() if look is None else {tag(each) for each in look}
        numbered = "a:buAutoNum" in said
        if "a:buNone" in said or not (is_list or numbered or said & {"a:buChar", "a:buBlip"}):
            self.keeper.text(spans)
            return
        level = "" if look is None else attribute(look, "lvl")
        self.keeper.item(spans, ordered=numbered, depth=int(level) if level.isdigit() else 0)

    def _all_spans(self, shape: Any) -> list[Span]:
        found: list[Span] = []
        for paragraph in every(shape, "a:p"):
            found += [*self._spans(paragraph), Span(" ")]
        return found

    def _spans(self, paragraph: Any) -> list[Span]:
        found: list[Span] = []
        for each in paragraph:
            name = tag(each)
            if name in {"a:r", "a:fld"}:
                found.append(self._run(each))
            elif name == "a:br":
                found.append(Span("\n"))
            elif name not in {"", "a:pPr", "a:endParaRPr"}:
                found += self._formula(each)
        return self.keeper.told(found)

    def _formula(self, element: Any) -> list[Span]:
        branch = chosen(element) if tag(element) == "mc:AlternateContent" else element
        words = "" if branch is None else formula_words(branch)
        named = _("layout of the formula “%(words)s”") % {"words": words[:120]}
        self.keeper.leave_out(named)
        return [Span(words)]

    def _run(self, run: Any) -> Span:
        text, look = child(run, "a:t"), child(run, "a:rPr")
        words = "" if text is None else (text.text or "").replace("\v", "\n")
        if look is None:
            return Span(words)
        click = child(look, "a:hlinkClick")
        bold = attribute(look, "b") in {"1", "true"}
        struck = attribute(look, "strike") in {"sngStrike", "dblStrike"}
        return Span(words, bold, self._href(click), _rise(attribute(look, "baseline")), struck)

    def _href(self, click: Any) -> str:
        target = None if click is None else self._target(attribute(click, "r:id"))
        if target is None or not target.external:
            return ""
        href = safe_href(target.address)
        if not href:
            words = _("link to “%(address)s” (its text was kept)")
            self.keeper.leave_out(words % {"address": target.address[:120]})
        return href

    def _target(self, identity: str) -> Any:
        return self.package.targets(self.part).get(identity)

    def _picture(self, shape: Any) -> None:
        named = next(every(shape, "p:cNvPr"), None)
        name = "" if named is None else attribute(named, "name")
        films = {"a:videoFile": _("film “%(name)s”"), "a:audioFile": _("sound “%(name)s”")}
        for each in every(shape, *films, "a:quickTimeFile", "p14:media"):
            words = films.get(tag(each), _("film or sound “%(name)s”"))
            self.keeper.leave_out(words % {"name": name})
            return
        alt = "" if named is None else attribute(named, "descr")
        for blip in every(shape, "a:blip"):
            self._take(attribute(blip, "r:embed") or attribute(blip, "r:link"), alt)

    def _take(self, identity: str, alt: str) -> None:
        target = self._target(identity)
        if target is None:
            self.keeper.leave_out(_("picture that is not in the file"))
        elif target.external:
            words = _("picture on another computer: %(address)s")
            self.keeper.leave_out(words % {"address": target.address[:120]})
        else:
            data = self.package.data(target.address)
            self.keeper.picture(posixpath.basename(target.address), data, alt)

    def _frame(self, frame: Any) -> None:
        for each in every(frame, "a:tbl", "c:chart", "cx:chart", "dgm:relIds", "p:oleObj"):
            name = tag(each)
            if name == "a:tbl":
                self._table(each)
            elif name == "p:oleObj":
                words = _("embedded object %(kind)s") % {"kind": attribute(each, "progId")}
                self.keeper.leave_out(words.strip())
            elif name == "dgm:relIds":
                leave_out_diagram(self.keeper, self.package, self.part, each)
            else:
                self.keeper.leave_out(_("chart"))
            return
        self.keeper.leave_out(_("drawn shape"))

    def _table(self, table: Any) -> None:
        rows = []
        for row in (each for each in table if tag(each) == "a:tr"):
            cells = []
            for cell in (each for each in row if tag(each) == "a:tc"):
                spans = self._all_spans(cell)
                if any(span.href for span in spans):
                    self.keeper.leave_out(_("link in a table (its text was kept)"))
                merged = {attribute(cell, "hMerge"), attribute(cell, "vMerge")} & {"1", "true"}
                cells.append("" if merged else plain_of(spans))
            rows.append(cells)
        self.keeper.grid(rows)

    def _beside(self) -> None:
        """The speaker's notes come along; comments are named."""
        for target in self.package.targets(self.part).values():
            if target.external:
                continue
            if target.kind == "notesSlide":
                self._notes(target.address)
            elif target.kind.lower().startswith("comment"):
                self.keeper.leave_out(_("margin comment"))

    def _notes(self, part: str) -> None:
        root = self.package.xml(part)
        inner = _Slide(self.package, part, self.keeper, self.number)
        lines = []
        for shape in [] if root is None else every(root, "p:sp"):
            if _placeholder(shape) == "body":
                lines += [html_of(inner._spans(each)) for each in every(shape, "a:p")]
        self.keeper.note("<br/>".join(filter(None, lines)))


def _placeholder(shape: Any) -> str | None:
    """The kind of placeholder a shape is, "" for a plain one, None for none."""
    for name in ("p:nvSpPr", "p:nvPicPr", "p:nvGraphicFramePr"):
        found = child(shape, name, "p:nvPr", "p:ph")
        if found is not None:
            return attribute(found, "type")
    return None


def _rise(baseline: str) -> str:
    """30000 is a third above the line, -25% a quarter below it."""
    if not baseline.strip("-+0.%"):
        return ""
    return LOWERED if baseline.startswith("-") else RAISED
