"""The class, its plan, what was taught and who was there."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum

from audit.models import AuditRow
from courses.models import CourseVersion
from courses.queries import lessons_of
from reports.queries.packs.spelling import day, instant, who
from training.models import Attendance, Enrolment, TrainingClass

STEP_KIND = "training.trainingclass"
SESSION_KIND = "training.classsession"
TAKEN = "training.attendance_taken"


def class_facts(training_class: TrainingClass) -> dict[str, Any]:
    """The class as it stands."""
    return {
        "ref": f"{STEP_KIND}:{training_class.pk}",
        "code": training_class.code,
        "name": training_class.name,
        "state": training_class.state,
        "opens_on": day(training_class.opens_on),
        "closes_on": day(training_class.closes_on),
        "capacity": training_class.capacity,
        "enrolled": training_class.enrolments.count(),
        "trainers": [who(person) for person in training_class.trainers.order_by("number")],
        "required_online_seconds": training_class.required_online_seconds,
        "required_attendance_percent": training_class.required_attendance_percent,
        "exam_opens_at": instant(training_class.exam_opens_at),
        "exam_closes_at": instant(training_class.exam_closes_at),
        "finished_at": instant(training_class.finished_at),
    }


def programme_facts(training_class: TrainingClass) -> dict[str, Any]:
    """The plan (培训方案): exam, weights, practical tasks, scored activities of the class."""
    programme = training_class.programme
    scheme = programme.assessment_scheme
    return {
        "ref": f"training.programme:{programme.pk}",
        "code": programme.code,
        "title": programme.title,
        "kind": programme.kind,
        "issuer": programme.issuer,
        "exam": programme.exam.title if programme.exam else "",
        "scheme": scheme.data if scheme else {},
        "tasks": [str(task) for task in programme.practical_tasks.order_by("code")],
        "activities": [
            {
                "code": activity.code,
                "item": activity.item,
                "title": activity.title,
                "points": str(activity.points),
                "evidence": activity.evidence,
            }
            for activity in training_class.planned_activities()
        ],
    }


def course_facts(training_class: TrainingClass) -> list[dict[str, Any]]:
    """The courses whose study counts, with the lessons and seconds they plan.

    In the order in which the class was given them, whatever moved in the catalogue since.
    """
    if versions := _counted(training_class):
        return [_version_facts(version) for version in versions]
    courses = list(training_class.programme.courses.order_by("path"))
    lessons = list(lessons_of(courses).values_list("path", "planned_seconds"))
    return [
        {
            "ref": f"courses.coursepage:{course.pk}",
            "title": course.title,
            "version": "",
            "digest": "",
            "lessons": sum(path.startswith(course.path) for path, _seconds in lessons),
            "seconds": sum(seconds for path, seconds in lessons if path.startswith(course.path)),
        }
        for course in courses
    ]


def _counted(training_class: TrainingClass) -> list[CourseVersion]:
    """The versions the class runs on, with what they hold."""
    pinned = training_class.class_courses.order_by("pk").values_list("version_id", flat=True)
    order = {pk: place for place, pk in enumerate(pinned)}
    counted = CourseVersion.objects.filter(pk__in=order).annotate(
        lessons=Count("places"), seconds=Sum("places__lesson_version__planned_seconds", default=0)
    )
    return sorted(counted, key=lambda version: order[version.pk])


def _version_facts(version: Any) -> dict[str, Any]:
    return {
        "ref": f"courses.coursepage:{version.course_id}",
        "title": version.title,
        "version": version.number,
        "digest": version.digest,
        "lessons": version.lessons,
        "seconds": version.seconds,
    }


def steps_of(training_class: TrainingClass) -> list[dict[str, str]]:
    """What became of the class, who did it and when: made, filed, opened, finished, closed."""
    rows = AuditRow.objects.filter(object_kind=STEP_KIND, object_id=str(training_class.pk)).filter(
        action__startswith="training.class_"
    )
    return [
        {
            "step": row.action.removeprefix("training.class_"),
            "by": row.actor_label,
            "at": instant(row.at),
        }
        for row in rows.order_by("pk")
    ]


def session_facts(
    training_class: TrainingClass, places: Sequence[Enrolment] | None, *, at: datetime
) -> list[dict[str, Any]]:
    """The timetable, and of each session's sheet who kept it and how many were in which state.

    With `places`, only their rows are counted.
    """
    states: dict[int, Counter[str]] = defaultdict(Counter)
    keepers: dict[int, set[str]] = defaultdict(set)
    rows = Attendance.objects.filter(session__training_class=training_class)
    if places is not None:
        rows = rows.filter(enrolment__in=[place.pk for place in places])
    for pk, state, name, number in rows.order_by().values_list(
        "session_id", "state", "recorded_by__name", "recorded_by__number"
    ):
        states[pk][state] += 1
        keepers[pk].add(f"{name} {number}")
    return [
        {
            "ref": f"{SESSION_KIND}:{session.pk}",
            "id": session.pk,
            "day": session.day,
            "number": session.number,
            "starts_at": instant(session.starts_at),
            "ends_at": instant(session.ends_at),
            "title": session.title,
            "theme": session.theme,
            "mode": session.mode,
            "room": session.room,
            "seconds": session.seconds,
            "ended": session.ends_at <= at,
            "states": dict(states[session.pk]),
            "kept_by": sorted(keepers[session.pk]),
        }
        for session in training_class.sessions.all()
    ]


def person_facts(place: Enrolment) -> dict[str, Any]:
    """Who it is (the ID number masked), and the place in the class."""
    profile = getattr(place.person, "profile", None)
    unit = profile.unit if profile else None
    return {
        "ref": f"training.enrolment:{place.pk}",
        "id": place.pk,
        "person_id": place.person_id,
        "name": place.person.name,
        "number": place.person.number,
        "id_masked": profile.id_number_masked if profile else "",
        "unit": unit.full_name if unit else "",
        "post": profile.post.name if profile and profile.post else "",
        "category": place.category,
        "state": place.state,
        "enrolled_at": instant(place.enrolled_at),
        "enrolled_by": who(place.enrolled_by),
        "admitted_at": instant(place.admitted_at),
        "completed_at": instant(place.completed_at),
    }


def attendance_of(
    training_class: TrainingClass, places: Sequence[Enrolment]
) -> dict[int, list[dict[str, Any]]]:
    """Enrolment id → what the sheets say of them, in the order of the timetable."""
    found: dict[int, list[dict[str, Any]]] = {place.pk: [] for place in places}
    rows = (
        Attendance.objects.filter(session__training_class=training_class, enrolment__in=found)
        .order_by("session__day", "session__number", "pk")
        .select_related("recorded_by")
    )
    for row in rows:
        found[row.enrolment_id].append(
            {
                "session": row.session_id,
                "state": row.state,
                "late_reason": row.late_reason,
                "by": who(row.recorded_by),
                "at": instant(row.recorded_at),
            }
        )
    return found


def corrections_of(training_class: TrainingClass) -> dict[int, list[dict[str, Any]]]:
    """Enrolment id → entries made later (补签) or replaced: from, to, who, when, why."""
    sessions = [str(pk) for pk in training_class.sessions.values_list("pk", flat=True)]
    rows = AuditRow.objects.filter(action=TAKEN, object_kind=SESSION_KIND, object_id__in=sessions)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.order_by("pk"):
        late, why = row.detail.get("late", []), row.detail.get("late_reason", "")
        for enrolment, change in row.detail.items():
            if not enrolment.isdigit() or (change[0] is None and int(enrolment) not in late):
                continue
            found[int(enrolment)].append(
                {
                    "session": int(row.object_id),
                    "from": change[0],
                    "to": change[1],
                    "by": row.actor_label,
                    "at": instant(row.at),
                    "reason": why if int(enrolment) in late else "",
                }
            )
    return found
