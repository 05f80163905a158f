"""The demo's programmes and classes: one running, one finished, one filed, one in draft.

Dates are relative to the instant of loading; everything but study time goes through services.
The finished class shows every way out: passed, failed, waiting for approval, waiting for a
marker, one second of study short, too often absent.
"""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from courses.models import CoursePage, LessonPage
from courses.queries import lessons_of
from demo.loaders import answering, certificates
from demo.loaders.study import study
from exams import services as exam_services
from exams.models import (
    Admission,
    Assessment,
    AssessmentScheme,
    Exam,
    PracticalTask,
    TaskAssignment,
)
from exams.services.schemes import DEFAULT
from training import services
from training.models import ClassSession, Enrolment, Programme, TrainingClass
from training.rules.timetable import Activity, read_plan

SOURCE = Path(__file__).resolve().parent.parent / "class_timetable.json"
ISSUER = "赣鄱云商职业培训学校(示例)"
FULL_SECONDS = 54_000
FINISHED_SIZE, RUNNING_SIZE, FILED_SIZE = 24, 30, 12
# What becomes of the people of the finished class, in the order of their places.
FAILED, SUBMITTED, READY, UNMARKED, SHORT, ABSENT = {17, 18}, 19, 20, 21, 22, 23
ATTENDANCE = ["present"] * 17 + ["late"] * 2 + ["leave"]
NOTES = {"优秀": "主动发言，随堂题全对", "良好": "有发言，随堂题基本正确", "合格": "少发言"}


def load(at: datetime) -> None:
    """Programmes and classes; a second run changes nothing."""
    if Programme.objects.filter(code="YY").exists():
        return
    regular, founding = load_programmes(at)
    certificates.load(at)  # before anybody passes: an approval without a scheme issues nothing
    finished, running, filed = _cohorts()
    load_finished(regular, finished, at)
    load_running(regular, running, at)
    load_filed(founding, filed, at)
    load_draft(regular, at)


def _staff(number: str) -> Any:
    return get_user_model().objects.get(number=number)


def load_programmes(at: datetime) -> tuple[Programme, Programme]:
    """The training of operators at 3 600.00 and one entrepreneurship programme at 1 800.00."""
    regular = load_standard(at, issuer=ISSUER)
    founding = _programme("CY", "电商创业培训", "entrepreneurship", 180_000, ["PT-08"], ISSUER, at)
    return regular, founding


def load_standard(at: datetime, *, issuer: str = "") -> Programme:
    """The training of operators, of which the operator of a real site names the training body."""
    tasks = ["PT-01", "PT-02"]
    return _programme("YY", "电商运营人员培训", "regular", 360_000, tasks, issuer, at)


def _programme(
    code: str, title: str, kind: str, fen: int, tasks: list[str], issuer: str, at: datetime
) -> Programme:
    found = Programme.objects.filter(code=code).first()
    if found is not None:  # a site that began empty has it, without a training body
        found.issuer = found.issuer or issuer
        found.save(update_fields=["issuer"])
        return found
    timetable, activities = read_plan(json.loads(SOURCE.read_text(encoding="utf-8")))
    scheme = AssessmentScheme.objects.filter(published_at__isnull=False).first()
    programme = Programme.objects.create(
        code=code,
        title=title,
        kind=kind,
        list_price_fen=fen,
        issuer=issuer,
        required_online_seconds=FULL_SECONDS,
        exam=Exam.objects.get(code="YY-THEORY"),
        assessment_scheme=scheme
        or exam_services.publish_scheme(code="YY", title="培训总评 40/40/20", data=DEFAULT, at=at),
        timetable=timetable,
        activities=activities,
    )
    programme.courses.set(CoursePage.objects.live())
    programme.practical_tasks.set(PracticalTask.objects.filter(code__in=tasks))
    return programme


def _cohorts() -> tuple[list[Any], list[Any], list[Any]]:
    """Trainees of the roster, mixed by category: students for the founding class, then the rest."""
    people = list(
        get_user_model()
        .objects.filter(groups__name="trainee", is_active=True, profile__born_on__isnull=False)
        .select_related("profile")
        .order_by("number")
    )
    students = [person for person in people if person.profile.category == "student"][:FILED_SIZE]
    rest = [person for person in people if person not in students]
    turn: dict[str, int] = {}
    order = {}
    for person in rest:
        category = person.profile.category
        turn[category] = turn.get(category, 0) + 1
        order[person.pk] = (turn[category], person.number)
    mixed = sorted(rest, key=lambda person: order[person.pk])
    running = mixed[FINISHED_SIZE : FINISHED_SIZE + RUNNING_SIZE]
    return mixed[:FINISHED_SIZE], running, students


