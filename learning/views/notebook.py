"""One's place, notes and bookmarks: sent from the lesson, and listed on pages of their own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from courses.models import LessonPage
from kit.http import disposition, posted_from, typed_text
from kit.refusing import Refused
from learning.context import note_fields, own_bookmarks, own_notes
from learning.queries import parts_of, read_lesson, visible_lessons
from learning.services import NoteClash, Sent, keep_place, save_note, set_bookmark

LONGEST_WRITER = 36
MOST_DIGITS = 9


@login_required
@posted_from("learning:lesson_detail", "pk")
def place_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Remember which part of the lesson is being read; sent by a script, answers nothing."""
    lesson = _lesson_or_404(request, pk)
    try:
        keep_place(
            person=request.user,
            lesson=lesson,
            part=typed_text(request.POST, "part"),
            at=timezone.now(),
        )
    except Refused as error:
        return JsonResponse({"error": error.message}, status=422)
    return HttpResponse(status=204)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_notes(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: my notes to a lesson. POST: save one; a script is answered in JSON, a form by a page."""
    lesson = _lesson_or_404(request, pk)
    if request.method != "POST":
        return _notes_page(request, lesson)
    sent = _sent(request)
    by_script = request.headers.get("Accept") == "application/json"
    try:
        note = save_note(person=request.user, lesson=lesson, sent=sent, at=timezone.now())
    except NoteClash as clash:
        if by_script:
            now = {"error": clash.message, "text": clash.note.text, "version": clash.note.version}
            return JsonResponse(now, status=409)
        return _notes_page(request, lesson, sent, clash.message, clash)
    except Refused as error:
        if by_script:
            return JsonResponse({"error": error.message}, status=422)
        return _notes_page(request, lesson, sent, error.message)
    if by_script:
        saved = timezone.localtime(note.saved_at)
        return JsonResponse({"version": note.version, "saved": f"{saved:%H:%M}"})
    messages.success(request, _("The note is saved."))
    return redirect(f"{reverse('learning:lesson_detail', args=[pk])}#note-{sent.part or 'lesson'}")


def _sent(request: HttpRequest) -> Sent:
    """What a page sends; numbers that are none count as 0."""
    return Sent(
        part=typed_text(request.POST, "part"),
        text=typed_text(request.POST, "text"),
        version=_number(request, "version"),
        writer=typed_text(request.POST, "writer")[:LONGEST_WRITER],
        seq=_number(request, "seq"),
    )


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS else 0


def _notes_page(
    request: HttpRequest,
    lesson: LessonPage,
    sent: Sent | None = None,
    error: str = "",
    clash: NoteClash | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "lesson": lesson,
        "course": read_lesson(person=request.user, lesson=lesson)[0],
        **note_fields(request.user, lesson, parts_of(lesson), sent, error, clash),
    }
    status = 409 if clash else 422 if error else 200
    return render(request, "learning/lesson_notes.html", context, status=status)


@login_required
@posted_from("learning:lesson_detail", "pk")
def bookmark_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Put or take away the bookmark, and go back to where the button was."""
    lesson = _lesson_or_404(request, pk)
    on = request.POST.get("on") == "1"
    set_bookmark(person=request.user, lesson=lesson, on=on, at=timezone.now())
    messages.success(request, _("Bookmarked.") if on else _("The bookmark is taken away."))
    if request.POST.get("back") == "list":
        return redirect("learning:bookmark_list")
    return redirect("learning:lesson_detail", pk=pk)


@login_required
@require_safe
def note_list(request: HttpRequest) -> HttpResponse:
    """All own notes by lesson."""
    return render(request, "learning/note_list.html", {"lessons": own_notes(request.user)})


@login_required
@require_safe
@never_cache
def note_export(request: HttpRequest) -> HttpResponse:
    """All own notes as one text file that the editors of every Windows read (BOM, CRLF)."""
    context = {"lessons": own_notes(request.user), "at": timezone.now(), "person": request.user}
    text = render_to_string("learning/note_export.txt", context)
    lines = "\r\n".join(text.splitlines())
    answer = HttpResponse(f"\ufeff{lines}\r\n", content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = disposition(_("My notes") + ".txt")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
@require_safe
def bookmark_list(request: HttpRequest) -> HttpResponse:
    """All lessons one has bookmarked."""
    return render(request, "learning/bookmark_list.html", {"lessons": own_bookmarks(request.user)})


def _lesson_or_404(request: HttpRequest, pk: int) -> LessonPage:
    """The lesson as this person reads it; 404 for whom it is closed."""
    lesson = get_object_or_404(visible_lessons(request.user), pk=pk)
    return read_lesson(person=request.user, lesson=lesson)[1]
