"""A paper from a blueprint and a seed: the same seed always draws the same paper."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.question_types import RULES


@dataclass(frozen=True)
class Part:
    """One line of the blueprint: `count` questions of `type`, `mark` points each."""

    type: str
    count: int
    mark: Decimal


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn. `shuffled` is how many options get another order."""

    version_id: int
    type: str
    field: str
    topic: str
    shuffled: int


@dataclass(frozen=True)
class Drawn:
    """One item of the paper; `order[i]` is the bank's index of what stands at place i."""

    position: int
    version_id: int
    mark: Decimal
    order: tuple[int, ...]


def read_blueprint(blueprint: Any) -> list[Part]:
    """The parts of a blueprint. Raises RuleError naming the part that is wrong."""
    if not isinstance(blueprint, list) or not blueprint:
        raise RuleError("blueprint", "the blueprint needs at least one part")
    parts = [_part(number, raw) for number, raw in enumerate(blueprint, 1)]
    if len({part.type for part in parts}) != len(parts):
        raise RuleError("blueprint", "the blueprint names a type twice")
    return parts


def _part(number: int, raw: Any) -> Part:
    raw = raw if isinstance(raw, dict) else {}
    count = raw.get("count")
    try:
        mark = Decimal(str(raw.get("mark")))
    except InvalidOperation:
        mark = Decimal(0)
    if raw.get("type") not in RULES:
        raise RuleError("blueprint", "part %(number)s has an unknown type", number=number)
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise RuleError("blueprint", "part %(number)s needs a count of 1 or more", number=number)
    if not mark.is_finite() or mark <= 0:
        raise RuleError("blueprint", "part %(number)s needs a mark above 0", number=number)
    return Part(raw["type"], count, mark)


def total_mark(parts: Sequence[Part]) -> Decimal:
    """The marks of a whole paper."""
    return sum((part.count * part.mark for part in parts), Decimal(0))


def total_count(parts: Sequence[Part]) -> int:
    """The number of questions of a whole paper."""
    return sum(part.count for part in parts)


def check_pool(parts: Sequence[Part], available: dict[str, int]) -> None:
    """Refuse a blueprint that asks for more questions than the bank has."""
    for part in parts:
        if available.get(part.type, 0) < part.count:
            raise RuleError(
                "pool",
                "the blueprint asks for %(count)s of type %(type)s, the bank has %(found)s",
                count=part.count,
                type=part.type,
                found=available.get(part.type, 0),
            )


def draw_paper(parts: Sequence[Part], pool: Sequence[Candidate], seed: str) -> list[Drawn]:
    """The paper of a seed, part by part in blueprint order, spread over fields and topics.

    Does not depend on the order of `pool`. Raises RuleError when the pool is too small.
    """
    by_type: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in sorted(pool, key=lambda c: c.version_id):
        by_type[candidate.type].append(candidate)
    check_pool(parts, {type_: len(found) for type_, found in by_type.items()})
    used: dict[str, int] = defaultdict(int)
    paper: list[Drawn] = []
    for part in parts:
        random_part = _random(seed, part.type)
        for candidate in _spread(by_type[part.type], part.count, used, random_part):
            order = list(range(candidate.shuffled))
            _random(seed, f"options:{candidate.version_id}").shuffle(order)
            paper.append(Drawn(len(paper) + 1, candidate.version_id, part.mark, tuple(order)))
    return paper


def _spread(
    pool: list[Candidate], count: int, used: dict[str, int], random_part: random.Random
) -> list[Candidate]:
    """Take `count`, each from the field, then topic, used least so far; chance among equals."""
    left = list(pool)
    random_part.shuffle(left)
    taken = []
    for _ in range(count):
        best = min(left, key=lambda c: (used[f"field:{c.field}"], used[c.topic]))
        left.remove(best)
        used[f"field:{best.field}"] += 1
        used[best.topic] += 1
        taken.append(best)
    random_part.shuffle(taken)
    return taken


def _random(seed: str, purpose: str) -> random.Random:
    """A generator that depends on the seed and its purpose, not on Python's hash seed."""
    digest = hashlib.sha256(f"{seed}/{purpose}".encode()).digest()
    return random.Random(int.from_bytes(digest))  # noqa: S311 -- must be repeatable, not secret
