"""Giving one's word: on the class, and on what reached the job."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from evaluations.models import SatisfactionSurvey, TransferFollowUp
from evaluations.rules.transfer import applied, follow_up_on
from kit.refusing import Refused
from training.models import Enrolment


@transaction.atomic
def give_survey(
    *,
    enrolment_id: int,
    score: int,
    content_score: int,
    trainer_score: int,
    comment: str,
    by: Any,
    at: datetime,
) -> SatisfactionSurvey:
    """One trainee's word on a class, given once after its first day. Scores are 1 to 5."""
    enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related(
        "training_class"
    ).get(pk=enrolment_id)  # fmt: skip
    if enrolment.person_id != by.pk:
        raise Refused("not_yours", _("Only the trainee gives this survey."))
    if hasattr(enrolment, "survey"):
        raise Refused("twice", _("You have already given this survey. Thank you."))
    if timezone.localdate(at) < enrolment.training_class.opens_on:
        raise Refused("early", _("The survey opens when the class begins."))
    survey = SatisfactionSurvey.objects.create(
        enrolment=enrolment,
        score=score,
        content_score=content_score,
        trainer_score=trainer_score,
        comment=comment.strip(),
        submitted_at=at,
    )
    record(action="evaluations.survey_given", at=at, actor=by, obj=survey, detail={"score": score})
    return survey


def open_follow_up(*, enrolment: Any, at: datetime) -> TransferFollowUp:
    """Ask, three months after the result, whether training reached the job. Once a place."""
    profile = getattr(enrolment.person, "profile", None)
    follow_up, _made = TransferFollowUp.objects.get_or_create(
        enrolment=enrolment,
        defaults={
            "supervisor_id": profile.supervisor_id if profile else None,
            "due_on": follow_up_on(timezone.localdate(at)),
        },
    )
    return follow_up


@transaction.atomic
def answer_follow_up(
    *, follow_up_id: int, word: bool, note: str, by: Any, at: datetime
) -> TransferFollowUp:
    """The trainee's or the supervisor's word, each given once and from the due day on."""
    follow_up = (
        TransferFollowUp.objects.select_for_update(of=("self",))
        .select_related("enrolment")
        .get(pk=follow_up_id)
    )
    if timezone.localdate(at) < follow_up.due_on:
        raise Refused("early", _("This is asked from %s on.") % follow_up.due_on)
    if by.pk == follow_up.enrolment.person_id:
        if follow_up.own_word is not None:
            raise Refused("twice", _("You have already answered."))
        follow_up.own_word, follow_up.own_example, follow_up.own_at = word, note.strip(), at
    elif by.pk == follow_up.supervisor_id:
        if follow_up.supervisor_word is not None:
            raise Refused("twice", _("You have already answered."))
        follow_up.supervisor_word, follow_up.supervisor_note = word, note.strip()
        follow_up.supervisor_at = at
    else:
        raise Refused("not_yours", _("Only the trainee and the supervisor are asked."))
    follow_up.applied = applied(
        own=follow_up.own_word,
        supervisor=follow_up.supervisor_word,
        has_supervisor=follow_up.supervisor_id is not None,
    )
    follow_up.save()
    record(
        action="evaluations.follow_up_answered",
        at=at,
        actor=by,
        obj=follow_up,
        detail={"word": word},
    )
    return follow_up
