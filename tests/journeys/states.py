"""The states that the looks test needs and the demo does not stand in; made by the services."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.utils import timezone

from certificates.models import Certificate
from certificates.services import decide_revocation, render_certificate, request_revocation
from courses.models import CoursePage, LessonPage, QuestionFlag
from courses.services import frozen_once
from evaluations.models import TransferFollowUp
from exams import services as exam_services
from exams.models import Assessment, Attempt, Exam, PaperItem, Submission, TaskAssignment
from jobs.models import Job
from kit.crypto import keyed_hash
from learning import services as learning_services
from learning.models import StudySession
from learning.queries import parts_of
from notices.services import notify
from people import services as people_services
from people.models import Post, SetupLink, Unit, User
from subsidies.models import Claim, Receivable
from subsidies.services import file_batch
from training.models import ClassSession, Enrolment, StudyAnomaly, TrainingClass
from training.services import judge_anomaly, take_attendance

DEMO = Path(__file__).resolve().parents[2] / "demo"


def staff(number: str) -> User:
    return User.objects.get(number=number)


def prepare() -> dict[str, Any]:
    """Rows to look at, by name; `people` are account numbers by the name of their part."""
    at = timezone.now()
    made: dict[str, Any] = {"people": {}}
    for part in (certificates, classes, versions, examining, marking, claims, office):
        part(made, at)
    return made


def certificates(made: dict[str, Any], at: Any) -> None:
    """One valid with a revocation asked for, one revoked; their papers are made."""
    claim = Claim.objects.filter(state="submitted").order_by("pk")[0]
    first = Certificate.objects.get(enrolment=claim.enrolment)
    second = Certificate.objects.exclude(claims__isnull=False).order_by("pk")[0]
    for each in (first, second):
        render_certificate(certificate_id=each.pk, at=at)
    asked = [
        request_revocation(
            certificate=each, ground="records", note="签到记录有误", by=staff("OF001"), at=at
        )
        for each in (first, second)
    ]
    decide_revocation(revocation=asked[1], confirm=True, by=staff("AP001"), at=at)
    graduate = first.person
    made |= {
        "valid_code": first.code, "valid_uid": str(first.uid), "revoked_code": second.code,
        "result": Attempt.objects.get(admission__person=graduate).pk,
        "passed": first.assessment_id,
        "follow_up": TransferFollowUp.objects.get(enrolment=first.enrolment).pk,
    }  # fmt: skip
    made["people"]["graduate"] = graduate.number
    notify(
        person=graduate, event="looks", title="证书已做好", at=at, body="可以下载了。", url="/me/"
    )


def classes(made: dict[str, Any], at: Any) -> None:
    """The open class: a session entered late, findings in the study, a rich lesson begun."""
    running = TrainingClass.objects.get(state="open")
    place = running.enrolments.order_by("pk")[2]
    first = running.sessions.order_by("starts_at")[0]
    enter_late(first, place, at)
    study = place.person.study_sessions.order_by("pk")[0]
    finding = find(place.person, study, str(first.pk), at)
    checked = [lesson.pk for lesson in LessonPage.objects.live() if lesson.checks]
    made |= {
        "finding": finding.pk,
        "hours": place.person_id, "hours_lesson": study.lesson_id, "hours_session": study.pk,
        "class": running.pk, "place": place.pk, "programme": running.programme_id,
        "session": first.pk,
        "course": CoursePage.objects.live().order_by("path")[0].slug,
        "lesson": LessonPage.objects.live().order_by("path")[0].pk,
        "rich_lesson": checked[-1],
        "task": TaskAssignment.objects.filter(person=place.person).order_by("pk")[0].pk,
    }  # fmt: skip
    made["people"]["studying"] = place.person.number
    keep(place.person, LessonPage.objects.get(pk=checked[-1]), at)
    exam_services.save_submission(
        assignment_id=made["task"], person=place.person, text="先核对，再改价。", at=at
    )
    places = TrainingClass.objects.get(state="filed").enrolments.order_by("pk")
    made["people"]["entering"] = places[0].person.number
    made["people"]["sitting"] = places[1].person.number


def enter_late(session: ClassSession, place: Enrolment, at: Any) -> None:
    """Absent the day after, made up later."""
    for state, reason in (("absent", "纸质签到表次日补录"), ("made_up", "已在第二期补听同一课")):
        take_attendance(
            session=session, by=staff("TR001"), at=at, reason=reason, states={place.pk: state}
        )


def find(person: User, study: StudySession, key: str, at: Any) -> StudyAnomaly:
    """Two findings in one session of study; the one returned is judged."""
    entries = list(person.ledger_entries.filter(session=study)[:3])
    finding = StudyAnomaly.objects.create(
        person=person, kind="overlap", day=entries[0].day, key=key, found_at=at,
        evidence={
            "entries": [entry.pk for entry in entries], "sessions": [study.pk],
            "since": study.started_at.isoformat(), "until": entries[-1].at.isoformat(),
            "seconds": sum(entry.seconds for entry in entries), "count": 0,
        },
    )  # fmt: skip
    StudyAnomaly.objects.create(
        person=person, kind="cap", day=entries[0].day, found_at=at, evidence=finding.evidence
    )
    judge_anomaly(
        anomaly_id=finding.pk, verdict="talk", reason="已约谈，待补充说明", by=staff("HR001"), at=at
    )
    return finding


def versions(made: dict[str, Any], at: Any) -> None:
    """The first course in a second version: a lesson reworded, one cut short, one gone."""
    course = CoursePage.objects.live().order_by("path")[0]
    lessons = list(LessonPage.objects.live().descendant_of(course).order_by("path"))
    changed = lessons[1]
    blocks = changed.body.get_prep_value()
    told = next(block for block in blocks if block["type"] == "paragraph")
    told["value"] = told["value"].replace("。", "，每周核对一次，误差不超过 3%。", 1)
    changed.body = json.dumps([block for block in blocks if block["type"] != "formula"])
    changed.planned_seconds -= 120
    with frozen_once(at=at):
        changed.save_revision().publish()
        lessons[-1].unpublish()
    made["versioned"] = course.pk
    made["flagged"] = QuestionFlag.objects.open()[0].question_id


def keep(person: User, lesson: LessonPage, at: Any) -> None:
    """A place, a note and a bookmark in one lesson."""
    part = parts_of(lesson)[1].anchor
    learning_services.keep_place(person=person, lesson=lesson, part=part, at=at)
    learning_services.save_note(
        person=person, lesson=lesson, at=at,
        sent=learning_services.Sent(part=part, text="先看转化率。", version=0, writer="a", seq=1),
    )  # fmt: skip
    learning_services.set_bookmark(person=person, lesson=lesson, on=True, at=at)


def examining(made: dict[str, Any], at: Any) -> None:
    """One person in the lobby, one in the room, one who has failed."""
    sitting = exam_services.schedule_sitting(
        exam=Exam.objects.get(code="YY-THEORY"), title="理论考试（加场）",
        opens_at=at - timedelta(minutes=5), closes_at=at + timedelta(hours=6), by=None, at=at,
    )  # fmt: skip
    ticket = {
        who: exam_services.admit(
            person=staff(made["people"][who]), sitting=sitting, basis={}, by=None, at=at
        )
        for who in ("entering", "sitting")
    }
    made["lobby"] = ticket["entering"].pk
    made["room"] = exam_services.start_attempt(
        admission_id=ticket["sitting"].pk, person=staff(made["people"]["sitting"]), at=at
    ).pk
    failed = Assessment.objects.filter(state="approved", passed=False).order_by("pk")[0]
    made["people"]["failed"] = failed.person.number
    made["not_passed"] = failed.pk
    made["failed_result"] = Attempt.objects.get(admission__person=failed.person).pk


def marking(made: dict[str, Any], at: Any) -> None:
    waiting = Attempt.objects.filter(state="submitted")[0]
    made["item"] = (
        PaperItem.objects.filter(attempt=waiting, version__type__in=["short", "case"])
        .order_by("position")[0]
        .pk
    )
    handed_in = Submission.objects.filter(state="handed_in").order_by("pk")[0]
    exam_services.claim_submission(submission_id=handed_in.pk, by=staff("GR001"), at=at)
    made["handed_in"] = handed_in.pk
    made["ready"] = Assessment.objects.filter(state="ready")[0].pk
    made["submitted"] = Assessment.objects.filter(state="submitted")[0].pk


def claims(made: dict[str, Any], at: Any) -> None:
    claim = Claim.objects.filter(state="submitted").order_by("pk")[0]
    made["claim"] = claim.pk
    made["batch"] = file_batch(
        training_class=claim.enrolment.training_class, policy_version=claim.policy_version,
        by=staff("HR001"), at=at,
    ).pk  # fmt: skip
    made["fee"] = Receivable.objects.filter(paid_fen=0, due_fen__gt=0).order_by("pk")[0].pk


def office(made: dict[str, Any], at: Any) -> None:
    """A roster with errors, jobs, a slip, and the one-time link of an installation."""
    hr = staff("HR001")
    roster = File(io.BytesIO((DEMO / "roster_messy.xlsx").read_bytes()), name="roster_messy.xlsx")
    batch = people_services.upload_roster(file=roster, by=hr, at=at)
    people_services.check_batch(batch_id=batch.pk, at=at)
    done = Job.objects.create(
        kind="looks", title="结业名单", owner=hr, created_at=at, started_at=at, finished_at=at,
        state="done", done=3, total=3, file=ContentFile(b"a", "a.csv"), file_name="结业名单.csv",
    )  # fmt: skip
    failed = Job.objects.create(
        kind="looks", title="补贴明细", owner=hr, created_at=at, started_at=at, finished_at=at,
        state="failed", done=1, total=3, error="磁盘已满",
    )  # fmt: skip
    newcomer = Enrolment.objects.filter(person__last_login=None).order_by("-pk")[0].person
    slip = people_services.issue_slips(people=[newcomer], by=hr, at=at, identity_check="身份证")
    SetupLink.objects.create(
        token_hash=keyed_hash("setup:looks"), created_at=at, expires_at=at + timedelta(days=1)
    )
    made |= {
        "person": newcomer.pk, "unit": Unit.objects.order_by("pk")[0].pk,
        "post": Post.objects.order_by("pk")[0].pk, "roster": str(batch.pk),
        "job": str(done.pk), "failed_job": str(failed.pk), "slip": slip[0].code, "setup": "looks",
    }  # fmt: skip
