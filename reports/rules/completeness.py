"""What an evidence pack still lacks, section by section: every gap is named, none is glossed over.

A gap is a fact about the rows, not a judgement: a class that still runs lacks its results.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]
SECTIONS = (
    "programme", "courses", "timetable", "roster", "attendance", "online", "theory", "practical",
    "process", "assessment", "certificates", "money",
)  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """Something that is missing: where, what (a code), and how many of them."""

    section: str
    code: str
    count: int


def people_of(content: Content) -> list[Mapping[str, Any]]:
    """The records of a class's file, or the one of a person's."""
    return [content["person"]] if content["kind"] == "person" else list(content["people"])


def gaps_of(content: Content) -> list[Gap]:
    """Everything that is missing, in the order of the sections."""
    people = people_of(content)
    found = [*_plan(content), *_sheets(content, people)]
    for section, code, is_missing in CHECKS:
        found.append(Gap(section, code, sum(is_missing(content, person) for person in people)))
    order = {section: place for place, section in enumerate(SECTIONS)}
    return sorted((gap for gap in found if gap.count), key=lambda gap: order[gap.section])


def gaps_by_section(content: Content) -> dict[str, list[Gap]]:
    """Section → its gaps; an empty list says that the section is complete."""
    found: dict[str, list[Gap]] = {section: [] for section in SECTIONS}
    for gap in gaps_of(content):
        found[gap.section].append(gap)
    return found


def _plan(content: Content) -> Iterable[Gap]:
    programme, group = content["programme"], content["class"]
    yield Gap("programme", "no_exam", not programme["exam"])
    yield Gap("programme", "no_scheme", not programme["scheme"])
    yield Gap("programme", "no_tasks", not programme["tasks"])
    yield Gap("programme", "no_trainers", not group["trainers"])
    yield Gap("programme", "not_finished", not group["finished_at"])
    yield Gap("courses", "no_courses", not content["courses"])
    yield Gap("timetable", "no_sessions", not content["sessions"])


def _sheets(content: Content, people: list[Mapping[str, Any]]) -> Iterable[Gap]:
    sessions = content["sessions"]
    yield Gap("timetable", "not_taught_yet", sum(not one["ended"] for one in sessions))
    if content["kind"] == "class":
        yield Gap("roster", "nobody", not people)
        empty = [one for one in sessions if one["ended"] and not one["kept_by"]]
        yield Gap("attendance", "no_sheet", len(empty) if people else 0)
    unrecorded = sum(person["sessions_unrecorded"] for person in people)
    yield Gap("attendance", "unrecorded", unrecorded)


def _no_identity(_content: Content, person: Mapping[str, Any]) -> bool:
    return not person["id_masked"]


def _attendance_short(_content: Content, person: Mapping[str, Any]) -> bool:
    return not person["attendance_met"]


def _hours_short(_content: Content, person: Mapping[str, Any]) -> bool:
    return not person["hours_met"]


def _sum_differs(_content: Content, person: Mapping[str, Any]) -> bool:
    lessons = person.get("lessons")
    if lessons is None:
        return False
    counted: int = sum(lesson["counted"] for lesson in lessons)
    return counted != int(person["online_seconds"])


def _finding_open(_content: Content, person: Mapping[str, Any]) -> bool:
    return any(not finding["verdicts"] for finding in person.get("findings") or ())


def _no_theory(_content: Content, person: Mapping[str, Any]) -> bool:
    return not any(attempt["is_marked"] for attempt in person["theory"]["attempts"])


def _no_task(content: Content, person: Mapping[str, Any]) -> bool:
    return bool(content["programme"]["tasks"]) and not person["practical"]


def _task_open(_content: Content, person: Mapping[str, Any]) -> bool:
    return any(not task["handed_in_at"] for task in person["practical"])


def _task_unmarked(_content: Content, person: Mapping[str, Any]) -> bool:
    return any(task["handed_in_at"] and not task["is_marked"] for task in person["practical"])


def _process_open(content: Content, person: Mapping[str, Any]) -> bool:
    planned = {activity["code"] for activity in content["programme"]["activities"]}
    return bool(planned - set(person["process"]["codes"]))


def _not_approved(_content: Content, person: Mapping[str, Any]) -> bool:
    return person["assessment"] is None or person["assessment"]["state"] != "approved"


def _no_certificate(_content: Content, person: Mapping[str, Any]) -> bool:
    assessment = person["assessment"]
    passed = assessment is not None and assessment["state"] == "approved" and assessment["passed"]
    return passed and not any(one["state"] == "valid" for one in person["certificates"])


def _no_fee(_content: Content, person: Mapping[str, Any]) -> bool:
    return "money" in person and person["money"]["fee"] is None


def _fee_open(_content: Content, person: Mapping[str, Any]) -> bool:
    fee = person["money"]["fee"] if "money" in person else None
    return fee is not None and fee["paid_fen"] < fee["due_fen"]


Check = tuple[str, str, Callable[[Content, Mapping[str, Any]], bool]]
CHECKS: tuple[Check, ...] = (
    ("roster", "no_identity", _no_identity),
    ("attendance", "attendance_short", _attendance_short),
    ("online", "hours_short", _hours_short),
    ("online", "sum_differs", _sum_differs),
    ("online", "finding_open", _finding_open),
    ("theory", "no_theory", _no_theory),
    ("practical", "no_task", _no_task),
    ("practical", "task_open", _task_open),
    ("practical", "task_unmarked", _task_unmarked),
    ("process", "process_open", _process_open),
    ("assessment", "not_approved", _not_approved),
    ("certificates", "no_certificate", _no_certificate),
    ("money", "no_fee", _no_fee),
    ("money", "fee_open", _fee_open),
)
