"""What a course was when it was published, and what is different between two versions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.choices import CourseKind, Level
from courses.forms.comparing import CompareForm
from courses.models import CoursePage, CourseVersion, LessonPage, LessonVersion, VersionLesson
from courses.permissions import VERSION_READERS
from courses.rules.comparing import (
    Change,
    Outline,
    PartChange,
    Placed,
    compare_lessons,
    compare_outlines,
)
from courses.rules.figure_edits import all_figures, figure_edits
from courses.rules.figures import FigureChange
from kit.hours import clock_text
from kit.http import only_filters
from people.permissions import role_required

PAGE = 50


@role_required(*VERSION_READERS)
@require_safe
@only_filters("page")
def version_overview(request: HttpRequest) -> HttpResponse:
    """Every course that was ever published, with its newest version."""
    courses = _published().annotate(last_at=Max("versions__published_at")).order_by("path")
    page = Paginator(courses, PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/version_overview.html", _paged(page))


@role_required(*VERSION_READERS)
@require_safe
@only_filters("page")
def version_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The versions of one course, newest first."""
    course = get_object_or_404(_published(), pk=pk)
    versions = course.versions.annotate(
        lessons=Count("places"), seconds=Sum("places__lesson_version__planned_seconds")
    )
    page = Paginator(versions.order_by("-number"), PAGE).get_page(request.GET.get("page"))
    context = {"course": course, "first": page.number == 1}
    return render(request, "courses/version_list.html", context | _paged(page))


def _published() -> QuerySet[CoursePage]:
    found: QuerySet[CoursePage] = CoursePage.objects.annotate(newest=Max("versions__number"))
    return found.filter(newest__gte=1)


def _paged(page: Any) -> dict[str, Any]:
    return {"page_obj": page, "page_range": page.paginator.get_elided_page_range(page.number)}


@role_required(*VERSION_READERS)
@require_safe
@only_filters("from", "to")
def version_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of a course: outline, plans, and the words of every changed lesson."""
    course = get_object_or_404(_published(), pk=pk)
    versions = list(course.versions.order_by("-number"))
    context: dict[str, Any] = {"course": course}
    status = 200
    if len(versions) > 1:
        form = CompareForm(request.GET, versions=versions)
        context["form"] = form
        if form.is_valid():
            by_number = {str(each.number): each for each in versions}
            chosen = (by_number[form.cleaned_data[name]] for name in ("from", "to"))
            context |= compared(*chosen)
        else:
            status = 422
    return render(request, "courses/version_compare.html", context, status=status)


@dataclass(frozen=True)
class LessonRow:
    """A changed lesson as the page shows it: (label, before, after), its parts, its figures."""

    lesson: int
    title: str
    plain: list[tuple[str, Any, Any]]
    parts: list["PartRow"]
    figures: FigureChange


@dataclass(frozen=True)
class PartRow:
    """A changed part: (label, runs) of its changed fields."""

    label: str
    how: str
    fields: list[tuple[str, Any]]


def compared(before: CourseVersion, after: CourseVersion) -> dict[str, Any]:
    """What the page says of two versions; three queries, however much was changed."""
    outlines = _outlines(before, after)
    change = compare_outlines(*outlines)
    contents = LessonVersion.objects.in_bulk(
        {placed.mark for pair in change.changed for placed in pair}
    )
    modules = {**outlines[0].modules, **outlines[1].modules}
    rows = [
        _lesson_row(new, contents[old.mark].content, contents[new.mark].content)
        for old, new in change.changed
    ]
    # Two contents may differ in nothing that is read, as in the ids of their parts.
    lessons = [row for row in rows if row.plain or row.parts]
    return {
        "before": before,
        "after": after,
        "change": change,
        "plain": [_named_change(each) for each in change.plain],
        "moved": [_way(pair, modules) for pair in change.moved],
        "lessons": lessons,
        "seconds": [sum(each.seconds for each in outline.lessons) for outline in outlines],
        "nothing": not (lessons or any(vars(replace(change, changed=())).values())),
    }


def _outlines(*versions: CourseVersion) -> list[Outline]:
    rows: dict[int, list[Placed]] = {version.pk: [] for version in versions}
    modules = {one.pk: [each["id"] for each in one.outline["modules"]] for one in versions}
    places = (
        VersionLesson.objects.filter(course_version__in=rows)
        .order_by("place")
        .values_list(
            "course_version", "lesson", "lesson_version__title", "module",
            "lesson_version__planned_seconds", "lesson_version",
        )
    )  # fmt: skip
    for version, lesson, title, module, seconds, mark in places:
        rows[version].append(Placed(lesson, title, modules[version][module], seconds, mark))
    return [
        Outline(
            {name: version.outline[name] for name in ("title", "intro", "kind")},
            {each["id"]: each["title"] for each in version.outline["modules"]},
            rows[version.pk],
        )
        for version in versions
    ]


def _way(pair: tuple[Placed, Placed], modules: dict[int, str]) -> tuple[str, str, str]:
    """Title, module before and module after; the same module twice is another place in it."""
    before, after = pair
    return after.title, modules[before.module], modules[after.module]


def _lesson_row(placed: Placed, before: dict[str, Any], after: dict[str, Any]) -> LessonRow:
    change = compare_lessons(before, after)
    parts = [_part_row(part) for part in change.parts]
    plain = [_named_change(each) for each in change.plain]
    figures = all_figures(figure_edits(before, after))
    return LessonRow(placed.lesson, placed.title, plain, parts, figures)


def _named_change(change: Change) -> tuple[str, Any, Any]:
    """A plain value in words: (label, before, after)."""
    words: dict[str, tuple[str, Callable[[Any], Any]]] = {
        "title": (_("Title"), str),
        "intro": (_("Introduction"), str),
        "kind": (_("Kind"), lambda value: CourseKind(value).label),
        "level": (_("Level"), lambda value: Level(value).label),
        "planned_seconds": (_("Planned"), clock_text),
        "posts": (_("Posts"), "、".join),
    }
    label, said = words[change.name]
    return label, said(change.before), said(change.after)


def _part_row(part: PartChange) -> PartRow:
    stream, kind = _labels(part)
    label = stream if not kind or kind == stream else f"{stream} · {kind}"
    names = _field_labels(part)
    fields = [(names.get(each.name, each.name), each.runs) for each in part.fields]
    return PartRow(label, part.how, fields)


def _labels(part: PartChange) -> tuple[str, str]:
    """The name of the stream and of the kind of part; a kind no longer offered is itself."""
    field = LessonPage._meta.get_field(part.stream)
    block = _block(part)
    return str(field.verbose_name), str(block.label if block else part.kind)


def _field_labels(part: PartChange) -> dict[str, str]:
    children = getattr(_block(part), "child_blocks", {})
    return {name: str(child.label) for name, child in children.items()}


def _block(part: PartChange) -> Any:
    stream = getattr(LessonPage._meta.get_field(part.stream), "stream_block", None)
    return stream.child_blocks.get(part.kind) if stream else None
