"""What a Word paragraph looks like: heading, list, bold; asked of its styles and numberings."""

import re
from dataclasses import dataclass
from typing import Any

from kit.documents.package import Package, attribute, child, every, tag

HEADING = re.compile(r"^(heading|标题)\s*[1-9]$", re.IGNORECASE)
TITLE = re.compile(r"^(title|标题)$", re.IGNORECASE)
LISTED = re.compile(r"^(?:list (?:bullet|number)|列表(?:项目符号|编号))\s*([2-5])$", re.IGNORECASE)
CONTENTS = re.compile(r"^(toc|目录)\s*[1-9]$", re.IGNORECASE)
TRACKED = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo"})
BODY_LEVEL = 9
DEEPEST = 10  # styles stand on styles; a ring of them must end


def is_on(element: Any, name: str) -> bool | None:
    """A switch like `w:b`: True, False, or None when nothing is said."""
    found = child(element, name)
    if found is None:
        return None
    return attribute(found, "w:val") not in {"0", "false", "off"}


def value_of(element: Any, *path: str) -> str:
    """The `w:val` at the end of a path, or ""."""
    found = child(element, *path)
    return "" if found is None else attribute(found, "w:val")


def begins_change(element: Any) -> bool:
    """Whether a tracked change begins here; Word cuts one change into neighbours of a kind."""
    before = element.getprevious()
    return tag(element) in TRACKED and (before is None or tag(before) != tag(element))


@dataclass(frozen=True)
class Style:
    name: str
    based_on: str
    element: Any


class Styles:
    """The styles and numberings of one document; a document may have none."""

    def __init__(self, package: Package, part: str) -> None:
        self._styles: dict[str, Style] = {}
        root = package.xml(package.related(part, "styles"))
        for style in [] if root is None else every(root, "w:style"):
            name, parent = value_of(style, "w:name"), value_of(style, "w:basedOn")
            self._styles[attribute(style, "w:styleId")] = Style(name, parent, style)
        self._formats: dict[tuple[str, str], str] = {}  # by (numId, level)
        self._levels: dict[tuple[str, str], str] = {}  # by (numId, style that stands for a level)
        numbering = package.xml(package.related(part, "numbering"))
        if numbering is not None:
            self._read_numberings(numbering)

    def _read_numberings(self, root: Any) -> None:
        levels = {
            attribute(each, "w:abstractNumId"): [level for level in each if tag(level) == "w:lvl"]
            for each in every(root, "w:abstractNum")
        }
        for number in every(root, "w:num"):
            identity = attribute(number, "w:numId")
            for each in levels.get(value_of(number, "w:abstractNumId"), []):
                level = attribute(each, "w:ilvl")
                self._formats[identity, level] = value_of(each, "w:numFmt")
                if style_id := value_of(each, "w:pStyle"):
                    self._levels[identity, style_id] = level

    def _line(self, style_id: str) -> list[Style]:
        """A style and those it stands on."""
        line: list[Style] = []
        while style_id in self._styles and len(line) < DEEPEST:
            line.append(self._styles[style_id])
            style_id = line[-1].based_on
        return line

    def _of(self, paragraph: Any) -> list[Style]:
        return self._line(value_of(paragraph, "w:pPr", "w:pStyle"))

    def is_title(self, paragraph: Any) -> bool:
        return any(TITLE.match(style.name) for style in self._of(paragraph))

    def is_contents(self, paragraph: Any) -> bool:
        return any(CONTENTS.match(style.name) for style in self._of(paragraph)[:1])

    def is_heading(self, paragraph: Any) -> bool:
        """By outline level, or by the name of a style it stands on."""
        line = self._of(paragraph)
        for element in (paragraph, *(style.element for style in line)):
            level = value_of(element, "w:pPr", "w:outlineLvl")
            if level.isdigit():
                return int(level) < BODY_LEVEL
        return any(HEADING.match(style.name) for style in line)

    def numbering(self, paragraph: Any) -> tuple[bool, int] | None:
        """(ordered, depth from 0) of a list item; None for a paragraph outside lists."""
        number = level = ""
        line = self._of(paragraph)
        for element in (paragraph, *(style.element for style in line)):
            properties = child(element, "w:pPr", "w:numPr")
            if properties is not None:
                level = level or value_of(properties, "w:ilvl")
                number = number or value_of(properties, "w:numId")
            if number:
                break
        told = level or self._levels.get((number, attribute(element, "w:styleId")), "0")
        form = self._formats.get((number, told), "decimal")
        if number in {"", "0"} or form == "none":
            return None
        depth = int(told) if told.isdigit() else 0
        return form not in {"bullet", "image"}, depth if level else max(depth, _named(line))

    def is_bold(self, run: Any, inherited: bool) -> bool:
        """Bold by itself or by its character style."""
        return self._switch(run, "w:b", inherited)

    def is_struck(self, run: Any) -> bool:
        """Struck through with one line or two, by itself or by its character style."""
        return any(self._switch(run, name, False) for name in ("w:strike", "w:dstrike"))

    def _switch(self, run: Any, name: str, inherited: bool) -> bool:
        said = (is_on(properties, name) for properties in self._looks(run))
        return next((each for each in said if each is not None), inherited)

    def rise(self, run: Any) -> str:
        """superscript, subscript or nothing, by itself or by its character style."""
        said = (value_of(properties, "w:vertAlign") for properties in self._looks(run))
        return next(filter(None, said), "")

    def _looks(self, run: Any) -> list[Any]:
        """The run properties that say how a run looks, the nearest first."""
        line = self._line(value_of(run, "w:rPr", "w:rStyle"))
        found = (child(element, "w:rPr") for element in (run, *(style.element for style in line)))
        return [properties for properties in found if properties is not None]


def _named(line: list[Style]) -> int:
    """The depth that Word's own styles have by their name alone: List Bullet 2 is one deep."""
    found = (LISTED.match(style.name) for style in line)
    return next((int(each[1]) - 1 for each in found if each), 0)
