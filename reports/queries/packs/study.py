"""Online study down to the lesson."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q

from courses.models import VersionLesson
from courses.queries import ever_lessons_of
from learning.models import CheckAnswer, HandIn, LessonProgress
from learning.rules.crediting import counted_seconds
from reports.queries.packs.spelling import instant
from training.models import Enrolment, TrainingClass
from training.queries import version_ids_of
from training.rules.gate import Gate


def gate_facts(gate: Gate) -> dict[str, Any]:
    """The figures that admit to the exam, as the gate itself counts them."""
    return {
        "online_seconds": gate.online_seconds,
        "hours_met": gate.hours_met,
        "sessions_ended": gate.attendance.ended,
        "sessions_attended": gate.attendance.attended,
        "sessions_unrecorded": gate.attendance.unrecorded,
        "attendance_met": gate.attendance_met,
    }


def lessons_of_people(
    training_class: TrainingClass, places: Sequence[Enrolment]
) -> dict[int, list[dict[str, Any]]]:
    """Enrolment id → every lesson studied, in the order of the tree.

    `counted` is what the class hours take of `credited`: no lesson more than it plans.
    """
    by_person = {place.person_id: place.pk for place in places}
    lessons = _lessons(training_class)
    answers = _answers(by_person, lessons)
    hand_ins = _hand_ins(by_person, lessons)
    found: dict[int, list[dict[str, Any]]] = {place.pk: [] for place in places}
    rows = LessonProgress.objects.filter(person__in=by_person, lesson__in=lessons)
    for row in rows.order_by("lesson__path"):
        course, title, planned = lessons[row.lesson_id]
        key = (row.person_id, row.lesson_id)
        found[by_person[row.person_id]].append(
            {
                "id": row.lesson_id,
                "course": course,
                "title": title,
                "planned": planned,
                "credited": row.credited_seconds,
                "uncounted": row.uncounted_seconds,
                "counted": counted_seconds(
                    credited_seconds=row.standing_seconds, planned_seconds=planned
                ),
                "checks": answers.get(key, (0, 0))[0],
                "checks_right": answers.get(key, (0, 0))[1],
                "hand_ins": hand_ins.get(key, 0),
                "completed_at": instant(row.completed_at),
                "last_at": instant(row.last_at),
            }
        )
    return found


def _lessons(training_class: TrainingClass) -> dict[int, tuple[str, str, int]]:
    """Lesson id → course, title and planned seconds, in the versions that the class runs on.

    A class without versions, a draft, goes by the pages, also those taken offline.
    """
    pinned = VersionLesson.objects.filter(course_version__in=version_ids_of(training_class))
    frozen = pinned.select_related("course_version", "lesson_version")
    found = {
        row.lesson_id: (
            row.course_version.title, row.lesson_version.title, row.lesson_version.planned_seconds
        )
        for row in frozen.order_by("course_version__course", "module", "place")
    }  # fmt: skip
    if found:
        return found
    courses = list(training_class.programme.courses.order_by("path"))
    return {
        pk: (next(one.title for one in courses if path.startswith(one.path)), title, planned)
        for pk, path, title, planned in ever_lessons_of(courses).values_list(
            "pk", "path", "title", "planned_seconds"
        )
    }


def _answers(people: Any, lessons: Any) -> dict[tuple[int, int], tuple[int, int]]:
    rows = (
        CheckAnswer.objects.filter(person__in=people, lesson__in=lessons)
        .order_by()
        .values_list("person_id", "lesson_id")
        .annotate(given=Count("pk"), right=Count("pk", filter=Q(correct=True)))
    )
    return {(person, lesson): (given, right) for person, lesson, given, right in rows}


def _hand_ins(people: Any, lessons: Any) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = defaultdict(int)
    rows = HandIn.objects.filter(person__in=people, lesson__in=lessons).order_by()
    for person, lesson, number in rows.values_list("person_id", "lesson_id").annotate(Count("pk")):
        found[person, lesson] = number
    return found
