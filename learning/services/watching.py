"""Keeping what a player reports. Study time is the study clock's; nothing here earns any."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import LessonPage, MediaFile
from kit.refusing import Refused
from learning.models import MediaWatch, WatchReport
from learning.permissions import holds_grant_for
from learning.rules.watching import Ranges, believable, is_complete, merged, tenths


def report_watching(
    *,
    person: Any,
    lesson: LessonPage,
    media: MediaFile,
    play: UUID,
    number: int,
    ranges: Ranges,
    position: int,
    at: datetime,
) -> MediaWatch:
    """Add what one report shows; the same report twice changes nothing.

    The first report of all sets the clock and adds nothing. Refused: forbidden without a grant,
    not_here for a file that the published lesson does not carry.
    """
    if not holds_grant_for(person, lesson):
        raise Refused("forbidden", _("This course is not open to you."))
    if not media.duration_seconds or not media.uses.filter(lesson=lesson).exists():
        raise Refused("not_here", _("There is no such recording in this lesson."))
    with transaction.atomic():
        MediaWatch.objects.get_or_create(
            person=person, lesson=lesson, media=media, defaults={"last_at": at}
        )
        watch = MediaWatch.objects.select_for_update().get(
            person=person, lesson=lesson, media=media
        )
        if not watch.reports.filter(play=play, number=number).exists():
            _add(watch, play, number, ranges, position, at)
    return watch


def _add(
    watch: MediaWatch, play: UUID, number: int, ranges: Ranges, position: int, at: datetime
) -> None:
    length = watch.media.duration_seconds * 10
    claimed = merged(ranges, length=length)
    believed = believable(claimed, since_last=at - watch.last_at, length=length)
    WatchReport.objects.create(
        watch=watch, play=play, number=number, at=at, claimed=[list(each) for each in claimed],
        claimed_tenths=tenths(claimed), believed_tenths=tenths(believed),
    )  # fmt: skip
    known = [(start, end) for start, end in watch.ranges]
    whole = merged(known, believed, length=length)
    watch.ranges = [list(each) for each in whole]
    watch.watched_tenths = tenths(whole)
    watch.position_tenths = min(max(0, position), length)
    watch.last_at = max(at, watch.last_at)
    if watch.completed_at is None and is_complete(watch.watched_tenths, length):
        watch.completed_at = at
    watch.save()
