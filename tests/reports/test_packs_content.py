"""What a pack holds equals the rows it is read from."""

from fractions import Fraction

import pytest
from django.utils import timezone

from certificates.choices import RevocationGround
from certificates.services import decide_revocation, request_revocation
from exams.models import Assessment, Attempt, RubricMarking, Submission
from kit.canonical import digest
from learning.models import LessonProgress
from reports.queries.packs import OWN, TRAINER, class_content, person_content, place
from reports.queries.packs.spelling import who
from reports.services.packs.of_person import person_sections
from subsidies.models import Receivable
from tests.factories.certificates import make_certificate
from tests.factories.packs import AT, packed_class, packed_place
from tests.factories.people import UserFactory
from tests.factories.training import EnrolmentFactory
from training.models import Attendance, ProcessEvidence
from training.queries import gate_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return packed_class()


@pytest.fixture
def row(made):
    return packed_place(made)


def person_of(row, **depth):
    return person_content(place(row.pk), at=AT, **depth)["person"]


def test_the_record_is_the_one_of_the_rows(row):
    person = person_of(row)

    assert (person["name"], person["id_masked"]) == ("陈晓岚", "369***********001X")
    assert [(one["session"], one["state"]) for one in person["attendance"]] == list(
        Attendance.objects.order_by("session__day", "session__number").values_list(
            "session_id", "state"
        )
    )
    assert [(one["id"], one["credited"]) for one in person["lessons"]] == list(
        LessonProgress.objects.order_by("lesson__path").values_list("lesson_id", "credited_seconds")
    )
    assert [one["points"] for one in person["process"]["marks"]] == [
        str(mark.points) for mark in ProcessEvidence.objects.order_by("pk")
    ]
    assert [Fraction(one["score"]) for one in person["theory"]["attempts"]] == [
        attempt.theory for attempt in Attempt.objects.all()
    ]
    fee = Receivable.objects.get()
    assert (person["money"]["fee"]["due_fen"], person["money"]["fee"]["paid_fen"]) == (
        fee.due_fen, fee.paid_fen,
    )  # fmt: skip


def test_hours_and_attendance_are_those_of_the_gate(row):
    person, gate = person_of(row), gate_of(row, AT)

    assert (person["online_seconds"], person["sessions_attended"], person["sessions_ended"]) == (
        gate.online_seconds, gate.attendance.attended, gate.attendance.ended,
    )  # fmt: skip
    assert sum(lesson["counted"] for lesson in person["lessons"]) == 40_000


def test_time_that_a_decision_took_out_is_not_counted_in_the_record(row):
    LessonProgress.objects.update(uncounted_seconds=60)

    told = [
        (one["uncounted"], one["counted"], min(one["credited"] - 60, one["planned"]))
        for one in person_of(row)["lessons"]
    ]

    assert told
    assert [(taken, counted) for taken, counted, _due in told] == [
        (60, due) for _taken, _counted, due in told
    ]


def test_the_lines_of_the_rubric_are_those_of_the_marking(row):
    (task,) = person_of(row)["practical"]
    (marking,) = task["markings"]

    submission, stored = Submission.objects.get(), RubricMarking.objects.get()
    assert (Fraction(task["score"]), task["digest"]) == (submission.score, submission.digest)
    assert (marking["points"], marking["marker"]) == ("80", f"评阅人甲 {stored.marker.number}")
    assert [(one["level"], one["points"], one["comment"]) for one in marking["lines"]] == [
        ("良好", "48", ""), ("良好", "32", "口径清楚"),
    ]  # fmt: skip


def test_a_made_up_session_says_what_stood_before_who_and_when(made, row):
    (change,) = person_of(row)["corrections"]

    trainer = made.t
    assert change == {
        "session": made.sessions.all()[1].pk, "from": "absent", "to": "made_up",
        "by": f"{trainer.name} ({trainer.number})", "at": "2026-03-10T12:15:00+08:00",
        "reason": "补看录播并交作业",
    }  # fmt: skip


def test_the_record_in_the_class_is_the_same(made, row):
    packed_place(made, name="李四")

    content = class_content(made, at=AT)

    assert next(one["id"] for one in content["people"]) == row.pk
    assert content["people"][0] == person_of(row)
    assert next(one["states"] for one in content["sessions"]) == {"present": 2}


