"""What a trainee's start page shows, asked in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from courses.models import CoursePage, LessonPage, ModulePage
from exams.choices import SubmissionState
from exams.models import Admission, TaskAssignment
from learning.context import lesson_place
from learning.models import LessonProgress
from learning.queries import visible_courses, visible_lessons
from training.choices import EnrolmentState
from training.models import Enrolment
from training.queries import course_ids_of
from training.rules.plan import due_days

SOON = timedelta(days=7)


@dataclass(frozen=True)
class CourseProgress:
    """One course of mine: lessons finished of all, credited seconds of planned."""

    course: CoursePage
    lessons: int
    finished: int
    credited_seconds: int
    planned_seconds: int

    @property
    def is_finished(self) -> bool:
        return self.lessons > 0 and self.finished == self.lessons


@dataclass(frozen=True)
class NextLesson:
    """The lesson to go on with, where it stands, and how far it is."""

    lesson: LessonPage
    course: CoursePage
    module_title: str
    credited_seconds: int
    started: bool
    place: dict[str, Any] | None = None

    @property
    def left_seconds(self) -> int:
        return max(0, self.lesson.planned_seconds - self.credited_seconds)


@dataclass(frozen=True)
class Due:
    """Something to hand in or sit, with its deadline (an instant)."""

    kind: str  # "task", "exam" or "course"
    title: str
    due_at: datetime
    opens_at: datetime | None
    pk: int
    slug: str = ""

    def state(self, at: datetime) -> str:
        """late, soon (within 7 days) or later."""
        if self.due_at <= at:
            return "late"
        return "soon" if self.due_at - at <= SOON else "later"

    def is_open(self, at: datetime) -> bool:
        return self.opens_at is None or self.opens_at <= at


def study(user: Any) -> tuple[NextLesson | None, list[CourseProgress]]:
    """The lesson to go on with and every course of mine."""
    courses = list(visible_courses(user))
    lessons = list(visible_lessons(user)) if courses else []
    progress = {
        row.lesson_id: row
        for row in LessonProgress.objects.filter(person=user, lesson__in=[x.pk for x in lessons])
    }
    mine = [_course(course, lessons, progress) for course in courses]
    return _next(user, courses, lessons, progress), mine


def _course(
    course: CoursePage, lessons: Sequence[LessonPage], progress: dict[int, LessonProgress]
) -> CourseProgress:
    own = [lesson for lesson in lessons if lesson.path.startswith(course.path)]
    rows = [(lesson, progress.get(lesson.pk)) for lesson in own]
    return CourseProgress(
        course=course,
        lessons=len(own),
        finished=sum(1 for _lesson, row in rows if row and row.completed_at),
        credited_seconds=sum(
            min(row.credited_seconds, lesson.planned_seconds) for lesson, row in rows if row
        ),
        planned_seconds=sum(lesson.planned_seconds for lesson in own),
    )


def _next(
    user: Any,
    courses: Sequence[CoursePage],
    lessons: Sequence[LessonPage],
    progress: dict[int, LessonProgress],
) -> NextLesson | None:
    """The unfinished lesson studied last; else the first unfinished one."""
    unfinished = [x for x in lessons if not (x.pk in progress and progress[x.pk].completed_at)]
    if not unfinished:
        return None
    begun = [x for x in unfinished if x.pk in progress]
    lesson = max(begun, key=lambda x: progress[x.pk].last_at) if begun else unfinished[0]
    module = ModulePage.objects.parent_of(lesson).first()
    row = progress.get(lesson.pk)
    return NextLesson(
        lesson=lesson,
        course=next(c for c in courses if lesson.path.startswith(c.path)),
        module_title=module.title if module else "",
        credited_seconds=row.credited_seconds if row else 0,
        started=row is not None,
        place=lesson_place(user, lesson),
    )


def due(user: Any, at: datetime) -> list[Due]:
    """Tasks not handed in and exams I am admitted to, the most urgent first."""
    handed_in = {SubmissionState.HANDED_IN, SubmissionState.MARKED}
    tasks = (
        TaskAssignment.objects.filter(person=user, due_at__isnull=False)
        .exclude(submissions__state__in=handed_in)
        .select_related("task_version")
    )
    sittings = (
        Admission.objects.valid()
        .filter(person=user)
        .exclude(attempts__submitted_at__isnull=False)
        .select_related("sitting")
    )
    found = [
        Due("task", row.task_version.title, row.due_at, None, row.pk) for row in tasks if row.due_at
    ]
    for row in sittings:
        opens_at, closes_at = row.window
        if closes_at > at:
            found.append(Due("exam", row.sitting.title, closes_at, opens_at, row.pk))
    return sorted(found, key=lambda each: each.due_at)


def courses_due(enrolment: Enrolment, mine: Sequence[CourseProgress], at: datetime) -> list[Due]:
    """Courses of the class behind the pace, or due within 7 days. Ask only while hours miss."""
    training_class = enrolment.training_class
    if enrolment.state != EnrolmentState.ENROLLED:
        return []
    wanted = set(course_ids_of(training_class))
    courses = [each for each in mine if each.course.pk in wanted]
    last = timezone.localdate(training_class.exam_opens_at) - timedelta(days=1)
    days = due_days(
        [each.planned_seconds for each in courses],
        first=timezone.localdate(enrolment.enrolled_at),
        last=last,
    )
    found = [
        Due("course", each.course.title, end_of(day), None, each.course.pk, each.course.slug)
        for each, day in zip(courses, days, strict=True)
        if each.lessons and not each.is_finished
    ]
    return [each for each in found if each.state(at) != "later"]


def end_of(day: date) -> datetime:
    """The end of a day in China: a day named as the last one counts in full."""
    midnight = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
    return midnight - timedelta(minutes=1)


def current_enrolment(user: Any) -> Enrolment | None:
    """The place in training; else the one that ended last."""
    places = (
        Enrolment.objects.filter(person=user)
        .select_related("training_class__programme", "person")
        .order_by("-training_class__opens_on", "-pk")
    )
    open_place = places.filter(state=EnrolmentState.ENROLLED).first()
    return open_place or places.first()