def _make(
    programme: Programme, name: str, number: int, opens_on: date, at: datetime
) -> TrainingClass:
    quarter = (opens_on.month - 1) // 3 + 1
    return services.create_class(
        programme=programme,
        code=f"{opens_on.year}Q{quarter}-{programme.code}-{number:02d}",
        name=name,
        opens_on=opens_on,
        trainers=[_staff("TR001"), _staff("TR002")],
        capacity=30,
        by=_staff("HR001"),
        at=at,
    )


def _enrol(made: TrainingClass, people: list[Any], at: datetime) -> list[Enrolment]:
    outcome = services.enrol_people(training_class=made, people=people, by=_staff("HR001"), at=at)
    return list(outcome.enrolments)


def _lessons(programme: Programme) -> list[LessonPage]:
    return list(lessons_of(programme.courses.order_by("path")))


def _studies(
    places: list[Enrolment], seconds: list[int], lessons: list[LessonPage], since: datetime
) -> None:
    evening = timezone.localtime(since).replace(hour=19, minute=0, second=0, microsecond=0)
    for place, wanted in zip(places, seconds, strict=True):
        study(person=place.person, lessons=lessons, seconds=wanted, since=evening)
        services.refresh_admissions_of(person=place.person, at=evening + timedelta(days=7))


def _teach(
    made: TrainingClass, places: list[Enrolment], rng: Random, until: datetime, absent: int = -1
) -> None:
    """Attendance and marks of every session that is over."""
    by, planned = (
        _staff("TR001"),
        {activity.code: activity for activity in made.planned_activities()},
    )
    sessions = list(made.sessions.ended(until))
    last = {code: session for session in sessions for code in session.activity_codes}
    for session in sessions:
        states = {
            place.pk: "absent" if index == absent else rng.choice(ATTENDANCE)
            for index, place in enumerate(places)
        }
        services.take_attendance(session=session, states=states, by=by, at=session.ends_at)
        for code in session.activity_codes:
            if last[code] == session and _is_over(made, code, session):
                _mark(made, planned[code], places, rng, session.ends_at, absent)


def _is_over(made: TrainingClass, code: str, session: ClassSession) -> bool:
    later = made.sessions.filter(starts_at__gt=session.starts_at)
    return not any(code in other.activity_codes for other in later)


def _mark(
    made: TrainingClass,
    activity: Activity,
    places: list[Enrolment],
    rng: Random,
    at: datetime,
    absent: int = -1,
) -> None:
    levels = activity.levels[:3]
    marks = []
    for index, place in enumerate(places):
        if index == absent:
            marks.append(services.Mark(place, Decimal(0), "未参加"))
        elif levels:
            level = rng.choices(levels, weights=[3, 5, 2])[0]
            points = Decimal(level.points.numerator) / level.points.denominator
            marks.append(services.Mark(place, points, NOTES[level.name], level.name))
        else:
            marks.append(services.Mark(place, Decimal(rng.randint(14, 19)), "展示材料齐全"))
    services.record_process_marks(
        training_class=made, activity_code=activity.code, marks=marks, by=_staff("TR002"), at=at
    )


@transaction.atomic
def load_finished(programme: Programme, people: list[Any], at: datetime) -> None:
    """Eight weeks ago: taught, examined, marked; most results approved."""
    rng = Random(20261)  # noqa: S311 -- a demo that comes out the same each time
    opens_on = timezone.localdate(at) - timedelta(days=56)
    filed_at = at - timedelta(days=75)
    made = _make(programme, "运营岗集中培训班（上期）", 1, opens_on, filed_at)
    made = services.open_class(training_class=made, by=_staff("HR001"), at=filed_at)
    places = _enrol(made, people, filed_at + timedelta(days=2))
    seconds = [FULL_SECONDS + 60 * rng.randint(0, 60) for _place in places]
    seconds[0], seconds[SHORT] = FULL_SECONDS, FULL_SECONDS - 1
    _studies(places, seconds, _lessons(programme), filed_at + timedelta(days=3))
    exam_at = made.exam_opens_at + timedelta(minutes=2)
    _teach(made, places, rng, exam_at, absent=ABSENT)
    _examine(made, places, rng, exam_at)
    _teach_rest(made, places, rng, exam_at)
    done_at = made.sessions.order_by("-ends_at")[0].ends_at + timedelta(hours=1)
    services.finish_class(training_class=made, by=_staff("HR001"), at=done_at)
    _approve(places, done_at + timedelta(days=3))


