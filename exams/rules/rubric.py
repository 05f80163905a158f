"""Marking by rubric: the points of the chosen level count, never a ratio.

Source: the handbook's practical tasks (data of the task) and the rubric mechanics of the
domain plan 4.7: every criterion is marked, a comment is required below 60 % of a criterion,
a third marker decides when two differ by more than the scheme allows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

COMMENT_BELOW = Fraction(60, 100)
COMMENT_MAX = 2000


class RubricError(ValueError):
    """A rubric that cannot be marked; the message names the criterion."""


@dataclass(frozen=True)
class Level:
    """One step of a criterion. `points` are the points it earns, stated by the author."""

    name: str
    points: Fraction
    descriptor: str


@dataclass(frozen=True)
class Criterion:
    """One thing that is marked. `key` is stable inside one frozen rubric ("c1", "c2" …)."""

    key: str
    title: str
    dimension: str
    max_points: Fraction
    levels: tuple[Level, ...]

    def needs_comment(self, index: int) -> bool:
        """Whether the level at this index is below 60 % of the criterion."""
        return self.levels[index].points < self.max_points * COMMENT_BELOW


@dataclass(frozen=True)
class Choice:
    """What a marker said about one criterion; `level` is the index of the level."""

    level: int | None
    comment: str = ""


@dataclass(frozen=True)
class Fault:
    """Why a marking cannot be finished: criterion key and one of the codes below."""

    key: str
    code: str


LEVEL_MISSING = "level_missing"
LEVEL_UNKNOWN = "level_unknown"
COMMENT_REQUIRED = "comment_required"
COMMENT_TOO_LONG = "comment_too_long"


def parse_rubric(data: Sequence[Mapping[str, Any]]) -> tuple[Criterion, ...]:
    """The rubric as stored (JSON) with its keys; RubricError names what is wrong.

    Level points are given, so no level is ever computed from a ratio.
    """
    if not data:
        raise RubricError("a rubric needs at least one criterion")
    return tuple(_criterion(f"c{number}", entry) for number, entry in enumerate(data, 1))


def _criterion(key: str, entry: Mapping[str, Any]) -> Criterion:
    title, top = str(entry["criterion"]), Fraction(str(entry["max_points"]))
    levels = tuple(
        Level(str(one["level"]), Fraction(str(one["points"])), str(one["descriptor"]))
        for one in entry["levels"]
    )
    points = [level.points for level in levels]
    if not points or max(points) != top or min(points) < 0:
        raise RubricError(f"{title}: the best level must earn exactly the {top} points")
    if len(set(points)) != len(points) or points != sorted(points, reverse=True):
        raise RubricError(f"{title}: levels must fall from best to worst")
    return Criterion(key, title, str(entry.get("dimension", "")), top, levels)


def full_points(rubric: Iterable[Criterion]) -> Fraction:
    """What a faultless submission earns."""
    return sum((criterion.max_points for criterion in rubric), Fraction(0))


def faults(rubric: Iterable[Criterion], choices: Mapping[str, Choice]) -> tuple[Fault, ...]:
    """Everything that keeps a marking from being finished, in the rubric's order."""
    found = []
    for criterion in rubric:
        choice = choices.get(criterion.key, Choice(None))
        code = _fault(criterion, choice)
        if code:
            found.append(Fault(criterion.key, code))
    return tuple(found)


def _fault(criterion: Criterion, choice: Choice) -> str:
    if choice.level is None:
        return LEVEL_MISSING
    if not 0 <= choice.level < len(criterion.levels):
        return LEVEL_UNKNOWN
    if len(choice.comment) > COMMENT_MAX:
        return COMMENT_TOO_LONG
    if criterion.needs_comment(choice.level) and not choice.comment.strip():
        return COMMENT_REQUIRED
    return ""


def points_so_far(rubric: Iterable[Criterion], choices: Mapping[str, Choice]) -> Fraction:
    """The points of the levels chosen until now; unknown levels count nothing."""
    total = Fraction(0)
    for criterion in rubric:
        level = choices.get(criterion.key, Choice(None)).level
        if level is not None and 0 <= level < len(criterion.levels):
            total += criterion.levels[level].points
    return total


def score(rubric: Sequence[Criterion], choices: Mapping[str, Choice]) -> Fraction:
    """The score 0–100 of a finished marking. ValueError while anything is missing."""
    missing = faults(rubric, choices)
    if missing:
        raise ValueError(f"not finished: {missing}")
    return points_so_far(rubric, choices) / full_points(rubric) * 100


def needs_third(first: Fraction, second: Fraction, *, limit: Fraction) -> bool:
    """Whether two markers differ by more than the limit (points of 100)."""
    return abs(first - second) > limit


def settled(scores: Sequence[Fraction], *, markers: int, limit: Fraction) -> Fraction | None:
    """The score that stands, or None while a marker is missing.

    One marker: that score. Two: their mean when they differ by no more than the limit;
    otherwise the adjudicator (三评) decides alone.
    """
    if len(scores) < markers:
        return None
    if markers == 1:
        return scores[0]
    if not needs_third(scores[0], scores[1], limit=limit):
        return (scores[0] + scores[1]) / 2
    return scores[2] if len(scores) > 2 else None
