"""The bank as JSON lines: one question a line. Reads into the content and key of our types."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

Json = dict[str, Any]
POOLS = ("exam", "practice")  # a line without one is for exams


class BankFileError(ValueError):
    """A line that cannot be read: where, why, and what to do."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class BankLine:
    """One question as the file states it. `topic` is a slug, `field` the slug of its course."""

    line: int
    code: str
    topic: str
    field: str
    type: str
    difficulty: int
    competency: str
    stem: str
    content: Json
    key: Json
    mark: Decimal
    explanation: str
    pool: str = POOLS[0]


@dataclass(frozen=True)
class TopicName:
    """What a topic is called and the field it belongs to."""

    name: str
    field: str


def read_bank(path: Path) -> Iterator[BankLine]:
    """All questions of a file, in its order. Raises BankFileError at the first bad line."""
    codes: set[str] = set()
    for number, text in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        if text.strip():
            found = _read_line(number, text)
            if found.code in codes:
                raise BankFileError(number, f"the code {found.code} comes twice")
            codes.add(found.code)
            yield found


def read_topics(path: Path) -> dict[str, TopicName]:
    """Topic names from a course tree file: a lesson is a topic, its course the field."""
    tree = json.loads(path.read_text(encoding="utf-8-sig"))
    return {
        lesson["slug"]: TopicName(lesson["title"], course["title"])
        for course in tree["courses"]
        for module in course["modules"]
        for lesson in module["lessons"]
    }


def _read_line(number: int, text: str) -> BankLine:
    try:
        raw = json.loads(text)
        content, key = BODIES[raw["type"]](raw)
        return BankLine(
            line=number,
            code=raw["id"],
            topic=raw["lesson_slug"],
            field=raw["course_slug"],
            type=raw["type"],
            difficulty=raw["difficulty"],
            competency=raw["competency"],
            stem=raw["stem"],
            content=content,
            key=key,
            mark=Decimal(str(raw["marks"])),
            explanation=raw.get("explanation", ""),
            pool=_pool(raw),
        )
    except json.JSONDecodeError as error:
        raise BankFileError(number, f"not JSON: {error.msg}") from error
    except KeyError as error:
        raise BankFileError(number, f"missing or unknown: {error.args[0]}") from error
    except (TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise BankFileError(number, f"cannot be read: {error}") from error


def _pool(raw: Json) -> str:
    name: str = raw.get("pool", POOLS[0])
    if name not in POOLS:
        raise ValueError(f"no such pool: {name}")
    return name


def _choice(raw: Json) -> tuple[Json, Json]:
    return {"options": raw["options"]}, {"right": raw["answer"]}


def _true_false(raw: Json) -> tuple[Json, Json]:
    return {}, {"right": raw["answer"]}


def _numeric(raw: Json) -> tuple[Json, Json]:
    answer = raw["answer"]
    key = {"value": str(answer["value"]), "tolerance": str(answer["tolerance"])}
    return {"unit": answer.get("unit", "")}, key


def _fill(raw: Json) -> tuple[Json, Json]:
    return {"blanks": len(raw["answer"])}, {"accepted": raw["answer"]}


def _ordering(raw: Json) -> tuple[Json, Json]:
    return {"options": raw["options"]}, {"order": raw["answer"]}


def _matching(raw: Json) -> tuple[Json, Json]:
    left, right = raw["options"]
    return {"left": left, "right": right}, {"pairs": [pair[1] for pair in sorted(raw["answer"])]}


def _points(raw: Json) -> tuple[Json, Json]:
    points = [
        {"point": p["point"], "keywords": p.get("keywords", []), "mark": str(p["marks"])}
        for p in raw["answer"]
    ]
    return {}, {"points": points}


BODIES: dict[str, Callable[[Json], tuple[Json, Json]]] = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _true_false,
    "numeric": _numeric,
    "fill": _fill,
    "ordering": _ordering,
    "matching": _matching,
    "short": _points,
    "case": _points,
}
