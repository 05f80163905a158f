"""What every lesson plans and what it is made of: a page for those who answer for it, and CSV."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.queries import LessonHours, lesson_hours, planned_by_post, published_lessons
from kit.http import only_filters, private_file_response
from kit.spreadsheets import write_csv
from kit.tables import Column
from people.permissions import role_required
from people.roles import AUDITOR, EDITOR, REVIEWER

PAGE = 50
BATCH = 100


@role_required(EDITOR, REVIEWER, AUDITOR)
@require_safe
@only_filters("page")
def hours_list(request: HttpRequest) -> HttpResponse:
    """Every published lesson with characters, parts and planned seconds; hours of each post."""
    page = Paginator(published_lessons(), PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "rows": [(each, parts_by_name(each)) for each in lesson_hours(page.object_list)],
        "posts": planned_by_post().items(),
    }
    return render(request, "courses/hours_list.html", context)


@role_required(EDITOR, REVIEWER, AUDITOR)
@require_safe
@only_filters()
def hours_export(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV, one row a lesson."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hours.csv"
        write_csv(path, columns=columns(), rows=csv_rows())
        # The open file outlives its folder; the answer closes it.
        handle = path.open("rb")
    name = f"{_('Lesson hours')}-{timezone.localdate():%Y%m%d}.csv"
    return private_file_response(handle, name)


def parts_by_name(each: LessonHours) -> dict[str, int]:
    """Part of the lesson → its seconds."""
    return {part.name: part.seconds for part in each.parts}


def columns() -> list[Column]:
    """What the CSV holds; all times are in seconds."""
    return [
        Column("slug", _("Lesson code")),
        Column("title", _("Lesson")),
        Column("posts", _("Posts")),
        Column("characters", _("Characters"), "int"),
        Column("reading", _("Reading, seconds"), "int"),
        Column("worked_example", _("Worked example, seconds"), "int"),
        Column("drill", _("Drill, seconds"), "int"),
        Column("case", _("Case, seconds"), "int"),
        Column("checks", _("Checks, seconds"), "int"),
        Column("honest", _("All parts, seconds"), "int"),
        Column("planned", _("Planned, seconds"), "int"),
    ]


def csv_rows() -> Iterator[dict[str, Any]]:
    """One row a lesson; texts are read a hundred lessons at a time."""
    for each in _in_batches():
        yield {
            "slug": each.slug,
            "title": each.title,
            "posts": "、".join(each.posts),
            "characters": each.parts[0].amount,
            **parts_by_name(each),
            "honest": each.honest_seconds,
            "planned": each.planned_seconds,
        }


def _in_batches() -> Iterator[LessonHours]:
    for number in (pages := Paginator(published_lessons(), BATCH)).page_range:
        yield from lesson_hours(pages.page(number).object_list)
