"""Searching inside the lessons."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.rules.words import needles
from kit.http import only_filters
from learning.queries import visible_courses
from learning.queries.search import MOST_FOUND, search_lessons

LONGEST_QUERY = 60


@login_required
@require_safe
@only_filters("q", "course")
def lesson_search(request: HttpRequest) -> HttpResponse:
    """Lessons that say what was asked, in all own courses or inside one; 404 for a closed one."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    courses = visible_courses(request.user)
    course = None
    if slug := request.GET.get("course", ""):
        course = get_object_or_404(courses, slug=slug)
        courses = courses.filter(pk=course.pk)
    found = search_lessons(person=request.user, courses=courses, query=query)
    context = {
        "q": query,
        "asked": bool(needles(query)),
        "course": course,
        "found": found,
        "is_cut": len(found) >= MOST_FOUND,
        "longest_query": LONGEST_QUERY,
    }
    return render(request, "learning/lesson_search.html", context)
