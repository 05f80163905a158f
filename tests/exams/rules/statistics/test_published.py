"""Published data with published figures, typed in.

The five items of section 6 of the Law School Admission Test, 1 000 candidates, by pattern of
right and wrong: Bock & Lieberman, Fitting a response model for n dichotomously scored items,
Psychometrika 35 (1970), 179-197. Their figures as printed by `ltm::descript(LSAT)` (Rizopoulos,
Journal of Statistical Software 17:5, 2006) to four places and by `mirt::itemstats` (Chalmers,
Journal of Statistical Software 48:6, 2012) to three.

Eleven questions of twelve students: Zaiontz, Real Statistics Using Excel, "Kuder and Richardson
Formula 20", example 1.
"""

from fractions import Fraction

import pytest

from exams.rules.statistics import Over, item_statistics, reliability, score_distribution
from exams.rules.statistics.reliability import cronbach_alpha
from tests.exams.rules.statistics.data import table_papers

LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3,
    "00111": 4, "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15,
    "10000": 10, "10001": 29, "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15,
    "10111": 80, "11000": 16, "11001": 56, "11010": 21, "11011": 173, "11100": 11, "11101": 61,
    "11110": 28, "11111": 298,
}  # fmt: skip

TWELVE = [
    "11111111111", "11111111010", "10111111100", "11101101100", "11111000100", "01101111000",
    "11110010000", "11111000000", "01011000010", "10010100000", "11100000000", "10010000000",
]  # fmt: skip


def rows_of(patterns):
    return [[Fraction(int(digit)) for digit in pattern] for pattern in patterns]


@pytest.fixture(scope="module")
def lsat():
    return rows_of(pattern for pattern, count in LSAT6.items() for _ in range(count))


def test_a_thousand_candidates_are_typed_in(lsat):
    scores = [sum(row) for row in lsat]

    assert [scores.count(right) for right in range(6)] == [3, 20, 85, 237, 357, 298]


def test_facility_and_item_rest_correlation_are_as_published(lsat):
    items = item_statistics(table_papers(lsat), {}).values()

    assert [float(item.facility) for item in items] == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert [round(item.deviation.value, 3) for item in items] == [
        0.265, 0.454, 0.497, 0.425, 0.336,
    ]  # fmt: skip
    assert [round(item.rest_correlation.value, 4) for item in items] == [
        0.1128, 0.1532, 0.1728, 0.1444, 0.1216,
    ]  # fmt: skip


def test_alpha_and_standard_error_are_as_published(lsat):
    papers = table_papers(lsat)
    found = reliability(papers)
    scores = score_distribution([paper.score for paper in papers])

    assert (found.over, found.kr20) == (Over.ITEMS, found.alpha)
    assert round(float(found.alpha.value), 4) == 0.2950
    # Published in numbers right of five; a score of ours is twenty times that.
    assert round(float(scores.mean.value) / 20, 3) == 3.819
    assert round(scores.deviation.value / 20, 3) == 1.035
    assert round(found.error.value / 20, 3) == 0.869


def test_alpha_without_each_item_is_as_published(lsat):
    without = [cronbach_alpha([row[:i] + row[i + 1 :] for row in lsat]) for i in range(5)]

    assert [round(float(alpha.value), 4) for alpha in without] == [
        0.2754, 0.2376, 0.2168, 0.2459, 0.2663,
    ]  # fmt: skip


def test_kr20_of_twelve_students_is_as_published():
    found = reliability(table_papers(rows_of(TWELVE)))

    assert round(float(found.kr20.value), 3) == 0.738
