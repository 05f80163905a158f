"""What a player reports, and what a lesson says about its recordings."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import LessonPage, MediaFile
from kit.http import posted_from, typed_number
from kit.refusing import Refused
from learning.models import MediaWatch
from learning.queries import Watching, studied_lessons, watched
from learning.rules.watching import parsed
from learning.services import report_watching

MOST_RANGES = 200
LARGEST_NUMBER = 2_000_000_000


@login_required
@posted_from("learning:lesson_detail", "pk")
def media_watched(request: HttpRequest, pk: int, uid: UUID) -> JsonResponse:
    """One report: `play`, `number`, `ranges` and `position` in tenths of a second."""
    lesson = get_object_or_404(studied_lessons(request.user), pk=pk)
    media = get_object_or_404(MediaFile, uid=uid)
    report = _read(request)
    if report is None:
        reason = _("This report of the player cannot be read. Load the page again.")
        return JsonResponse({"reason": reason}, status=400)
    try:
        row = report_watching(
            person=request.user, lesson=lesson, media=media, at=timezone.now(), **report
        )
    except Refused as error:
        raise Http404 from error
    return JsonResponse(_said(row))


def watching(person: Any, lesson: LessonPage) -> dict[int, Watching]:
    """What the players of a lesson begin with, by the key of the file."""
    rows = watched(person, lesson)
    recordings = [part.value["media"] for part in lesson.body
                  if part.block_type in ("video", "audio")]  # fmt: skip
    return {media.pk: _standing(lesson, media, rows.get(media.pk)) for media in recordings if media}


def _standing(lesson: LessonPage, media: MediaFile, row: MediaWatch | None) -> Watching:
    url = reverse("learning:media_watched", args=[lesson.pk, media.uid])
    if row is None:
        return Watching(url, media.duration_seconds)
    said = _said(row)
    return Watching(url, media.duration_seconds, said["seconds"], said["position"], said["done"])


def _said(row: MediaWatch) -> dict[str, Any]:
    return {
        "seconds": row.watched_tenths // 10,
        "position": row.position_tenths // 10,
        "done": row.completed_at is not None,
    }


def _read(request: HttpRequest) -> dict[str, Any] | None:
    """The report as typed by a script, or None."""
    try:
        play = UUID(request.POST.get("play", ""))
    except ValueError:
        return None
    number = typed_number(request.POST.get("number"))
    position = typed_number(request.POST.get("position"))
    ranges = parsed(request.POST.get("ranges", ""), most=MOST_RANGES)
    if ranges is None or number is None or position is None or number > LARGEST_NUMBER:
        return None
    return {"play": play, "number": number, "position": position, "ranges": ranges}
