"""Hours of a person, opened down: lessons and days, sessions of a lesson, events of a session."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.models import LessonPage
from kit.http import only_filters
from learning.models import StudyEvent, StudySession
from learning.queries import written_by
from people.permissions import role_required
from people.queries import working_weeks_of
from people.roles import TRAINEE
from training.queries import hours_of, lesson_of_person, people_inspected_by
from training.rules.hours import Credited

DAYS_A_PAGE = 31
SESSIONS_A_PAGE = 50
EVENTS_A_PAGE = 100


@role_required(TRAINEE)
@only_filters("page")
@require_safe
def own_hours(request: HttpRequest) -> HttpResponse:
    """One's own hours."""
    return _hours(request, request.user)


@login_required
@only_filters("page")
@require_safe
def person_hours(request: HttpRequest, pk: int) -> HttpResponse:
    """The hours of a person, for the person, trainers of a class of theirs, HR and auditors."""
    return _hours(request, _person(request, pk))


def _person(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(people_inspected_by(request.user), pk=pk)


def _page(request: HttpRequest, rows: Any, size: int) -> Page[Any]:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def _about(request: HttpRequest, person: Any) -> dict[str, Any]:
    own = person.pk == request.user.pk
    return {"person": person, "own": own, "frame": "base.html" if own else "base_staff.html"}


def _hours(request: HttpRequest, person: Any) -> HttpResponse:
    sheet = hours_of(person)
    page = _page(request, sheet.days, DAYS_A_PAGE)
    context = {**_about(request, person), "sheet": sheet, "page_obj": page}
    return render(request, "training/person_hours.html", context)


@login_required
@only_filters("page")
@require_safe
def lesson_sessions(request: HttpRequest, pk: int, lesson_pk: int) -> HttpResponse:
    """The study sessions of a person in one lesson, newest first, and what was produced there."""
    person = _person(request, pk)
    studied = StudySession.objects.filter(person=person).values("lesson")
    lesson = get_object_or_404(LessonPage, pk=lesson_pk, pk__in=studied)
    sessions = _sessions(person).filter(lesson=lesson).select_related("lesson_version")
    page = _page(request, sessions.annotate(idle=_longest_idle()), SESSIONS_A_PAGE)
    read = lesson_of_person(person, lesson)
    context = {**_about(request, person), "lesson": lesson, "read": read, "page_obj": page}
    context["written"] = written_by(person, lesson)
    return render(request, "training/lesson_sessions.html", context)


def _sessions(person: Any) -> QuerySet[StudySession]:
    return (
        StudySession.objects.filter(person=person)
        .annotate(entries=Count("ledger_entries"), seconds=Sum("ledger_entries__seconds"))
        .order_by("-started_at", "-pk")
    )


def _longest_idle() -> Subquery:
    """The longest time without input that a session reported; None where none was."""
    events = StudyEvent.objects.filter(session=OuterRef("pk"), idle_seconds__isnull=False)
    return Subquery(events.order_by("-idle_seconds").values("idle_seconds")[:1])


@login_required
@only_filters("page")
@require_safe
def session_events(request: HttpRequest, pk: int, session_pk: int) -> HttpResponse:
    """Every event of one session, and the ledger entries that stand on it."""
    person = _person(request, pk)
    session = get_object_or_404(
        _sessions(person).select_related("lesson", "lesson_version"), pk=session_pk
    )
    page = _page(
        request,
        session.events.order_by("at", "pk").prefetch_related("entries__uncounted"),
        EVENTS_A_PAGE,
    )
    week = working_weeks_of(person)
    rows = [
        (event, [(entry, _credited(entry).split(week)) for entry in event.entries.all()])
        for event in page
    ]
    bare = session.ledger_entries.filter(event=None).count()
    context = {**_about(request, person), "session": session, "page_obj": page}
    return render(request, "training/session_events.html", {**context, "rows": rows, "bare": bare})


def _credited(entry: Any) -> Credited:
    return Credited(entry.lesson_id, entry.day, entry.at, entry.seconds)
