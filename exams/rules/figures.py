"""The figures of a candidate: parameters with a range each, and one value drawn from a seed."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.formula import FUNCTIONS, NAME, Span
from exams.rules.numbers import read_decimal

MOST_PARAMETERS = 8
MOST_VALUES = 100_000
# Up to here every draw is tried; above, ranges are reckoned with, which refuse a little more.
SMALL_GRID = 1_000
LARGEST = 10**12


@dataclass(frozen=True)
class Parameter:
    """The values least, least + step, … up to most."""

    least: Decimal
    step: Decimal
    count: int

    def value(self, number: int) -> Decimal:
        """The value of a number from 0 to count − 1, with the places in which it is written."""
        return self.least + number * self.step

    @property
    def span(self) -> Span:
        return Span(Fraction(self.least), Fraction(self.value(self.count - 1)))


def read_parameters(raw: Any) -> dict[str, Parameter]:
    """The parameters of a question by name. Raises RuleError naming the one that is wrong."""
    if not isinstance(raw, dict) or not 1 <= len(raw) <= MOST_PARAMETERS:
        raise RuleError(
            "parameters", "a calculated question has 1 to %(most)s parameters", most=MOST_PARAMETERS
        )
    return {name: _parameter(name, raw[name]) for name in sorted(raw)}


def _parameter(name: str, raw: Any) -> Parameter:
    if not NAME.fullmatch(name) or name in FUNCTIONS:
        raise RuleError("parameters", "%(name)s cannot be the name of a parameter", name=name[:40])
    raw = raw if isinstance(raw, dict) else {}
    found = [read_decimal(raw.get(part), most=LARGEST) for part in ("least", "most", "step")]
    least, most, step = found
    if least is None or most is None or step is None:
        raise RuleError(
            "parameters",
            "parameter %(name)s needs least, most and step as numbers with at most 6 places",
            name=name,
        )
    if step <= 0 or most < least:
        raise RuleError(
            "parameters", "parameter %(name)s goes from least to most by steps above 0", name=name
        )
    count = int((most - least) // step) + 1
    if count > MOST_VALUES:
        raise RuleError(
            "parameters",
            "parameter %(name)s has more than %(most)s values",
            name=name,
            most=MOST_VALUES,
        )
    return Parameter(least, step, count)


def draw_figures(parameters: Mapping[str, Parameter], seed: str) -> dict[str, str]:
    """The figures of a seed as decimal texts; the same seed gives the same for ever.

    Each is drawn by the hash of seed and name alone, so neither the order of the parameters
    nor a later release of Python's generator changes it.
    """
    figures = {}
    for name, parameter in parameters.items():
        digest = hashlib.sha256(f"{seed}/figure:{name}".encode()).digest()
        value = parameter.value(int.from_bytes(digest) % parameter.count)
        figures[name] = format(value, "f")
    return figures


def all_values(parameters: Mapping[str, Parameter]) -> Iterator[dict[str, Span]]:
    """Every draw there can be, or where there are too many the ranges that hold them all."""
    if prod(parameter.count for parameter in parameters.values()) > SMALL_GRID:
        yield {name: parameter.span for name, parameter in parameters.items()}
        return
    numbers = (range(parameter.count) for parameter in parameters.values())
    for draw in product(*numbers):
        yield {
            name: Span.of(Fraction(parameter.value(number)))
            for (name, parameter), number in zip(parameters.items(), draw, strict=True)
        }
