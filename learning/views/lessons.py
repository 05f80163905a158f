"""One lesson: reading it, handing in its drill and case, answering its checks."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.blocks import StreamValue

from courses.models import LessonPage
from courses.rules.checks import WORDS
from courses.rules.hours import honest_seconds
from kit.http import posted_from, typed_text
from kit.refusing import Refused
from learning.choices import HandInKind
from learning.context import lesson_notebook
from learning.models import CheckAnswer, HandIn
from learning.permissions import holds_grant_for
from learning.queries import (
    CourseOutline,
    course_outlines,
    post_path,
    read_lesson,
    studied_lessons,
    visible_lessons,
)
from learning.rules.outline import lesson_after
from learning.services import answer_check, finish_activity
from learning.services.activities import LONGEST_TEXT
from learning.views.watching import watching


@login_required
@require_safe
def lesson_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The lesson with its hour bar; staff preview it without one."""
    lesson = get_object_or_404(visible_lessons(request.user), pk=pk)
    return _page(request, lesson)


@login_required
@posted_from("learning:lesson_detail", "pk", anchor="#drill")
def drill_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the drill; an error comes back with the text as typed."""
    return _hand_in(request, pk, HandInKind.DRILL)


@login_required
@posted_from("learning:lesson_detail", "pk", anchor="#case")
def case_hand_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in the case answer; the model answer is shown from then on."""
    return _hand_in(request, pk, HandInKind.CASE)


@login_required
@posted_from("learning:lesson_detail", "pk", anchor="#check-{block_id}")
def check_answer(request: HttpRequest, pk: int, block_id: UUID) -> HttpResponse:
    """Answer one check; the first answer stays and is explained."""
    lesson = get_object_or_404(studied_lessons(request.user), pk=pk)
    given = request.POST.get("choice", "")
    choice = int(given) if given.isdecimal() and len(given) < 3 else -1
    try:
        answer_check(
            person=request.user, lesson=lesson, block_id=block_id, choice=choice, at=timezone.now()
        )
    except Refused as error:
        return _page(request, lesson, errors={str(block_id): error.message}, status=422)
    return redirect(f"{reverse('learning:lesson_detail', args=[pk])}#check-{block_id}")


def _hand_in(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    lesson = get_object_or_404(studied_lessons(request.user), pk=pk)
    text = typed_text(request.POST, "text")
    try:
        finish_activity(person=request.user, lesson=lesson, kind=kind, text=text, at=timezone.now())
    except Refused as error:
        return _page(request, lesson, errors={kind: error.message}, typed={kind: text}, status=422)
    return redirect(f"{reverse('learning:lesson_detail', args=[pk])}#{kind}")


def _page(
    request: HttpRequest,
    lesson: LessonPage,
    *,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    person = request.user
    course, lesson = read_lesson(person=person, lesson=lesson)
    (outline,) = course_outlines(person=person, courses=[course])
    counts = holds_grant_for(person, lesson)
    path = post_path(person)
    context = {
        "lesson": lesson,
        "course": course,
        "outline": outline,
        "counts": counts,
        "standing": next(one for one in outline.lessons if one.lesson_id == lesson.pk),
        "activities": _activities(person, lesson, counts, errors or {}, typed or {}),
        "checks": _checks(person, lesson, counts, errors or {}),
        "watching": watching(person, lesson) if counts else {},
        "sources": lesson.sources.splitlines(),
        "parts": (parts := lesson.parts),
        "honest_seconds": honest_seconds(parts),
        "path": path,
        **_neighbours(outline, lesson, path),
        **lesson_notebook(person, lesson),
    }
    return render(request, "learning/lesson_detail.html", context, status=status)


def _activities(
    person: Any, lesson: LessonPage, counts: bool, errors: dict[str, str], typed: dict[str, str]
) -> list[dict[str, Any]]:
    """Drill and case with one's own hand-ins and the form for the next."""
    mine = list(HandIn.objects.filter(person=person, lesson=lesson)) if counts else []
    return [
        {
            "kind": kind,
            "label": HandInKind(kind).label,
            "part": part,
            "url": reverse(f"learning:{kind}_hand_in", args=[lesson.pk]) if counts else "",
            "hand_ins": [one for one in mine if one.kind == kind],
            "error": errors.get(kind, ""),
            "typed": typed.get(kind, ""),
            "longest_text": LONGEST_TEXT,
        }
        for kind, stream in ((HandInKind.DRILL, lesson.drill), (HandInKind.CASE, lesson.case))
        for part in stream
    ]


def _checks(
    person: Any, lesson: LessonPage, counts: bool, errors: dict[str, str]
) -> list[dict[str, Any]]:
    """Each check with one's own answer, in the words answered, or the address to answer it at."""
    rows = CheckAnswer.objects.filter(person=person, lesson=lesson) if counts else []
    answers = {str(row.block_id): row for row in rows}
    return [
        {
            "part": _as_asked(lesson, part, answers.get(part.id)),
            "answer": answers.get(part.id),
            "url": reverse("learning:check_answer", args=[lesson.pk, part.id]) if counts else "",
            "error": errors.get(part.id, ""),
        }
        for part in lesson.checks
    ]


def _as_asked(lesson: LessonPage, part: Any, answer: CheckAnswer | None) -> Any:
    """The check as it was asked: the choice names an option of that wording, not of today's."""
    if answer is None or not answer.asked:
        return part
    block = lesson.checks.stream_block.child_blocks[WORDS]
    return StreamValue.StreamChild(block, block.to_python(answer.asked), id=part.id)


def _neighbours(outline: CourseOutline, lesson: LessonPage, path: frozenset[int]) -> dict[str, Any]:
    ids = [one.lesson_id for one in outline.lessons]
    place = ids.index(lesson.pk)
    module = next(m for m in outline.modules if ids[place] in [x.lesson_id for x in m.lessons])
    return {
        "number": place + 1,
        "module": module,
        "previous": outline.lessons[place - 1] if place else None,
        "following": lesson_after(outline.lessons, lesson.pk, path),
    }
