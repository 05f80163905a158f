"""Where a new version of a lesson took figures out or put them in.

Figures are compared place by place: one that stands elsewhere in the lesson has changed all the
same where it was replaced, and two that changed places have both changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from courses.rules.comparing import paired_parts
from courses.rules.figures import FigureChange, changed_figures
from courses.rules.plain import value_lines

# What teaches; a quick check asks, and the list of sources is no teaching.
TEACHING = ("goals", "body", "worked_example", "drill", "case")
# Ways to somewhere else, and the edition of a source, hold no figure of the lesson.
WAYS_ON = frozenset({"task_link", "embed"})
SILENT = frozenset({"tone", "type", "id", "minutes", "url", "source", "as_of", "media"})

Part = Mapping[str, Any]


@dataclass(frozen=True)
class FigureEdit:
    """A place of a lesson whose figures changed: its lines before and after, and the figures."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    change: FigureChange


def figure_edits(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FigureEdit]:
    """The places of two frozen contents of a lesson that lost or got figures, in reading order."""
    return [
        edit
        for old, new in _passages(before, after)
        for edit in _edits(old, new)
        if edit.change
    ]  # fmt: skip


def all_figures(edits: Iterable[FigureEdit]) -> FigureChange:
    """Everything that some places lost and got; what left one and came to another is both."""
    gone: dict[str, str] = {}
    come: dict[str, str] = {}
    for edit in edits:
        gone = {**edit.change.gone, **gone}
        come = {**edit.change.come, **come}
    return FigureChange(gone, come)


def _passages(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[tuple[list[str], list[str]]]:
    """The lines of each part beside those it had; parts without a fellow stand together."""
    yield [before["title"]], [after["title"]]
    for name in TEACHING:
        alone: tuple[list[str], list[str]] = ([], [])
        for old, new in paired_parts(before[name], after[name]):
            if old and new:
                yield _lines(old), _lines(new)
            else:
                alone[0].extend(_lines(old))
                alone[1].extend(_lines(new))
        yield alone


def _lines(part: Part | None) -> list[str]:
    if part is None or part["type"] in WAYS_ON:
        return []
    return list(value_lines(part["value"], without=SILENT))


def _edits(before: Sequence[str], after: Sequence[str]) -> Iterator[FigureEdit]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for how, start, end, first, last in matcher.get_opcodes():
        if how == "equal":
            continue
        old, new = tuple(before[start:end]), tuple(after[first:last])
        # As many lines as before are the same lines; otherwise a line was cut or two were joined.
        if len(old) == len(new):
            pairs = zip(old, new, strict=True)
            yield from (FigureEdit((a,), (b,), changed_figures([a], [b])) for a, b in pairs)
        else:
            yield FigureEdit(old, new, changed_figures(old, new))
