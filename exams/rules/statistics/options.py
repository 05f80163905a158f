"""Who chose what: the table of the options of one choice question."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exams.rules.statistics.figures import Figure, Reason, missing
from exams.rules.statistics.groups import Groups
from exams.rules.statistics.moments import mean
from exams.rules.statistics.papers import ChoiceKey


@dataclass(frozen=True)
class OptionRow:
    """One option by its number in the bank; `option` None is "nothing chosen".

    `chosen` papers, `share` of all papers that had the question; `upper`, `middle`, `lower` the
    shares within the groups. Where several options may be chosen the shares add up to more
    than one. `discrimination` is upper minus lower: a wrong option should be
    below 0. `rest` is the mean score 0-100 of its choosers on the rest of their papers.
    """

    option: int | None
    right: bool
    chosen: int
    share: Fraction
    upper: Figure[Fraction]
    middle: Figure[Fraction]
    lower: Figure[Fraction]
    discrimination: Figure[Fraction]
    rest: Figure[Fraction]


def option_table(
    key: ChoiceKey,
    choices: Sequence[frozenset[int]],
    rests: Sequence[Fraction | None],
    groups: Groups | None,
) -> tuple[OptionRow, ...]:
    """A row for each option and one for nothing, over one entry or more for each paper.

    `groups` None: too few papers to form them. ValueError for an option the bank has not.
    """
    if any(not 0 <= option < key.options for chosen in choices for option in chosen):
        raise ValueError("an answer names an option that the question has not")
    rows = [
        _row(option, option in key.right, [option in chosen for chosen in choices], rests, groups)
        for option in range(key.options)
    ]
    return (*rows, _row(None, False, [not chosen for chosen in choices], rests, groups))


def _row(
    option: int | None,
    right: bool,
    hits: Sequence[bool],
    rests: Sequence[Fraction | None],
    groups: Groups | None,
) -> OptionRow:
    upper, middle, lower, discrimination = _shares(hits, groups)
    return OptionRow(
        option, right, sum(hits), Fraction(sum(hits), len(hits)),
        upper, middle, lower, discrimination, _rest(hits, rests),
    )  # fmt: skip


def _shares(hits: Sequence[bool], groups: Groups | None) -> tuple[Figure[Fraction], ...]:
    if groups is None:
        return (missing(Reason.TOO_FEW),) * 4
    upper, middle, lower = groups.means(hits)
    return Figure(upper), Figure(middle), Figure(lower), Figure(upper - lower)


def _rest(hits: Sequence[bool], rests: Sequence[Fraction | None]) -> Figure[Fraction]:
    if not any(hits):
        return missing(Reason.NOBODY)
    known = [rest for hit, rest in zip(hits, rests, strict=True) if hit and rest is not None]
    return Figure(mean(known)) if known else missing(Reason.NO_REST)
