"""The outline of a course."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.queries import goals_of
from learning.queries import course_outlines, visible_courses

MOST_GOALS = 5


@login_required
@require_safe
def course_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Modules and lessons with one's own progress; 404 without a grant."""
    course = get_object_or_404(visible_courses(request.user), slug=slug)
    (outline,) = course_outlines(person=request.user, courses=[course])
    now = outline.now
    here = next((m for m in outline.modules if now in m.lessons), None)
    lesson_ids = [lesson.lesson_id for lesson in (here.lessons if here else outline.lessons)]
    context = {
        "course": course,
        "outline": outline,
        "now": now,
        "goals": goals_of(lesson_ids)[:MOST_GOALS],
    }
    return render(request, "learning/course_detail.html", context)
