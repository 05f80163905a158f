"""Online study down to the lesson."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Count

from learning.models import CheckAnswer, HandIn, LedgerEntry, LessonProgress
from learning.rules.crediting import counted_seconds
from people.queries import working_weeks
from people.rules.working_hours import WeekOn
from reports.queries.packs.spelling import instant
from training.models import Attendance, ClassSession, Enrolment, TrainingClass
from training.queries import PlannedLesson, plans_of
from training.rules.gate import Gate
from training.rules.hours import Credited, Split, classroom_split


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


def study_of_people(
    training_class: TrainingClass, places: Sequence[Enrolment]
) -> dict[str, dict[int, Any]]:
    """What the full record says of study, by part and enrolment id.

    `lessons`: every lesson studied, in the order in which the class runs them; `counted` is what
    the class hours take of `credited`: no lesson more than it plans. `working_hours`: what of the
    credited and of the attended time fell inside and outside working hours. `answers`: each check
    answered, in the words that were answered.
    """
    people = {place.person_id for place in places}
    plan = plans_of([training_class.pk])[training_class.pk]
    weeks = working_weeks(people)
    online = _splits(people, plan, weeks)
    sessions = list(training_class.sessions.all())
    attended = _attended(places)
    rows = LessonProgress.objects.filter(person__in=people, lesson__in=plan)
    progress = {(row.person_id, row.lesson_id): row for row in rows}
    answers = _answers(people, plan)
    hand_ins = _hand_ins(people, plan)
    parts: dict[str, dict[int, Any]] = {"lessons": {}, "working_hours": {}, "answers": {}}
    for place in places:
        keys = [(place.person_id, lesson_id) for lesson_id in plan]
        parts["lessons"][place.pk] = [
            _lesson(
                plan[key[1]], progress[key], online.get(key, Split()), answers.get(key, ()),
                hand_ins.get(key, 0),
            )
            for key in keys
            if key in progress
        ]  # fmt: skip
        week = weeks[place.person_id]
        sat = [_session_split(one, week) for one in sessions if (place.pk, one.pk) in attended]
        studied = [online.get(key, Split()) for key in keys]
        parts["working_hours"][place.pk] = _working_hours(studied, sat)
        parts["answers"][place.pk] = [
            _answer(answer, plan[key[1]]) for key in keys for answer in answers.get(key, ())
        ]
    return parts


def _lesson(
    lesson: PlannedLesson,
    row: LessonProgress,
    split: Split,
    answers: Sequence[CheckAnswer],
    hand_ins: int,
) -> dict[str, Any]:
    return {
        "id": lesson.lesson_id,
        "course": lesson.course,
        "title": lesson.title,
        "version": lesson.version,
        "planned": lesson.seconds,
        "credited": row.credited_seconds,
        "inside": split.inside,
        "outside": split.outside,
        "uncounted": row.uncounted_seconds,
        "counted": counted_seconds(
            credited_seconds=row.standing_seconds, planned_seconds=lesson.seconds
        ),
        "checks": len(answers),
        "checks_right": sum(answer.correct for answer in answers),
        "hand_ins": hand_ins,
        "completed_at": instant(row.completed_at),
        "last_at": instant(row.last_at),
    }


def _splits(
    people: Collection[int], lessons: Collection[int], weeks: Mapping[int, WeekOn]
) -> dict[tuple[int, int], Split]:
    """(person, lesson) → the credited seconds by working hours, added up from the ledger."""
    rows = LedgerEntry.objects.filter(person__in=people, lesson__in=lessons).order_by("pk")
    found: dict[tuple[int, int], Split] = defaultdict(Split)
    entries = rows.values_list("person_id", "lesson_id", "day", "at", "seconds")
    for person_id, lesson_id, day, at, seconds in entries.iterator():
        credited = Credited(lesson_id, day, at, seconds)
        found[person_id, lesson_id] += credited.split(weeks[person_id])
    return dict(found)


def _attended(places: Sequence[Enrolment]) -> set[tuple[int, int]]:
    rows = Attendance.objects.attended().filter(enrolment__in=[place.pk for place in places])
    return set(rows.values_list("enrolment_id", "session_id"))


def _session_split(session: ClassSession, week: WeekOn) -> Split:
    return classroom_split(
        starts_at=session.starts_at, ends_at=session.ends_at, seconds=session.seconds, week=week
    )


def _working_hours(online: Iterable[Split], in_class: Iterable[Split]) -> dict[str, int]:
    studied, sat = sum(online, Split()), sum(in_class, Split())
    return {
        "online_inside": studied.inside,
        "online_outside": studied.outside,
        "class_inside": sat.inside,
        "class_outside": sat.outside,
    }


def _answers(people: Any, lessons: Any) -> dict[tuple[int, int], list[CheckAnswer]]:
    rows = CheckAnswer.objects.filter(person__in=people, lesson__in=lessons)
    found: dict[tuple[int, int], list[CheckAnswer]] = defaultdict(list)
    known = rows.select_related("lesson_version").defer("lesson_version__content")
    for row in known.order_by("answered_at", "pk"):
        found[row.person_id, row.lesson_id].append(row)
    return dict(found)


def _answer(row: CheckAnswer, lesson: PlannedLesson) -> dict[str, Any]:
    """A check in the words in which it was answered; rows from before those were kept have none."""
    read = row.lesson_version
    return {
        "lesson": row.lesson_id,
        "title": read.title if read else lesson.title,
        "version": read.number if read else None,
        "stem": row.asked.get("stem", ""),
        "chosen": row.chosen,
        "correct": row.correct,
        "at": instant(row.answered_at),
    }


def _hand_ins(people: Any, lessons: Any) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = defaultdict(int)
    rows = HandIn.objects.filter(person__in=people, lesson__in=lessons).order_by()
    for person, lesson, number in rows.values_list("person_id", "lesson_id").annotate(Count("pk")):
        found[person, lesson] = number
    return found
