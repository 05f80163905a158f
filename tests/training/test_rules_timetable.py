import json
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from training.rules.marks import tally
from training.rules.timetable import (
    TimetableError,
    activities_of,
    last_day,
    read_plan,
    sessions_of,
    theory_window,
)

ZONE = ZoneInfo("Asia/Shanghai")
DOCUMENT = json.loads((Path(__file__).parents[2] / "demo/class_timetable.json").read_text())


def test_the_shipped_timetable_has_five_days_and_40_class_hours():
    sessions = sessions_of(read_plan(DOCUMENT)[0])

    assert len(sessions) == 21
    assert last_day(date(2026, 3, 9), sessions) == date(2026, 3, 13)
    assert sum(session.seconds for session in sessions) == 40 * 2700


def test_the_theory_exam_is_on_the_fifth_morning():
    sessions = sessions_of(read_plan(DOCUMENT)[0])

    assert theory_window(first_day=date(2026, 3, 9), sessions=sessions, zone=ZONE) == (
        datetime(2026, 3, 13, 9, tzinfo=ZONE),
        datetime(2026, 3, 13, 10, 30, tzinfo=ZONE),
    )


@pytest.mark.parametrize(
    ("item", "points"),
    [("participation", 20), ("case", 25), ("discussion", 20), ("drill", 35), ("showcase", 20)],
)
def test_the_shipped_activities_add_up_to_the_split(item, points):
    activities = activities_of(read_plan(DOCUMENT)[1])

    assert tally(item, activities, {}).planned_max == points


def test_levels_carry_points():
    first = activities_of(read_plan(DOCUMENT)[1])[0]

    assert [(level.name, level.points) for level in first.levels] == [
        ("优秀", Fraction(5, 2)),
        ("良好", Fraction(2)),
        ("合格", Fraction(3, 2)),
        ("待改进", Fraction(3, 4)),
    ]


def test_a_plan_without_sessions_lasts_a_day_and_has_no_exam():
    assert last_day(date(2026, 3, 9), []) == date(2026, 3, 9)
    assert theory_window(first_day=date(2026, 3, 9), sessions=[], zone=ZONE) is None


SESSION = {"day": 1, "number": 1, "start": "09:00", "end": "10:30", "title": "课", "seconds": 5400}
ACTIVITY = {"code": "CP-1", "item": "case", "title": "案例", "points": "2.5"}


def test_a_session_needs_only_its_time_and_title():
    session = sessions_of([SESSION])[0]

    assert (session.start, session.activities, session.is_theory_exam) == (time(9), (), False)


@pytest.mark.parametrize(
    "change",
    [{"start": "nine"}, {"end": "09:00"}, {"day": 0}, {"seconds": None}, {"start": "9:00+"}],
)
def test_a_bad_session_names_its_row(change):
    with pytest.raises(TimetableError, match="timetable row 2"):
        sessions_of([SESSION, SESSION | change])


@pytest.mark.parametrize("change", [{"points": "0"}, {"item": "song"}, {"points": "x"}])
def test_a_bad_activity_names_its_row(change):
    with pytest.raises(TimetableError, match="activity 1"):
        activities_of([ACTIVITY | change])
