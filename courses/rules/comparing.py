"""What is different between two texts, two lessons and two outlines of a course.

Words and examples: docs/rules.md, Versions of courses.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from courses.rules.plain import plain_lines
from courses.rules.versions import STREAMS
from courses.rules.words import CHINESE
from kit.canonical import digest

SAME, GONE, COME = "same", "gone", "come"
SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+")
# A Chinese character, a number with its signs, a word, blanks, or any other character.
TOKEN = re.compile(
    rf"[{CHINESE}]|\d+(?:[.,:]\d+)*[%％]?|[^\W\d_{CHINESE}]+|\s+|.", re.DOTALL
)  # fmt: skip
# Two texts longer than this against each other are shown whole: comparing takes the product.
MOST_PAIRS = 1_000_000


@dataclass(frozen=True)
class Run:
    """A stretch of text that stayed (SAME), was taken out (GONE) or put in (COME)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """A plain value before and after, by the name of its field."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class FieldRuns:
    """One field of a part with what changed in it; a part of one text has one field named ""."""

    name: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class PartChange:
    """A part of a lesson: `how` is added, removed, changed or moved; `kind` its block."""

    stream: str
    kind: str
    how: str
    fields: tuple[FieldRuns, ...]


@dataclass(frozen=True)
class LessonChange:
    """A lesson in two versions: plain values (title, level, planned_seconds, posts) and parts."""

    plain: tuple[Change, ...]
    parts: tuple[PartChange, ...]


@dataclass(frozen=True)
class Placed:
    """A lesson at its place; equal `mark` means equal content. `module` is the module's id."""

    lesson: int
    title: str
    module: int
    seconds: int
    mark: int


@dataclass(frozen=True)
class Outline:
    """A version of a course; `plain` holds title, intro, kind, `modules` titles by id in order."""

    plain: Mapping[str, str]
    modules: Mapping[int, str]
    lessons: Sequence[Placed]


@dataclass(frozen=True)
class OutlineChange:
    """Two outlines compared; pairs are (before, after). A lesson may be moved and changed."""

    plain: tuple[Change, ...]
    modules_added: tuple[str, ...]
    modules_removed: tuple[str, ...]
    modules_renamed: tuple[Change, ...]
    added: tuple[Placed, ...]
    removed: tuple[Placed, ...]
    moved: tuple[tuple[Placed, Placed], ...]
    changed: tuple[tuple[Placed, Placed], ...]


def text_runs(before: str, after: str) -> tuple[Run, ...]:
    """The way from one text to the other, first by sentences, inside those by words.

    What stayed and was taken out is the text before, what stayed and was put in the text after.
    """
    return _tidy(_runs(SENTENCE.findall(before), SENTENCE.findall(after), inside=_word_runs))


def _word_runs(before: str, after: str) -> list[Run]:
    return _runs(TOKEN.findall(before), TOKEN.findall(after), inside=_whole)


def _whole(before: str, after: str) -> list[Run]:
    return [Run(GONE, before), Run(COME, after)]


def _runs(old: list[str], new: list[str], *, inside: Any) -> list[Run]:
    """Pieces that are equal stay; a stretch that is not is handed to `inside`."""
    if len(old) * len(new) > MOST_PAIRS:
        return _whole("".join(old), "".join(new))
    runs: list[Run] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            runs.append(Run(SAME, "".join(old[a:b])))
        else:
            runs += inside("".join(old[a:b]), "".join(new[c:d]))
    return runs


def _tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Neighbours that changed as one taking out and one putting in.

    A single character that stayed between two changes goes with them: nobody reads confetti.
    """
    merged = _merged(runs)
    done: list[Run] = []
    gone = come = ""
    for place, run in enumerate(merged):
        between = (gone or come) and place + 1 < len(merged)
        if run.kind == SAME and not (between and len(run.text) == 1):
            done += [*_whole(gone, come), run]
            gone = come = ""
        else:
            gone += run.text if run.kind != COME else ""
            come += run.text if run.kind != GONE else ""
    done += _whole(gone, come)
    return tuple(run for run in done if run.text)


def _merged(runs: Iterable[Run]) -> list[Run]:
    told = (run for run in runs if run.text)
    return [
        Run(kind, "".join(run.text for run in same))
        for kind, same in groupby(told, key=lambda run: run.kind)
    ]


def compare_lessons(before: Mapping[str, Any], after: Mapping[str, Any]) -> LessonChange:
    """Two frozen contents of a lesson: plain values and parts that differ, in reading order."""
    names = ("title", "level", "planned_seconds", "posts")
    parts = [
        change
        for name in STREAMS
        for change in compare_parts(name, before[name], after[name])
    ]  # fmt: skip
    if before["sources"] != after["sources"]:
        runs = text_runs(before["sources"], after["sources"])
        parts.append(PartChange("sources", "", "changed", (FieldRuns("", runs),)))
    return LessonChange(_changes(before, after, names), tuple(parts))


def _changes(
    before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]
) -> tuple[Change, ...]:
    return tuple(
        Change(name, before[name], after[name]) for name in names if before[name] != after[name]
    )


def compare_parts(
    stream: str, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[PartChange]:
    """The parts of one stream that differ: those of the text after in order, then what is gone.

    Parts that read the same in the same order are paired first, whatever their ids; the rest by
    id. A tree file numbers its parts, so one part more gives all later ones another id.
    """
    return [_part_change(stream, old, new) for old, new in paired_parts(before, after)]


def paired_parts(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Each part that is not the same in the same place beside what it was; None for nothing."""
    old, new = _unpaired(before, after)
    by_id = {(part["type"], part.get("id")): part for part in old}
    pairs = [(by_id.pop((part["type"], part.get("id")), None), part) for part in new]
    return [*pairs, *((part, None) for part in by_id.values())]