def test_lighter_records_lack_lessons_and_lines_and_no_figure(made, row):
    from reports.queries.packs import Depth

    (light,) = class_content(made, at=AT, depth=Depth(full=False))["people"]

    full = person_of(row)
    assert "lessons" not in light
    assert [task["markings"] for task in light["practical"]] == [[]]
    for key in ("attendance", "theory", "assessment", "money", "online_seconds"):
        assert light[key] == full[key]


def test_an_own_record_names_no_marker_and_tells_no_result_before_its_approval(row):
    person = person_of(row, depth=OWN)

    (task,) = person["practical"]
    assert (task["score"], task["markings"], task["is_marked"]) == ("", [], True)
    assert (person["assessment"]["theory"], person["assessment"]["explanation"]) == ("", [])
    assert "money" in person


def test_an_own_record_tells_an_approved_result_and_still_no_marker(row):
    Assessment.objects.filter(context=row.context).update(
        state="approved", submitted_by=UserFactory(), submitted_at=AT, approved_by=UserFactory(),
        approved_at=AT, total_numerator=418, total_denominator=5, total_score="83.6",
    )  # fmt: skip

    person = person_of(row, depth=OWN)

    assert person["assessment"]["total"] == "418/5"
    assert [one["marker"] for one in person["practical"][0]["markings"]] == [""]


def test_a_trainers_record_holds_no_money(row):
    assert "money" not in person_of(row, depth=TRAINER)


def test_a_bare_place_has_a_bare_record():
    bare = EnrolmentFactory(enrolled_by=None)

    person = person_of(bare)

    assert (person["id_masked"], person["unit"], person["post"], person["enrolled_by"]) == (
        "", "", "", "",
    )  # fmt: skip
    assert (person["assessment"], person["lessons"], person["certificates"]) == (None, [], [])
    assert (person["money"]["fee"], person["process"]["points"]) == (None, "")
    assert person_of(bare, depth=OWN)["assessment"] is None


def test_certificates_are_told_with_their_digest():
    certificate = make_certificate()

    (one,) = person_of(certificate.enrolment)["certificates"]

    assert (one["number"], one["state"], one["digest"], one["file_sha256"]) == (
        certificate.number, "valid", certificate.digest, certificate.file_sha256,
    )  # fmt: skip


def test_a_revoked_certificate_says_when_by_whom_and_why():
    certificate, approver = make_certificate(), UserFactory(roles=["approver"])
    asked = request_revocation(
        certificate=certificate, ground="records", note="签到记录有误",
        by=UserFactory(roles=["officer"]), at=AT,
    )  # fmt: skip
    decide_revocation(revocation=asked, confirm=True, by=approver, at=AT)

    sections = person_sections(
        person_content(place(certificate.enrolment_id), at=AT), link=lambda ref: ""
    )

    (table,) = next(one for one in sections if one.key == "certificates").tables
    ((*_others, told),) = table.rows
    when = timezone.localtime(AT).strftime("%Y-%m-%d %H:%M")
    label = RevocationGround.RECORDS.label
    assert told.text == f"{when} {who(approver)} {label}"


def test_the_same_rows_have_the_same_digest_and_a_changed_row_another(row):
    first, second = (digest(person_content(place(row.pk), at=AT)) for _ in range(2))
    Attendance.objects.filter(state="present").update(state="late")

    assert first == second != digest(person_content(place(row.pk), at=AT))


def test_a_first_entry_is_no_correction_unless_it_was_late(made, row):
    from audit.services import record

    for late in ({}, {"late": [row.pk], "late_reason": "漏签"}):
        record(
            action="training.attendance_taken", at=AT, obj=made.sessions.first(),
            detail={str(row.pk): [None, "present"], **late},
        )  # fmt: skip

    assert [one["reason"] for one in person_of(row)["corrections"]] == ["补看录播并交作业", "漏签"]


@pytest.mark.parametrize("people", [1, 3])
def test_a_class_costs_the_same_queries_for_three_as_for_one(
    made, people, django_assert_max_num_queries
):
    for _ in range(people):
        packed_place(made)

    with django_assert_max_num_queries(60) as taken:
        class_content(made, at=AT)
    SEEN.add(len(taken))

    assert len(SEEN) == 1


SEEN = set()
