"""Freezing a course when something of it is published, unpublished or moved."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from audit.context import current_actor
from audit.services import record
from courses.blocks.question_check import words_by_question
from courses.models import (
    CoursePage,
    CourseVersion,
    LessonPage,
    LessonText,
    LessonVersion,
    ModulePage,
    VersionLesson,
)
from courses.queries import lessons_of, modules_of
from courses.rules.checks import Words, in_words, questions_named
from courses.rules.versions import (
    PLAIN,
    STREAMS,
    check_ids,
    course_digest,
    lesson_content,
    lesson_digest,
)
from courses.services.flagging import flag_questions, last_placed
from courses.services.indexing import index_row

_put_off: ContextVar[dict[int, CoursePage] | None] = ContextVar("put_off", default=None)


@contextmanager
def frozen_once(*, at: datetime) -> Iterator[None]:
    """Many publishings, one version of each course: freezing waits for the end of the block.

    The caller opens the transaction. An error leaves nothing frozen.
    """
    waiting: dict[int, CoursePage] = {}
    token = _put_off.set(waiting)
    try:
        yield
    finally:
        _put_off.reset(token)
    for course in waiting.values():
        freeze_course(course=course, at=at)


def freeze_course(*, course: CoursePage, at: datetime) -> CourseVersion | None:
    """The version of a published course as it stands now; a new one only when it reads
    differently from the last. None while the course was never published or a block of
    `frozen_once` is open.
    """
    waiting = _put_off.get()
    if waiting is not None:
        waiting[course.pk] = course
        return None
    with transaction.atomic():
        locked = CoursePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
        newest: CourseVersion | None = locked.versions.order_by("-number").first()
        if not locked.live:
            return newest
        now = _standing(locked)
        if newest is not None and newest.digest == now.digest:
            return newest
        return _write(locked, now, number=newest.number + 1 if newest else 1, at=at)


@dataclass(frozen=True)
class _Standing:
    """A course as it stands in the tree: its outline and (lesson, module, content) in order."""

    outline: dict[str, Any]
    lessons: list[tuple[LessonPage, int, dict[str, Any], str]]

    @property
    def digest(self) -> str:
        return course_digest(
            course=self.outline,
            lessons=((page.pk, str(module), mark) for page, module, _content, mark in self.lessons),
        )


def _standing(course: CoursePage) -> _Standing:
    modules = list(modules_of([course]))
    outline = {
        "slug": course.slug,
        "title": course.title,
        "intro": course.intro,
        "kind": course.kind,
        "modules": [{"id": one.pk, "title": one.title, "slug": one.slug} for one in modules],
    }
    places = {module.path: place for place, module in enumerate(modules)}
    pages = list(lessons_of([course]).prefetch_related("lesson_posts__tag"))
    asked = words_by_question(
        set().union(*(questions_named(page.checks.get_prep_value()) for page in pages))
    )
    lessons = []
    for lesson in pages:
        content = content_of(lesson, asked)
        module = places[lesson.path[: -ModulePage.steplen]]
        lessons.append((lesson, module, content, lesson_digest(content)))
    return _Standing(outline, lessons)


def content_of(lesson: LessonPage, asked: Mapping[int, Words]) -> dict[str, Any]:
    """What would be frozen of this lesson as it stands; `asked` holds its questions' words."""
    streams = {name: getattr(lesson, name).get_prep_value() for name in STREAMS}
    return lesson_content(
        fields={name: getattr(lesson, name) for name in PLAIN},
        streams=streams | {"checks": in_words(streams["checks"], asked)},
        posts=(link.tag.name for link in lesson.lesson_posts.all()),
    )


def _write(course: CoursePage, now: _Standing, *, number: int, at: datetime) -> CourseVersion:
    versions = _lesson_versions(now, at)
    before = last_placed([page.pk for page, *_rest in now.lessons])
    made = CourseVersion.objects.create(
        course=course,
        number=number,
        digest=now.digest,
        outline=now.outline,
        published_at=at,
        published_by=current_actor().label[:160],
    )
    places = VersionLesson.objects.bulk_create(
        VersionLesson(
            course_version=made,
            lesson=page,
            lesson_version=versions[page.pk, mark],
            module=module,
            place=place,
        )
        for place, (page, module, _content, mark) in enumerate(now.lessons)
    )
    detail = {"number": number, "digest": made.digest, "lessons": len(now.lessons)}
    record(action="courses.version_frozen", at=at, obj=course, detail=detail)
    flag_questions(places=places, before=before, at=at)
    return made


def _lesson_versions(now: _Standing, at: datetime) -> dict[tuple[int, str], LessonVersion]:
    """(lesson, digest) → its row; what was published before in the same words is used again."""
    ids = [page.pk for page, *_rest in now.lessons]
    found = {(row.lesson_id, row.digest): row for row in _named(ids)}
    last = dict(
        LessonVersion.objects.filter(lesson__in=ids)
        .order_by()
        .values_list("lesson")
        .annotate(Max("number"))
    )
    new = LessonVersion.objects.bulk_create(
        LessonVersion(
            lesson=page,
            number=last.get(page.pk, 0) + 1,
            digest=mark,
            content=content,
            title=content["title"],
            level=content["level"],
            planned_seconds=content["planned_seconds"],
            check_ids=check_ids(content),
            frozen_at=at,
        )
        for page, _module, content, mark in now.lessons
        if (page.pk, mark) not in found
    )
    LessonText.objects.bulk_create(index_row(version) for version in new)
    return found | {(row.lesson_id, row.digest): row for row in new}


def _named(lesson_ids: Iterable[int]) -> Iterable[LessonVersion]:
    return LessonVersion.objects.filter(lesson__in=lesson_ids).only("lesson_id", "digest")
