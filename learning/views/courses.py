"""The outline of a course."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.models import CoursePage
from learning.queries import (
    CourseOutline,
    course_outlines,
    course_progress,
    first_goals,
    post_path,
    read_courses,
    visible_courses,
)
from learning.rules.outline import next_lesson, path_first

MOST_GOALS = 5


@login_required
@require_safe
def course_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Modules and lessons with one's own progress; 404 without a grant."""
    outline = _outline_or_404(request, slug)
    course = outline.course
    path = post_path(request.user)
    now = next_lesson(outline.lessons, path)
    here = next((m for m in outline.modules if now in m.lessons), None)
    lesson_ids = [lesson.lesson_id for lesson in (here.lessons if here else outline.lessons)]
    context = {
        "course": course,
        "outline": outline,
        "now": now,
        "path": path,
        "goals": first_goals(course=course, lesson_ids=lesson_ids)[:MOST_GOALS],
    }
    return render(request, "learning/course_detail.html", context)


def _outline_or_404(request: HttpRequest, slug: str) -> CourseOutline:
    """The course as this person reads it; 404 for whom it is closed."""
    found = get_object_or_404(visible_courses(request.user), slug=slug)
    courses = read_courses(person=request.user, courses=[found])
    return course_outlines(person=request.user, courses=courses)[0]


@login_required
@require_safe
def course_end(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the last lesson leads: what is done, what is missing, where to go next."""
    outline = _outline_or_404(request, slug)
    course = outline.course
    path = post_path(request.user)
    now = next_lesson(outline.lessons, path)
    missing = path_first([lesson for lesson in outline.lessons if not lesson.is_done], path)
    context = {
        "course": course,
        "outline": outline,
        "missing": missing,
        "left_seconds": sum(lesson.left for lesson in missing),
        "now": now,
        "path": path,
        "following": None if now else _following(course_progress(request.user), course, path),
    }
    return render(request, "learning/course_end.html", context)


def _following(
    mine: list[CourseOutline], course: CoursePage, path: frozenset[int]
) -> dict[str, Any] | None:
    """The next own course with something left to study; after the last one, the first.

    Courses with something left of the own path come before the others.
    """
    nexts = [(outline, next_lesson(outline.lessons, path)) for outline in mine]
    open_ones = [(outline.course, lesson) for outline, lesson in nexts if lesson]
    later = [each for each in open_ones if each[0].path > course.path]
    ordered = sorted([*later, *open_ones], key=lambda each: each[1].lesson_id not in path)
    return {"course": ordered[0][0], "lesson": ordered[0][1]} if ordered else None
