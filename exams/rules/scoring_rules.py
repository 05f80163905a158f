"""How the parts of an answer become a fraction: named rules, each with a version.

A question names its rule in the frozen content, `{"scoring": "half_when_under/1"}`; without one
it has the rule of its type. What a version does never changes: a rule that shall score otherwise
gets the next number, so an old paper scores the same for ever.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError


@dataclass(frozen=True)
class Tally:
    """What an answer holds: the right parts it has of `most`, and the wrong ones it chose.

    What was left open is neither. All three are in the same unit: options, pairs or weights.
    """

    right: Fraction
    wrong: Fraction
    most: Fraction


def tally(*, right: int, wrong: int, most: int) -> Tally:
    """A tally of things that all weigh the same."""
    return Tally(Fraction(right), Fraction(wrong), Fraction(most))


def all_or_nothing(found: Tally) -> Fraction:
    """1 for all right parts and no wrong one, else 0."""
    return Fraction(found.right == found.most and not found.wrong)


def proportional(found: Tally) -> Fraction:
    """Right ÷ all right ones; any wrong one: 0 (漏选按比例得分, 错选不得分)."""
    return Fraction(0) if found.wrong else found.right / found.most


def half_when_under(found: Tally) -> Fraction:
    """1 for exactly the right ones, 1/2 for some of them and no wrong one, else 0 (漏选得一半)."""
    if found.wrong or not found.right:
        return Fraction(0)
    return Fraction(1) if found.right == found.most else Fraction(1, 2)


def right_minus_wrong(found: Tally) -> Fraction:
    """(Right − wrong) ÷ all right ones, never below 0."""
    return max((found.right - found.wrong) / found.most, Fraction(0))


def share(found: Tally) -> Fraction:
    """Right ÷ all; a wrong part earns nothing and costs nothing."""
    return found.right / found.most


VERSIONS: dict[str, Callable[[Tally], Fraction]] = {
    "all_or_nothing/1": all_or_nothing,
    "proportional/1": proportional,
    "half_when_under/1": half_when_under,
    "right_minus_wrong/1": right_minus_wrong,
    "share/1": share,
}
# The first is what a question without "scoring" has: it is part of every such question ever
# frozen and never changes. A new version of a rule is added at the end.
OFFERED: dict[str, tuple[str, ...]] = {
    "multiple": (
        "proportional/1", "all_or_nothing/1", "half_when_under/1", "right_minus_wrong/1",
    ),
    "fill": ("share/1", "all_or_nothing/1"),
    "ordering": ("all_or_nothing/1", "share/1"),
    "matching": ("share/1", "all_or_nothing/1", "right_minus_wrong/1"),
    "cloze": ("share/1", "all_or_nothing/1"),
}  # fmt: skip


def rule_of(type_: str, content: Mapping[str, Any]) -> str:
    """The name and version of a question's rule, "" for a type that has no choice.

    Raises RuleError for a rule that the type does not have.
    """
    offered = OFFERED.get(type_, ())
    rule = content.get("scoring", offered[0] if offered else "")
    if rule not in (offered or ("",)):
        raise RuleError("scoring", "this type is not scored by the rule %(rule)s", rule=rule)
    return str(rule)


def name_of(type_: str, content: Mapping[str, Any]) -> str:
    """The rule's name without its version, which is what a candidate is told by."""
    return rule_of(type_, content).partition("/")[0]


def with_rule(type_: str, content: Mapping[str, Any], rule: str) -> dict[str, Any]:
    """The content under another rule; "" and the type's own leave no trace in it."""
    bare = {name: value for name, value in content.items() if name != "scoring"}
    named = {**bare, "scoring": rule} if rule else bare
    return named if rule_of(type_, named) != rule_of(type_, bare) else bare


def earned(type_: str, content: Mapping[str, Any], found: Tally) -> Fraction:
    """The fraction 0–1 that a tally earns under the question's rule."""
    return VERSIONS[rule_of(type_, content)](found)
