"""A unit's filing: the claims of one class under one policy, with one roster."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.services import record
from kit.refusing import Refused
from people import roles
from people.permissions import need_role
from subsidies.choices import ClaimState
from subsidies.models import Claim, ClaimBatch, PolicyVersion
from subsidies.services.numbering import BATCH, next_number

FILED_STATES = (
    ClaimState.SUBMITTED,
    ClaimState.CHECKED,
    ClaimState.APPROVED,
    ClaimState.PAID,
)


@transaction.atomic
def file_batch(
    *, training_class: Any, policy_version: PolicyVersion, by: Any, at: datetime
) -> ClaimBatch:
    """Put every handed-in claim of a class and policy that is in no batch yet into a new one."""
    need_role(by, roles.HR)
    claims = list(
        Claim.objects.select_for_update(of=("self",))
        .filter(
            enrolment__training_class=training_class,
            policy_version=policy_version,
            state__in=FILED_STATES,
            batch=None,
        )
        .select_related("enrolment__training_class__programme")
        .order_by("pk")
    )
    if not claims:
        raise Refused("nothing", _("There is no handed-in claim to file for this class."))
    year = timezone.localdate(at).year
    number = next_number(kind=BATCH, enrolment=claims[0].enrolment, year=year)
    batch = ClaimBatch.objects.create(
        number=number,
        policy_version=policy_version,
        training_class=training_class,
        made_by=by,
        made_at=at,
    )
    Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(batch=batch)
    detail = {"claims": len(claims)}
    record(action="subsidies.batch_filed", at=at, actor=by, obj=batch, detail=detail)
    return batch