def _unpaired(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """The parts of both that do not read the same in the same order."""
    old, new = (
        [digest([part["type"], _read(part)]) for part in parts] for parts in (before, after)
    )
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    gaps = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    return (
        [part for _how, a, b, _c, _d in gaps for part in before[a:b]],
        [part for _how, _a, _b, c, d in gaps for part in after[c:d]],
    )


def _part_change(
    stream: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> PartChange:
    old, new = (part_fields(part) if part else {} for part in (before, after))
    how = "changed" if before and after else "added" if after else "removed"
    if before and after and _read(before) == _read(after):
        how = "moved"
    fields = tuple(
        FieldRuns(name, text_runs(old.get(name, ""), new.get(name, "")))
        for name in dict.fromkeys([*new, *old])
        if how == "moved" or old.get(name) != new.get(name)
    )
    kind = (after or before or {})["type"]
    return PartChange(stream, kind, how, fields)


def _read(part: Mapping[str, Any]) -> Any:
    """The value of a part without what nobody reads: which row of the bank a check stands on."""
    value = part["value"]
    if part["type"] != "check":
        return value
    return {name: each for name, each in value.items() if name != "version"}


def part_fields(part: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a part by the name of the field; one text alone has the name ""."""
    value = _read(part)
    if not isinstance(value, Mapping):
        return {"": _text(value)}
    fields = {name: _text(each) for name, each in value.items()}
    if part["type"] == "check":
        # An option's number tells a reader nothing.
        fields["answer"] = str(value["options"][value["answer"]])
    return fields


def _text(value: Any) -> str:
    """A value in lines; the cells of a row stand in one line."""
    if isinstance(value, str):
        return "\n".join(plain_lines(value))
    if isinstance(value, list | tuple):
        return "\n".join(_row(each) for each in value)
    if isinstance(value, Mapping):
        return " | ".join(map(_text, value.values()))
    return str(value)


def _row(value: Any) -> str:
    return " | ".join(map(_text, value)) if isinstance(value, list | tuple) else _text(value)


def compare_outlines(before: Outline, after: Outline) -> OutlineChange:
    """What became of the course, its modules and its lessons, in the order of the outline."""
    old = {each.lesson: each for each in before.lessons}
    new = {each.lesson: each for each in after.lessons}
    kept = [(old[pk], each) for pk, each in new.items() if pk in old]
    in_order = _in_order([pk for pk in old if pk in new], [pk for pk in new if pk in old])
    return OutlineChange(
        plain=_changes(before.plain, after.plain, after.plain),
        modules_added=_lacking(after.modules, before.modules),
        modules_removed=_lacking(before.modules, after.modules),
        modules_renamed=tuple(
            Change("", before.modules[pk], title)
            for pk, title in after.modules.items()
            if before.modules.get(pk, title) != title
        ),
        added=tuple(each for pk, each in new.items() if pk not in old),
        removed=tuple(each for pk, each in old.items() if pk not in new),
        moved=tuple(
            pair
            for pair in kept
            if pair[0].module != pair[1].module or pair[0].lesson not in in_order
        ),
        changed=tuple(pair for pair in kept if pair[0].mark != pair[1].mark),
    )


def _lacking(these: Mapping[int, str], those: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(title for pk, title in these.items() if pk not in those)


def _in_order(old: list[int], new: list[int]) -> set[int]:
    """Those that stand in the same order in both, taken in the longest stretches."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {pk for block in blocks for pk in old[block.a : block.a + block.size]}
