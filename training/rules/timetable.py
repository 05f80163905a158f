"""The timetable and the scored activities as data, and when the sessions of a class fall.

A timetable row: {"day": 1, "number": 1, "start": "09:00", "end": "10:30", "title": …, "theme": …,
"mode": …, "room": …, "seconds": 5400, "activities": ["CP-1"], "exam": true for the theory exam}.
An activity: {"code": "CP-1", "item": "participation", "title": …, "day": 1, "points": "2.5",
"evidence": …, "levels": [{"name": "优秀", "ratio": "1", "descriptor": …}]}.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from typing import Any

ITEM_OF_TYPE = {
    "课堂参与": "participation",
    "案例分析": "case",
    "小组讨论": "discussion",
    "实操演练": "drill",
    "项目展示": "showcase",
}
ITEMS = tuple(ITEM_OF_TYPE.values())


class TimetableError(ValueError):
    """A timetable cannot be read; the text names the place."""


@dataclass(frozen=True)
class PlannedSession:
    """A session relative to the first day; `day` counts from 1, `seconds` is class time."""

    day: int
    number: int
    start: time
    end: time
    title: str
    theme: str
    mode: str
    room: str
    seconds: int
    activities: tuple[str, ...]
    is_theory_exam: bool


@dataclass(frozen=True)
class Level:
    """A level of an activity; `points` is the ratio of the activity's full points."""

    name: str
    points: Fraction
    descriptor: str


@dataclass(frozen=True)
class Activity:
    """Something in class that earns points towards a process item."""

    code: str
    item: str
    title: str
    day: int
    points: Fraction
    evidence: str
    levels: tuple[Level, ...]


def sessions_of(rows: list[dict[str, Any]]) -> list[PlannedSession]:
    """Read stored rows. Raises TimetableError naming the row (counted from 1)."""
    return [_session(place, row) for place, row in enumerate(rows, 1)]


def _session(place: int, row: dict[str, Any]) -> PlannedSession:
    try:
        session = PlannedSession(
            day=int(row["day"]),
            number=int(row["number"]),
            start=time.fromisoformat(row["start"]),
            end=time.fromisoformat(row["end"]),
            title=str(row["title"]),
            theme=str(row.get("theme", "")),
            mode=str(row.get("mode", "")),
            room=str(row.get("room", "")),
            seconds=int(row["seconds"]),
            activities=tuple(row.get("activities", ())),
            is_theory_exam=bool(row.get("exam", False)),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TimetableError(f"timetable row {place}: {error}") from error
    if session.day < 1 or session.end <= session.start:
        raise TimetableError(f"timetable row {place}: {session.start}–{session.end}")
    return session


def activities_of(rows: list[dict[str, Any]]) -> list[Activity]:
    """Read stored rows. Raises TimetableError naming the row (counted from 1)."""
    return [_activity(place, row) for place, row in enumerate(rows, 1)]


def _activity(place: int, row: dict[str, Any]) -> Activity:
    try:
        full = Fraction(str(row["points"]))
        activity = Activity(
            code=str(row["code"]),
            item=str(row["item"]),
            title=str(row["title"]),
            day=int(row.get("day", 1)),
            points=full,
            evidence=str(row.get("evidence", "")),
            levels=tuple(
                Level(
                    str(level["name"]),
                    full * Fraction(str(level["ratio"])),
                    str(level.get("descriptor", "")),
                )
                for level in row.get("levels", ())
            ),
        )
    except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
        raise TimetableError(f"activity {place}: {error}") from error
    if activity.item not in ITEMS or activity.points <= 0:
        raise TimetableError(f"activity {place}: {activity.item} {row['points']}")
    return activity


def read_plan(document: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Turn the shipped `class_timetable.json` into stored timetable and activity rows.

    Class hours are rounded to whole seconds. The share of the project showcase in the
    practical part becomes an activity of its own, PS-1.
    """
    minute_seconds = document["class_hour_minutes"] * 60
    sessions = [
        _stored_session(day, row, minute_seconds)
        for day in document["timetable"]
        for row in day["sessions"]
    ]
    activities = [_stored_activity(row) for row in document["activities"]]
    showcase = document["scoring"]["practical"]["parts"]["项目展示"]
    activities.append(
        {
            "code": "PS-1",
            "item": "showcase",
            "title": "项目成果展示",
            "day": document["days"],
            "points": str(showcase),
            "evidence": "展示材料、点评记录",
            "levels": [],
        }
    )
    return sessions, activities


def _stored_session(day: dict[str, Any], row: dict[str, Any], hour: int) -> dict[str, Any]:
    return {
        "day": day["day"],
        "number": row["session"],
        "start": row["start"],
        "end": row["end"],
        "title": row["title"],
        "theme": day["theme"],
        "mode": row["mode"],
        "room": row["room"],
        "seconds": round(row["class_hours"] * hour),
        "activities": row["activity_ids"],
        "exam": row["mode"] == "考试" and "理论" in row["title"],
    }


def _stored_activity(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["id"],
        "item": ITEM_OF_TYPE[row["type"]],
        "title": f"{row['type']} {row['half']}" if row["type"] == "课堂参与" else row["type"],
        "day": row["day"],
        "points": str(row["points"]),
        "evidence": row["evidence"],
        "levels": [
            {
                "name": level["level"],
                "ratio": str(level["ratio"]),
                "descriptor": level["descriptor"],
            }
            for level in row["rubric"]
        ],
    }


def falls_at(*, first_day: date, day: int, clock: time, zone: tzinfo) -> datetime:
    """The instant at which a planned clock time falls."""
    return datetime.combine(first_day + timedelta(days=day - 1), clock, tzinfo=zone)


def last_day(first_day: date, sessions: list[PlannedSession]) -> date:
    """The day of the last session; the first day itself when nothing is planned."""
    days = max((session.day for session in sessions), default=1)
    return first_day + timedelta(days=days - 1)


def theory_window(
    *, first_day: date, sessions: list[PlannedSession], zone: tzinfo
) -> tuple[datetime, datetime] | None:
    """Start and end of the session that is the theory exam; None when the timetable has none."""
    for session in sessions:
        if session.is_theory_exam:
            return (
                falls_at(first_day=first_day, day=session.day, clock=session.start, zone=zone),
                falls_at(first_day=first_day, day=session.day, clock=session.end, zone=zone),
            )
    return None
