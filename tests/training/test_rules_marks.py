from decimal import Decimal
from fractions import Fraction

import pytest

from training.rules.age import is_minor, is_too_young
from training.rules.marks import items_of, tally
from training.rules.timetable import Activity


def activity(code, item, points):
    return Activity(code, item, code, 1, Fraction(points), "", ())


PLAN = [
    activity("CP-1", "participation", "2.5"),
    activity("CP-2", "participation", "7.5"),
    activity("CS-1", "case", "10"),
]


def test_an_item_scores_points_over_full_points_times_its_maximum():
    result = tally("participation", PLAN, {"CP-1": Decimal("2.00"), "CP-2": Decimal("6")})

    assert result.score(Fraction(20)) == Fraction(16)
    assert (result.is_complete, result.missing) == (True, ())


def test_an_unmarked_activity_is_missing_and_counts_as_nothing():
    result = tally("participation", PLAN, {"CP-1": Decimal("2.5")})

    assert (result.is_complete, result.missing) == (False, ("CP-2",))
    assert (result.earned, result.marked_max, result.planned_max) == (
        Fraction(5, 2),
        Fraction(5, 2),
        Fraction(10),
    )
    assert result.score(Fraction(20)) == Fraction(5)


def test_thirds_stay_exact():
    plan = [activity("DR-1", "drill", "3")]

    assert tally("drill", plan, {"DR-1": Decimal(1)}).score(Fraction(35)) == Fraction(35, 3)


def test_an_item_without_activities_is_refused():
    with pytest.raises(ValueError, match="showcase"):
        tally("showcase", PLAN, {})


def test_items_come_in_the_order_of_the_plan():
    assert items_of(PLAN) == ["participation", "case"]


@pytest.mark.parametrize(
    ("age", "refused", "noted"),
    [(15, True, False), (16, False, True), (17, False, True), (18, False, False)],
)
def test_nobody_under_16_and_minors_are_noted(age, refused, noted):
    assert (is_too_young(age), is_minor(age)) == (refused, noted)
