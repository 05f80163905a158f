"""Telling people that their class moved to newer versions of its courses."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notices.services import notify
from people.queries import people_with_role
from people.roles import HR
from training.models import Enrolment, TrainingClass


def tell_moved(
    *, training_class: TrainingClass, lost: Sequence[Enrolment], reason: str, key: str, at: datetime
) -> None:
    """One notice to everybody who lost an admission, and one to the trainers and HR.

    The caller holds the transaction; `key` is that of the move.
    """
    _tell_those_who_lost(training_class, lost, reason, key, at)
    _tell_staff(training_class, len(lost), reason, key, at)


def _tell_those_who_lost(
    training_class: TrainingClass, lost: Sequence[Enrolment], reason: str, key: str, at: datetime
) -> None:
    body = _(
        "Class %(code)s moved to newer versions of its courses; by their plans you do not meet"
        " what the exam asks for. The page of the class says what is missing; once it is there"
        " you are admitted again. Reason of the move: %(reason)s"
    ) % {"code": training_class.code, "reason": reason}
    for place in lost:
        notify(
            person=place.person, event="training.admission_withdrawn", at=at, body=body,
            title=_("Your admission to the theory exam was withdrawn"), key=f"{key}:lost",
            url=reverse("training:own_class_detail", args=[training_class.pk]),
        )  # fmt: skip


def _tell_staff(
    training_class: TrainingClass, count: int, reason: str, key: str, at: datetime
) -> None:
    title = _("Class %(code)s moved to newer course versions") % {"code": training_class.code}
    told = ngettext(
        "%(count)d person lost the admission to the exam. Reason: %(reason)s",
        "%(count)d people lost the admission to the exam. Reason: %(reason)s",
        count,
    ) % {"count": count, "reason": reason}
    trainers = training_class.trainers.filter(is_active=True)
    # A trainer who is HR as well is told once, with the page of HR.
    pages = {
        **dict.fromkeys(trainers, "training:teaching_class_detail"),
        **dict.fromkeys(people_with_role(HR), "training:class_detail"),
    }
    for person, page in pages.items():
        notify(
            person=person, event="training.class_moved", title=title, body=told, at=at,
            url=reverse(page, args=[training_class.pk]), key=key,
        )  # fmt: skip
