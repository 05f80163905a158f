"""Going on at a computer by a short code: made on the phone, typed at /pc/, used up once.

The code says which lesson, never who: whoever types it has to sign in as its owner. Read over a
shoulder it opens nothing. Its eight characters of 32 (40 bits) live for ten minutes.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from courses.models import LessonPage
from kit.crypto import keyed_hash
from kit.refusing import Refused
from learning.models import Handover
from learning.permissions import reads_lesson
from learning.services.sessions import lock_person
from people.rules import slip as codes

VALID = timedelta(minutes=10)
MOST_AN_HOUR = 10


@dataclass(frozen=True)
class GivenCode:
    """What the phone shows. The code exists only here; the database keeps its keyed hash."""

    code: str
    expires_at: datetime


def make_handover(*, person: Any, lesson: LessonPage, at: datetime) -> GivenCode:
    """A new code; an older open one stops working. Refused: no_grant, too_many."""
    with transaction.atomic():
        lock_person(person)
        if not reads_lesson(person, lesson):
            raise Refused("no_grant", _("This course is not open to you."))
        mine = Handover.objects.filter(person=person)
        if mine.filter(made_at__gt=at - timedelta(hours=1)).count() >= MOST_AN_HOUR:
            raise Refused(
                "too_many",
                _("%(most)d codes an hour at most. Wait a little, or sign in at the computer.")
                % {"most": MOST_AN_HOUR},
            )
        mine.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
        code = "".join(secrets.choice(codes.ALPHABET) for _unused in range(codes.LENGTH))
        made = Handover.objects.create(
            person=person,
            lesson_id=lesson.pk,
            code_hash=keyed_hash(f"handover:{code}"),
            made_at=at,
            expires_at=at + VALID,
        )
        record(action="learning.handover_made", at=at, actor=person, obj=person)
    return GivenCode(codes.spelled(code), made.expires_at)


def find_handover(*, code: str, at: datetime) -> Handover | None:
    """The open code a person typed; None for any other text. Nothing is used up."""
    typed = codes.typed(code)
    if typed is None:
        return None
    return Handover.objects.filter(
        code_hash=keyed_hash(f"handover:{typed}"),
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=at,
    ).first()


def use_handover(*, handover_id: int, person: Any, at: datetime) -> int:
    """Use a code up; the id of its lesson. Refused: handover_dead, also for another's code."""
    with transaction.atomic():
        found = (
            Handover.objects.select_for_update()
            .filter(
                pk=handover_id, person=person, used_at=None, withdrawn_at=None, expires_at__gt=at
            )
            .first()
        )
        if found is None:
            raise Refused(
                "handover_dead",
                _("This code has been used or replaced, or is older than 10 minutes."),
            )
        found.used_at = at
        found.save(update_fields=["used_at"])
        record(action="learning.handover_used", at=at, actor=person, obj=person)
    return found.lesson_id