def _teach_rest(made: TrainingClass, places: list[Enrolment], rng: Random, after: datetime) -> None:
    """The sessions from the exam on, and the project showcase."""
    for session in made.sessions.filter(ends_at__gt=after):
        states = {place.pk: "present" for place in places[:ABSENT]}
        services.take_attendance(
            session=session, states=states, by=_staff("TR001"), at=session.ends_at
        )
    showcase = next(each for each in made.planned_activities() if each.item == "showcase")
    last = made.sessions.order_by("-ends_at")[0]
    _mark(made, showcase, places, rng, last.ends_at, absent=ABSENT)


def _examine(made: TrainingClass, places: list[Enrolment], rng: Random, exam_at: datetime) -> None:
    grader, second = _staff("GR001"), _staff("GR002")
    marked_at = exam_at + timedelta(days=1)
    for index, place in enumerate(places):
        admission = (
            Admission.objects.valid()
            .filter(sitting=made.sitting_id, person=place.person_id)
            .first()
        )
        if admission is None:
            continue
        skill = 0.3 if index in FAILED else 0.8 + rng.randint(0, 15) / 100
        attempt = answering.sit_theory(admission=admission, skill=skill, rng=rng, at=exam_at)
        if index != UNMARKED:
            answering.mark_by_hand(attempt=attempt, skill=skill, by=grader, at=marked_at)
        for assignment in TaskAssignment.objects.filter(
            person=place.person, context=place.context
        ).order_by("task_version__task__code"):
            handed = answering.hand_in(assignment=assignment, at=exam_at + timedelta(hours=4))
            if index != UNMARKED:
                level = 2 if index in FAILED else rng.choice([0, 1, 1])
                answering.mark_by_rubric(submission=handed, level=level, by=second, at=marked_at)


def _approve(places: list[Enrolment], at: datetime) -> None:
    officer, approver = _staff("OF001"), _staff("AP001")
    for index, place in enumerate(places):
        assessment = Assessment.objects.get(context=place.context)
        if index == READY or assessment.state != "ready":
            continue
        exam_services.submit_assessment(assessment_id=assessment.pk, by=officer, at=at)
        if index != SUBMITTED:
            exam_services.approve_assessment(
                assessment_id=assessment.pk, by=approver, at=at + timedelta(days=1)
            )


@transaction.atomic
def load_running(programme: Programme, people: list[Any], at: datetime) -> None:
    """In its third day: attendance and marks so far, study time from little to enough."""
    rng = Random(20262)  # noqa: S311 -- a demo that comes out the same each time
    opens_on = timezone.localdate(at) - timedelta(days=2)
    made = _make(programme, "运营岗集中培训班（本期）", 2, opens_on, at - timedelta(days=24))
    made = services.open_class(training_class=made, by=_staff("HR001"), at=at - timedelta(days=24))
    places = _enrol(made, people, at - timedelta(days=20))
    seconds = [
        rng.choice([FULL_SECONDS, FULL_SECONDS, 60 * rng.randint(300, 880)]) for _place in places
    ]
    seconds[0], seconds[1], seconds[2] = FULL_SECONDS - 1, FULL_SECONDS, 21_600
    _studies(places, seconds, _lessons(programme), at - timedelta(days=18))
    _teach(made, places, rng, at)


@transaction.atomic
def load_filed(programme: Programme, people: list[Any], at: datetime) -> None:
    """Begins in ten days; students of the entrepreneurship programme are enrolled."""
    opens_on = timezone.localdate(at) + timedelta(days=10)
    made = _make(programme, "大学生电商创业班", 1, opens_on, at - timedelta(days=5))
    made = services.advance_class(
        training_class=made, step="file", by=_staff("HR001"), at=at - timedelta(days=4)
    )
    if people:
        _enrol(made, people, at - timedelta(days=3))


def load_draft(programme: Programme, at: datetime) -> None:
    """Next quarter's class, not filed yet."""
    _make(programme, "运营岗集中培训班（下期）", 3, timezone.localdate(at) + timedelta(days=70), at)
