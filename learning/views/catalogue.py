"""The catalogue: every published course, for whom it is, and whether it is open to the reader."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.forms.catalogue import CatalogueFilter
from courses.models import CoursePage
from courses.queries import course_facts
from kit.http import only_filters
from learning.permissions import previews_courses
from learning.queries import visible_courses
from people.queries import people_with_role
from people.roles import HR

PAGE = 24
MOST_NAMES = 3
MOST_POSTS = 3


@login_required
@require_safe
@only_filters("q", "field", "post", "level", "open", "page")
def catalogue_list(request: HttpRequest) -> HttpResponse:
    """All published courses by field, post and level; what is closed says whom to ask."""
    form = CatalogueFilter(request.GET)
    opened = visible_courses(request.user)
    courses = form.narrow(CoursePage.objects.live().order_by("path"), opened=opened)
    page = Paginator(courses, PAGE).get_page(request.GET.get("page"))
    here = list(page)
    facts = course_facts(here)
    open_ids = set(opened.filter(pk__in=facts).values_list("pk", flat=True))
    context = {
        "filter": form,
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "rows": [(course, facts[course.pk], course.pk in open_ids) for course in here],
        "most_posts": MOST_POSTS,
        "previews": previews_courses(request.user),
        "askable": list(people_with_role(HR)[:MOST_NAMES]),
    }
    return render(request, "learning/catalogue_list.html", context)
