"""What a trainee's start page shows, asked in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from courses.models import CoursePage, LessonPage
from exams.choices import SubmissionState
from exams.models import Admission, TaskAssignment
from learning.context import lesson_place
from learning.queries import (
    CourseOutline,
    course_outlines,
    own_courses,
    post_path,
    read_courses,
    read_lesson,
)
from learning.rules.outline import next_lesson
from training.choices import EnrolmentState
from training.models import Enrolment
from training.queries import course_ids_of
from training.rules.gate import Gate
from training.rules.plan import pace

SOON = timedelta(days=7)


@dataclass(frozen=True)
class CourseProgress:
    """One course of mine: lessons finished of all, credited seconds of planned."""

    course: CoursePage
    lessons: int
    finished: int
    credited_seconds: int
    planned_seconds: int
    left_seconds: int = 0
    path_lessons: int = 0
    path_finished: int = 0

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
    planned_seconds: int
    started: bool
    place: dict[str, Any] | None = None
    of_my_post: bool = False

    @property
    def left_seconds(self) -> int:
        return max(0, self.planned_seconds - self.credited_seconds)


@dataclass(frozen=True)
class Due:
    """Something to hand in or sit, with its deadline (an instant)."""

    kind: str  # "task", "exam" or "course"
    title: str
    due_at: datetime
    opens_at: datetime | None
    pk: int
    slug: str = ""
    seconds: int = 0  # of a course: what the pace still asks of it

    def state(self, at: datetime) -> str:
        """late, soon (within 7 days) or later."""
        if self.due_at <= at:
            return "late"
        return "soon" if self.due_at - at <= SOON else "later"

    def is_open(self, at: datetime) -> bool:
        return self.opens_at is None or self.opens_at <= at


def study(user: Any) -> tuple[NextLesson | None, list[CourseProgress]]:
    """The lesson to go on with and every course of mine, as my classes run on them.

    What a trainer may read beyond the own courses is no study of theirs.
    Courses with lessons for my post come first.
    """
    courses = read_courses(person=user, courses=own_courses(user))
    outlines = course_outlines(person=user, courses=courses)
    path = post_path(user)
    mine = [_course(outline, path) for outline in outlines]
    return _next(user, outlines, path), sorted(mine, key=lambda each: not each.path_lessons)


def _course(outline: CourseOutline, path: frozenset[int]) -> CourseProgress:
    standings = outline.lessons
    own = [each for each in standings if each.lesson_id in path]
    return CourseProgress(
        course=outline.course,
        lessons=len(standings),
        finished=sum(1 for each in standings if each.is_done),
        credited_seconds=sum(each.counted for each in standings),
        planned_seconds=sum(each.planned_seconds for each in standings),
        left_seconds=sum(each.left for each in standings if not each.is_studied),
        path_lessons=len(own),
        path_finished=sum(1 for each in own if each.is_done),
    )


def _next(user: Any, outlines: Sequence[CourseOutline], path: frozenset[int]) -> NextLesson | None:
    """The unfinished lesson studied last; else the first unfinished one, my post's before all."""
    places = {
        lesson.lesson_id: (outline, module)
        for outline in reversed(outlines)  # a lesson of two courses is read in the first
        for module in outline.modules
        for lesson in module.lessons
    }
    lesson = next_lesson([each for outline in outlines for each in outline.lessons], path)
    if lesson is None:
        return None
    outline, module = places[lesson.lesson_id]
    found = LessonPage.objects.get(pk=lesson.lesson_id)
    page = read_lesson(person=user, lesson=found)[1]
    return NextLesson(
        lesson=page,
        course=outline.course,
        module_title=module.title,
        credited_seconds=lesson.credited_seconds,
        planned_seconds=lesson.planned_seconds,
        started=lesson.last_at is not None,
        of_my_post=lesson.lesson_id in path,
        place=lesson_place(user, page),
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


def courses_due(
    enrolment: Enrolment, mine: Sequence[CourseProgress], gate: Gate, at: datetime
) -> list[Due]:
    """Courses of the class behind the pace, or due within 7 days, until the hours are there."""
    training_class = enrolment.training_class
    if enrolment.state != EnrolmentState.ENROLLED:
        return []
    wanted = set(course_ids_of(training_class))
    courses = [each for each in mine if each.course.pk in wanted]
    stages = pace(
        [each.left_seconds for each in courses],
        earned=gate.online_seconds,
        required=gate.required_online_seconds,
        first=timezone.localdate(enrolment.enrolled_at),
        last=timezone.localdate(training_class.exam_opens_at) - timedelta(days=1),
    )
    found = [
        Due("course", each.course.title, end_of(stage.due_on), None, each.course.pk,
            each.course.slug, stage.seconds)
        for each, stage in zip(courses, stages, strict=True)
        if stage
    ]  # fmt: skip
    return [each for each in found if each.state(at) != "later"]


def end_of(day: date) -> datetime:
    """The end of a day in China: a day named as the last one counts in full."""
    midnight = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())
    return midnight - timedelta(microseconds=1)


def current_enrolment(user: Any) -> Enrolment | None:
    """The place in training; else the one that ended last."""
    places = (
        Enrolment.objects.filter(person=user)
        .select_related("training_class__programme", "person")
        .order_by("-training_class__opens_on", "-pk")
    )
    open_place = places.filter(state=EnrolmentState.ENROLLED).first()
    return open_place or places.first()
