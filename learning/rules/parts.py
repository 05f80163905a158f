"""The parts a lesson is read in: what one resumes at, writes notes to and jumps between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RawStream = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class LessonPart:
    """One part of a lesson page. `title` is empty where the kind says it all."""

    anchor: str
    kind: str
    title: str = ""


def lesson_parts(
    *,
    body: RawStream,
    worked_example: RawStream,
    drill: RawStream,
    case: RawStream,
    checks: RawStream,
) -> tuple[LessonPart, ...]:
    """The headings of the text, then example, drill, case and checks as far as there are any.

    The anchors are the ids that the lesson page gives these places.
    """
    headings = [
        LessonPart(f"p-{part['id']}", "heading", str(part["value"]))
        for part in body
        if part["type"] == "heading"
    ]
    others = (
        ("example", worked_example),
        ("drill", drill),
        ("case", case),
        ("checks", checks),
    )
    return (*headings, *(LessonPart(kind, kind) for kind, stream in others if stream))


def part_at(parts: Sequence[LessonPart], anchor: str) -> LessonPart | None:
    """The part with this anchor; None when the lesson has no such part (any more)."""
    return next((part for part in parts if part.anchor == anchor), None)
