"""Questions that somebody should look at, each with the figures that say so.

A flag is a question to the author, never a verdict: nothing is withdrawn by it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from exams.rules.statistics.figures import FEWEST_FOR_VERDICT
from exams.rules.statistics.items import ItemStatistics
from exams.rules.statistics.options import OptionRow

# Above: next to everybody earns everything, the item tells nobody apart. Moodle's documentation
# (Quiz report statistics) calls a facility of 95 % and more extremely easy.
EASIEST = Fraction(95, 100)

# Below: four-option guessing alone earns 25 %, so a lower figure speaks of a wrong key or an
# unclear stem. Moodle's documentation calls 20 % and less difficult to extremely difficult.
HARDEST = Fraction(20, 100)

# Below: Ebel & Frisbie, Essentials of Educational Measurement (1991), call D under 0.20 poor,
# to be rejected or revised; Moodle marks a question as dubious under 15 % discriminative
# efficiency. The lower line, because exams that most people pass cannot reach high values of D.
LEAST_DISCRIMINATION = Fraction(15, 100)

# A wrong option that fewer choose does not work as one, and whom it attracts is chance.
# Haladyna & Downing, How many options is enough for a multiple-choice test item? (1993);
# Tarrant, Ware & Mohammed, BMC Medical Education 9:40 (2009).
WORKING_SHARE = Fraction(5, 100)

Number = Fraction | float | int


class FlagCode(StrEnum):
    """What should be looked at; for machines."""

    TOO_FEW_ANSWERS = "too_few_answers"
    TOO_EASY = "too_easy"
    TOO_HARD = "too_hard"
    WEAK_DISCRIMINATION = "weak_discrimination"
    NEGATIVE_CORRELATION = "negative_correlation"
    UNUSED_DISTRACTOR = "unused_distractor"
    DISTRACTOR_OF_THE_STRONG = "distractor_of_the_strong"


@dataclass(frozen=True)
class Flag:
    """A code and what caused it; `figures` hold the value and the line that it missed."""

    code: FlagCode
    figures: Mapping[str, Number]


def weak_item_flags(item: ItemStatistics) -> tuple[Flag, ...]:
    """Why this item should be looked at; nothing when there is no reason.

    Of fewer than 30 papers only this is said, and nothing else.
    """
    if item.papers < FEWEST_FOR_VERDICT:
        figures = {"papers": item.papers, "needed": FEWEST_FOR_VERDICT}
        return (Flag(FlagCode.TOO_FEW_ANSWERS, figures),)
    return (*_item_flags(item), *_distractor_flags(item))


def _item_flags(item: ItemStatistics) -> Iterator[Flag]:
    if item.facility > EASIEST:
        yield Flag(FlagCode.TOO_EASY, {"facility": item.facility, "line": EASIEST})
    if item.facility < HARDEST:
        yield Flag(FlagCode.TOO_HARD, {"facility": item.facility, "line": HARDEST})
    found = item.discrimination.value
    if found is not None and found < LEAST_DISCRIMINATION:
        figures = {"discrimination": found, "line": LEAST_DISCRIMINATION}
        yield Flag(FlagCode.WEAK_DISCRIMINATION, figures)
    related = item.rest_correlation.value
    if related is not None and related < 0:
        yield Flag(FlagCode.NEGATIVE_CORRELATION, {"correlation": related, "line": 0})


def _distractor_flags(item: ItemStatistics) -> Iterator[Flag]:
    for row in item.options:
        if row.option is not None and not row.right:
            yield from _option_flags(row.option, row)


def _option_flags(option: int, row: OptionRow) -> Iterator[Flag]:
    if row.chosen == 0:
        yield Flag(FlagCode.UNUSED_DISTRACTOR, {"option": option, "chosen": 0})
    leaning = row.discrimination.value
    if leaning is not None and leaning > 0 and row.share >= WORKING_SHARE:
        figures: dict[str, Number] = {
            "option": option,
            "share": row.share,
            "discrimination": leaning,
        }
        yield Flag(FlagCode.DISTRACTOR_OF_THE_STRONG, figures)
