"""Reading a Word or WPS document (.docx)."""

import posixpath
from typing import Any

from django.utils.translation import gettext as _

from kit.documents.errors import DocumentError
from kit.documents.guard import damaged
from kit.documents.keeping import Keeper
from kit.documents.package import Package, attribute, child, every, tag
from kit.documents.parts import Document, Heading, plain_of
from kit.documents.word_lines import Line, LineReader
from kit.documents.word_styles import TRACKED, Styles, begins_change, is_on, value_of

SKIPPED = frozenset(
    {"", "w:sectPr", "w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:pPr", "w:tblPr",
     "w:tblGrid", "w:permStart", "w:permEnd", "w:commentRangeStart", "w:commentRangeEnd",
     "w:sdtPr", "w:sdtEndPr", "w:del", "w:moveFrom", "w:moveFromRangeStart",
     "w:moveFromRangeEnd", "w:moveToRangeStart", "w:moveToRangeEnd"}
)  # fmt: skip


def read_docx(package: Package) -> Document:
    """Headings, text, lists, tables and pictures in their order.

    Tracked changes come as if accepted and are counted; comments, headers and whatever has no
    counterpart in a lesson is named in `left_out`. DocumentError when there is no document to
    read.
    """
    part = package.related("", "officeDocument") or "word/document.xml"
    root = package.xml(part)
    body = None if root is None else child(root, "w:body")
    if body is None:
        raise damaged()
    reader = _Reader(package, part)
    try:
        reader.blocks(body)
    except RecursionError as error:
        raise DocumentError(
            _("The document is nested too deeply."), _("Take tables out of tables.")
        ) from error
    reader.finish()
    keeper = reader.keeper
    return Document(reader.title, tuple(keeper.parts), keeper.left_out())


