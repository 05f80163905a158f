from datetime import UTC, datetime

import pytest

from learning.rules.outline import LessonStanding, Totals, lesson_after, next_lesson, totals

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


def test_a_lesson_with_an_open_check_is_studied_and_not_done():
    one = LessonStanding(1, "课", "助理", 100, credited_seconds=100, open_checks=2)

    assert (one.is_studied, one.is_done, one.is_begun, one.left) == (True, False, True, 0)
    assert next_lesson([one, lesson(2)]).lesson_id == 1
    assert totals([one]).is_done is False


def test_one_goes_on_with_the_unfinished_lesson_studied_last():
    got = next_lesson([lesson(1), lesson(2, 5, last=AT), lesson(3, 5, last=AT.replace(hour=3))])

    assert got.lesson_id == 3


def test_one_begins_with_the_first_unfinished_lesson():
    assert next_lesson([lesson(1, 100, last=AT), lesson(2), lesson(3)]).lesson_id == 2


def test_nothing_comes_next_when_all_is_done():
    assert next_lesson([lesson(1, 100)]) is None


def test_lessons_of_the_own_post_come_before_others_that_are_not_begun():
    assert next_lesson([lesson(1), lesson(2), lesson(3)], path={2, 3}).lesson_id == 2
    assert next_lesson([lesson(1), lesson(2, 100), lesson(3)], path={2}).lesson_id == 1
    assert next_lesson([lesson(1, 5, last=AT), lesson(2)], path={2}).lesson_id == 1


@pytest.mark.parametrize(
    ("here", "path", "after"),
    [
        (1, (), 2),
        (1, {1, 3}, 3),
        (3, {1, 3}, 4),  # nothing of the path is left: the lesson that stands next
        (2, {1, 3, 4}, 3),  # reads what is not of the path: the lesson that stands next
        (4, {1, 4}, None),
    ],
)
def test_the_lesson_after_is_one_of_the_own_post_where_one_reads_its_path(here, path, after):
    lessons = [lesson(number) for number in range(1, 5)]

    got = lesson_after(lessons, here, path)

    assert (got and got.lesson_id) == after
