from datetime import UTC, datetime

from learning.rules.outline import LessonStanding, Totals, next_lesson, totals

AT = datetime(2026, 3, 13, 2, tzinfo=UTC)


def lesson(number, credited=0, planned=100, completed=None, last=None):
    return LessonStanding(number, f"课{number}", "助理", planned, credited, completed, last)


def test_totals_count_what_counts():
    got = totals([lesson(1, 150), lesson(2, 40), lesson(3)])

    assert got == Totals(lessons=3, done=1, seconds=140, planned_seconds=300)
    assert got.is_done is False


def test_a_group_is_done_when_every_lesson_is():
    assert totals([lesson(1, 100)]).is_done is True
    assert totals([]).is_done is False


def test_completed_stays_completed_when_the_plan_grows():
    one = lesson(1, credited=100, planned=200, completed=AT)

    assert (one.is_done, one.is_begun, one.left) == (True, False, 100)


def test_one_goes_on_with_the_unfinished_lesson_studied_last():
    got = next_lesson([lesson(1), lesson(2, 5, last=AT), lesson(3, 5, last=AT.replace(hour=3))])

    assert got.lesson_id == 3


def test_one_begins_with_the_first_unfinished_lesson():
    assert next_lesson([lesson(1, 100, last=AT), lesson(2), lesson(3)]).lesson_id == 2


def test_nothing_comes_next_when_all_is_done():
    assert next_lesson([lesson(1, 100)]) is None
