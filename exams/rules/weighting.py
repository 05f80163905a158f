"""The weighted assessment: theory, practical, process by a scheme, with floors.

Everything is an exact fraction; nothing is rounded before it is printed. All figures are
data of the scheme (default: 40 / 40 / 20, floors 60 / 60 / 60; practical = tasks 80 +
showcase 20; process = participation 20, case 25, discussion 20, drill 35).
Source: handbook 1.3.3 (weights), the project's decisions for floors and splits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

COMPONENTS = ("theory", "practical", "process")
FLOORED = ("theory", "practical", "process", "total")
REQUIRED_FLOORS = ("theory", "practical", "total")
PRACTICAL_PARTS = ("tasks", "showcase")
FULL = Fraction(100)


class SchemeError(ValueError):
    """A scheme that cannot be used; `code` says why, `place` says where."""

    def __init__(self, code: str, place: str) -> None:
        self.code, self.place = code, place
        super().__init__(f"{place}: {code}")


@dataclass(frozen=True)
class Scheme:
    """Percentages (summing to 100 each) and floors on the 0–100 scale."""

    weights: dict[str, Fraction]
    floors: dict[str, Fraction]
    practical_split: dict[str, Fraction]
    process_items: dict[str, Fraction]


@dataclass(frozen=True)
class Parts:
    """What is known, each 0–100; None is what is not known yet.

    `tasks` holds one score per practical task, in order.
    """

    theory: Fraction | None
    tasks: Sequence[Fraction | None]
    showcase: Fraction | None
    process: Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Outcome:
    """The result, its parts (None = not yet) and the steps that explain it."""

    theory: Fraction | None
    practical: Fraction | None
    process: Fraction | None
    total: Fraction | None
    passed: bool
    reasons: tuple[str, ...]
    steps: tuple[dict[str, Any], ...]

    @property
    def complete(self) -> bool:
        """Whether every part is known, so that the result can be submitted."""
        return self.total is not None


def parse_scheme(data: Mapping[str, Any]) -> Scheme:
    """Read the scheme as stored; SchemeError when percentages do not sum to 100."""
    return Scheme(
        weights=_shares(data, "weights", COMPONENTS),
        floors=_floors(data),
        practical_split=_shares(data, "practical_split", PRACTICAL_PARTS),
        process_items=_shares(data, "process_items", None),
    )


def _shares(data: Mapping[str, Any], place: str, keys: Sequence[str] | None) -> dict[str, Fraction]:
    shares = {key: _number(value, place) for key, value in data[place].items()}
    if keys is not None and set(shares) != set(keys):
        raise SchemeError("wrong_parts", place)
    if any(share < 0 for share in shares.values()):
        raise SchemeError("negative", place)
    if sum(shares.values()) != FULL:
        raise SchemeError("not_100", place)
    # A database may keep JSON keys in an order of its own; sums are read in the scheme's.
    return {key: shares[key] for key in keys or shares}


def _floors(data: Mapping[str, Any]) -> dict[str, Fraction]:
    floors = {key: _number(value, "floors") for key, value in data["floors"].items()}
    if not set(REQUIRED_FLOORS) <= set(floors) <= set(FLOORED):
        raise SchemeError("wrong_parts", "floors")
    if any(not 0 <= floor <= FULL for floor in floors.values()):
        raise SchemeError("out_of_range", "floors")
    return floors


def _number(value: Any, place: str) -> Fraction:
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        raise SchemeError("not_a_number", place) from error


def assess(scheme: Scheme, parts: Parts) -> Outcome:
    """The total, the verdict and why. A missing part never passes: the reason is "not yet".

    ValueError when a known part lies outside 0–100: that is a fault upstream, not a result.
    """
    tasks = _mean(parts.tasks)
    practical, practical_step = _mix(
        "practical", scheme.practical_split, {"tasks": tasks, "showcase": parts.showcase}
    )
    process, process_step = _mix("process", scheme.process_items, parts.process)
    values = {"theory": _checked(parts.theory), "practical": practical, "process": process}
    total, total_step = _mix("total", scheme.weights, values)
    floor_steps = [
        _floor_step(name, {**values, "total": total}[name], floor)
        for name, floor in scheme.floors.items()
    ]
    reasons = _reasons(values, floor_steps)
    passed = not reasons
    steps = (
        _tasks_step(parts.tasks, tasks),
        practical_step,
        process_step,
        total_step,
        *floor_steps,
        {"kind": "verdict", "passed": passed, "reasons": list(reasons)},
    )
    return Outcome(values["theory"], practical, process, total, passed, reasons, steps)


def _checked(value: Fraction | None) -> Fraction | None:
    if value is not None and not 0 <= value <= FULL:
        raise ValueError(f"a part of an assessment lies outside 0–100: {value}")
    return value


def _mean(scores: Sequence[Fraction | None]) -> Fraction | None:
    known = [score for score in map(_checked, scores) if score is not None]
    if not scores or len(known) < len(scores):
        return None
    return sum(known, Fraction(0)) / len(known)


def _mix(
    part: str, shares: Mapping[str, Fraction], values: Mapping[str, Fraction | None]
) -> tuple[Fraction | None, dict[str, Any]]:
    """A weighted sum and its step; None while an item that weighs anything is missing."""
    products: dict[str, Fraction | None] = {}
    for key, share in shares.items():
        value = _checked(values.get(key))
        products[key] = value * share / 100 if value is not None else _unknown(share)
    known = [product for product in products.values() if product is not None]
    result = sum(known, Fraction(0)) if len(known) == len(products) else None
    items = [
        {
            "key": key,
            "value": _text(values.get(key)),
            "weight": str(shares[key]),
            "product": _text(product),
        }
        for key, product in products.items()
    ]
    return result, {"kind": "sum", "part": part, "items": items, "value": _text(result)}


def _unknown(share: Fraction) -> Fraction | None:
    """What is not known counts nothing only where it weighs nothing."""
    return Fraction(0) if share == 0 else None


def _tasks_step(scores: Sequence[Fraction | None], mean: Fraction | None) -> dict[str, Any]:
    return {
        "kind": "mean",
        "part": "tasks",
        "items": [_text(score) for score in scores],
        "value": _text(mean),
    }


def _floor_step(part: str, value: Fraction | None, floor: Fraction) -> dict[str, Any]:
    met = None if value is None else value >= floor
    return {
        "kind": "floor",
        "part": part,
        "value": _text(value),
        "line": str(floor),
        "met": met,
    }


def _reasons(
    values: Mapping[str, Fraction | None], floor_steps: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    """Reason codes: `not_yet:<part>` for what is missing, `below:<part>` for a missed floor."""
    missing = [f"not_yet:{part}" for part in COMPONENTS if values[part] is None]
    below = [f"below:{step['part']}" for step in floor_steps if step["met"] is False]
    return (*missing, *below)


def _text(value: Fraction | None) -> str | None:
    """An exact value as JSON can hold it: "418/5"."""
    return None if value is None else str(value)