class _Reader:
    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        self.keeper = Keeper()
        self.styles = Styles(package, part)
        self.title = ""
        self.number = 0
        self.lines = LineReader(package, part, self.styles, self.keeper)
        self._open: Line | None = None  # its paragraph mark was deleted: the next one goes on

    def blocks(self, parent: Any) -> None:
        """All blocks below an element, through wrappers of every kind."""
        for element in parent:
            name = tag(element)
            if begins_change(element):
                self.keeper.tracked_change()
            if name == "w:p":
                self._paragraph(element)
            elif name == "w:tbl":
                self._table(element)
            elif name == "w:sdt":
                self._control(element)
            elif name == "w:altChunk":
                self.keeper.leave_out(_("document inside the document"))
            elif name.startswith("m:oMath"):
                self.keeper.text(self.lines.read_alone(element).spans)
            elif name not in SKIPPED:
                self.blocks(element)

    def _control(self, element: Any) -> None:
        gallery = value_of(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
        if gallery == "Table of Contents":
            self.keeper.leave_out(_("table of contents"), _("whole document"))
            return
        content = child(element, "w:sdtContent")
        if content is not None:
            self.blocks(content)

    def _place(self) -> str:
        above = [part.text for part in self.keeper.parts if isinstance(part, Heading)]
        words = _("paragraph %(number)d") % {"number": self.number}
        if not above:
            return words
        return _("%(place)s, below “%(heading)s”") % {"place": words, "heading": above[-1][:40]}

    def _paragraph(self, element: Any) -> None:
        if self.styles.is_contents(element):
            self.keeper.leave_out(_("table of contents"), _("whole document"))
            return
        self.number += 1
        self.keeper.place = self._place()
        line = self._line(element)
        if self._open is not None:
            line, self._open = self._open.joined(line), None
        mark = child(element, "w:pPr", "w:rPr")
        if mark is not None and is_on(mark, "w:del"):
            self._open = line
            return
        self._keep(element, line)

    def _line(self, element: Any) -> Line:
        """A paragraph; the change of its mark alone counts, else it belongs to that of its text."""
        changed = any(child(element, "w:pPr", "w:rPr", name) is not None for name in TRACKED)
        if changed and not any(tag(each) in TRACKED for each in element):
            self.keeper.tracked_change()
        return self.lines.read(element)

    def _keep(self, element: Any, line: Line) -> None:
        text = plain_of(line.spans)
        numbering = self.styles.numbering(element)
        if not line.had_text and not line.pictures and not line.boxes:
            self.number -= 1  # people do not count empty lines
            return
        if text and self.styles.is_title(element) and not self.title:
            self.title = text
        elif text and self.styles.is_heading(element):
            self.keeper.heading(text)
        elif text and numbering is not None:
            self.keeper.item(line.spans, ordered=numbering[0], depth=numbering[1])
        elif text:
            self.keeper.text(line.spans)
        self._keep_drawn(line)

    def _keep_drawn(self, line: Line) -> None:
        """Pictures and text boxes come after the paragraph that holds them."""
        for address, alt in line.pictures:
            data = self.package.data(address)
            self.keeper.picture(posixpath.basename(address), data, alt)
        for box in line.boxes:
            self.keeper.close_list()
            self.blocks(box)

    def _table(self, element: Any) -> None:
        self.keeper.close_list()
        self.number += 1
        self.keeper.place = self._place()
        rows, drawn = [], Line()
        for row in every_below(element, "w:tr"):
            if not self._is_deleted(row, "w:trPr", "w:del", "w:ins"):
                rows.append(self._cells(row, drawn))
        self.keeper.grid(rows)
        self._keep_drawn(drawn)

    def _is_deleted(self, element: Any, properties: str, deleted: str, inserted: str) -> bool:
        """Whether a tracked change took a row or a cell away; either change is counted."""
        gone, new = (child(element, properties, name) for name in (deleted, inserted))
        if gone is not None or new is not None:
            self.keeper.tracked_change()
        return gone is not None

    def _cells(self, row: Any, drawn: Line) -> list[str]:
        cells: list[str] = []
        for cell in every_below(row, "w:tc"):
            if self._is_deleted(cell, "w:tcPr", "w:cellDel", "w:cellIns"):
                continue
            merged = child(cell, "w:tcPr", "w:vMerge")
            lines = [self._line(p) for p in every(cell, "w:p") if not _boxed(p, cell)]
            if any(True for _each in every(cell, "w:tbl")):
                self.keeper.leave_out(_("table inside a table (its text was kept)"))
            if any(span.href for line in lines for span in line.spans):
                self.keeper.leave_out(_("link in a table (its text was kept)"))
            for line in lines:
                drawn.pictures += line.pictures
                drawn.boxes += line.boxes
            text = " ".join(filter(None, (plain_of(line.spans) for line in lines)))
            goes_on = merged is not None and attribute(merged, "w:val") != "restart"
            cells.append("" if goes_on else text)
            span = value_of(cell, "w:tcPr", "w:gridSpan")
            cells += [""] * (min(int(span), 60) - 1 if span.isdigit() else 0)
        return cells

    def finish(self) -> None:
        """What hangs beside the text is named."""
        if self._open is not None:
            self.keeper.text(self._open.spans)
            self._keep_drawn(self._open)
        self.keeper.close_list()
        whole = _("whole document")
        comments = self.package.xml(self.package.related(self.part, "comments"))
        for _comment in [] if comments is None else every(comments, "w:comment"):
            self.keeper.leave_out(_("margin comment"), whole)
        for target in self.package.targets(self.part).values():
            if target.kind in {"header", "footer"} and not target.external:
                root = self.package.xml(target.address)
                if root is not None and any((e.text or "").strip() for e in every(root, "w:t")):
                    self.keeper.leave_out(_("header or footer"), whole)


def every_below(element: Any, name: str) -> list[Any]:
    """Rows of a table or cells of a row, through content controls, not those of inner tables."""
    found = []
    for each in element:
        if tag(each) == name:
            found.append(each)
        elif tag(each) not in {"w:tbl", *SKIPPED}:
            found += every_below(each, name)
    return found


def _boxed(paragraph: Any, cell: Any) -> bool:
    """Whether a paragraph of a cell stands in a text box: it is read with the box."""
    parent = paragraph.getparent()
    while parent is not None and parent is not cell:
        if tag(parent) == "w:txbxContent":
            return True
        parent = parent.getparent()
    return False
