"""Words of the subsidy papers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PolicyState(TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


class Payee(TextChoices):
    """Who receives the money (R072: payee is a field of the policy)."""

    PERSON = "person", _("the person")
    PROVIDER = "provider", _("the training provider")
    ENTERPRISE = "enterprise", _("the enterprise")


class WaiverState(TextChoices):
    REQUESTED = "requested", _("waiting for approval")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class ClaimState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("handed in, waiting for the check")
    CHECKED = "checked", _("checked, waiting for approval")
    APPROVED = "approved", _("approved, waiting for payment")
    PAID = "paid", _("paid")
    RETURNED = "returned", _("returned for completion")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by the applicant")


# A claim in one of these states takes the person's one claim of the year.
LIVE_CLAIM_STATES = (
    ClaimState.DRAFT,
    ClaimState.SUBMITTED,
    ClaimState.CHECKED,
    ClaimState.APPROVED,
    ClaimState.PAID,
    ClaimState.RETURNED,
)
# A claim in one of these states has ended without money: no roster counts it.
DROPPED_CLAIM_STATES = (ClaimState.REFUSED, ClaimState.WITHDRAWN)
# What the applicant may still change.
OPEN_CLAIM_STATES = (ClaimState.DRAFT, ClaimState.RETURNED)
# What the applicant may still take back: nobody has decided on it yet.
UNDECIDED_CLAIM_STATES = (*OPEN_CLAIM_STATES, ClaimState.SUBMITTED)


class DossierKind(TextChoices):
    APPLICATION = "application", _("application form")
    ROSTER = "roster", _("trainee roster")


class DocumentKind(TextChoices):
    """Papers that policies ask for; which ones is data of the policy version."""

    EMPLOYMENT_PERMIT = "employment_permit", _("employment or unemployment registration permit")
    STUDENT_CARD = "student_card", _("student card")
    NOMINATION = "nomination", _("nomination by the village or cooperative")
    RETURNEE_PROOF = "returnee_proof", _("proof of having returned")
    RECEIPT = "receipt", _("receipt or invoice of the training fee")
    CONTRACT = "contract", _("labour contract of at least one year")
