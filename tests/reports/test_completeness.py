import copy

import pytest

from reports.rules.completeness import CHECKS, SECTIONS, Gap, gaps_by_section, gaps_of

WHOLE = {
    "kind": "class",
    "class": {"trainers": ["周老师 TR001"], "finished_at": "2026-03-14T09:00:00+08:00"},
    "programme": {
        "exam": "理论考试", "scheme": {"code": "A"}, "tasks": ["PT-1"],
        "activities": [{"code": "CP-1"}],
    },
    "courses": [{"title": "课程"}],
    "sessions": [{"ended": True, "kept_by": ["周老师 TR001"]}],
    "people": [
        {
            "id_masked": "369***", "sessions_unrecorded": 0, "attendance_met": True,
            "hours_met": True, "online_seconds": 30, "lessons": [{"counted": 10}, {"counted": 20}],
            "theory": {"attempts": [{"is_marked": True}]},
            "practical": [{"handed_in_at": "x", "is_marked": True}],
            "process": {"codes": ["CP-1"]},
            "assessment": {"state": "approved", "passed": True},
            "certificates": [{"state": "revoked"}, {"state": "valid"}],
            "money": {"fee": {"paid_fen": 5, "due_fen": 5}},
        }
    ],
}  # fmt: skip


def changed(path, value):
    content = copy.deepcopy(WHOLE)
    *way, last = path
    place = content
    for step in way:
        place = place[step]
    if value is DROPPED:
        del place[last]
    else:
        place[last] = value
    return content


DROPPED = object()
PERSON = ("people", 0)


def test_a_whole_class_lacks_nothing():
    assert gaps_of(WHOLE) == []
    assert gaps_by_section(WHOLE) == {section: [] for section in SECTIONS}


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("programme", "exam"), "", ("programme", "no_exam")),
        (("programme", "scheme"), {}, ("programme", "no_scheme")),
        (("programme", "tasks"), [], ("programme", "no_tasks")),
        (("class", "trainers"), [], ("programme", "no_trainers")),
        (("class", "finished_at"), "", ("programme", "not_finished")),
        (("courses",), [], ("courses", "no_courses")),
        (("sessions",), [], ("timetable", "no_sessions")),
        (("sessions", 0, "ended"), False, ("timetable", "not_taught_yet")),
        (("sessions", 0, "kept_by"), [], ("attendance", "no_sheet")),
        (("people",), [], ("roster", "nobody")),
        ((*PERSON, "id_masked"), "", ("roster", "no_identity")),
        ((*PERSON, "sessions_unrecorded"), 1, ("attendance", "unrecorded")),
        ((*PERSON, "attendance_met"), False, ("attendance", "attendance_short")),
        ((*PERSON, "hours_met"), False, ("online", "hours_short")),
        ((*PERSON, "online_seconds"), 31, ("online", "sum_differs")),
        ((*PERSON, "theory", "attempts"), [], ("theory", "no_theory")),
        ((*PERSON, "theory", "attempts", 0, "is_marked"), False, ("theory", "no_theory")),
        ((*PERSON, "findings"), [{"verdicts": []}], ("online", "finding_open")),
        ((*PERSON, "practical"), [], ("practical", "no_task")),
        ((*PERSON, "practical", 0, "handed_in_at"), "", ("practical", "task_open")),
        ((*PERSON, "practical", 0, "is_marked"), False, ("practical", "task_unmarked")),
        ((*PERSON, "process", "codes"), [], ("process", "process_open")),
        ((*PERSON, "assessment"), None, ("assessment", "not_approved")),
        ((*PERSON, "assessment", "state"), "submitted", ("assessment", "not_approved")),
        ((*PERSON, "certificates", 1, "state"), "revoked", ("certificates", "no_certificate")),
        ((*PERSON, "money", "fee"), None, ("money", "no_fee")),
        ((*PERSON, "money", "fee", "paid_fen"), 4, ("money", "fee_open")),
    ],
)
def test_each_gap_is_named_where_it_is(path, value, expected):
    content = changed(path, value)

    assert gaps_of(content) == [Gap(*expected, 1)]
    assert gaps_by_section(content)[expected[0]] == [Gap(*expected, 1)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((*PERSON, "lessons"), DROPPED),
        ((*PERSON, "money"), DROPPED),
        ((*PERSON, "assessment", "passed"), False),
    ],
)
def test_what_a_record_does_not_hold_is_no_gap(path, value):
    assert gaps_of(changed(path, value)) == []


def test_nobody_needs_no_sheet():
    content = changed(("people",), [])
    content["sessions"][0]["kept_by"] = []

    assert gaps_of(content) == [Gap("roster", "nobody", 1)]


def test_a_persons_file_is_asked_for_that_person_alone():
    content = {**WHOLE, "kind": "person", "person": WHOLE["people"][0] | {"hours_met": False}}
    del content["people"]

    assert gaps_of(content) == [Gap("online", "hours_short", 1)]


def test_every_check_belongs_to_a_section():
    assert {section for section, _code, _check in CHECKS} <= set(SECTIONS)
