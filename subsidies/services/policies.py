"""Drafting policy versions, and publishing one, which freezes it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from audit.services import record
from kit.canonical import digest
from kit.refusing import Refused
from people import roles
from people.permissions import need_role
from subsidies.choices import PolicyState
from subsidies.models import Policy, PolicyVersion
from subsidies.rules.terms import Terms, TermsError, terms_of

KEEPERS = (roles.ADMINISTRATOR,)
PUBLISHERS = (roles.APPROVER, roles.ADMINISTRATOR)


@transaction.atomic
def save_policy(*, policy: Policy, by: Any, at: datetime) -> Policy:
    """Write a policy. Once a version of it is published, only its title may change.

    Refused: role, frozen.
    """
    need_role(by, *KEEPERS)
    stored = Policy.objects.select_for_update().filter(pk=policy.pk).first()
    moved = stored is not None and (stored.code, stored.audience) != (policy.code, policy.audience)
    if moved and policy.versions.filter(state=PolicyState.PUBLISHED).exists():
        raise Refused(
            "frozen",
            _("A version of this policy is published: its code and audience stay as they are."),
        )
    policy.save()
    detail = {"code": policy.code, "title": policy.title, "audience": policy.audience}
    record(action="subsidies.policy_saved", at=at, actor=by, obj=policy, detail=detail)
    return policy


@transaction.atomic
def save_policy_draft(*, version: PolicyVersion, by: Any, at: datetime) -> PolicyVersion:
    """Write a draft with terms that could be published; a new one gets the next number.

    `by` None is the loader. Refused: role, frozen, terms.
    """
    if by is not None:
        need_role(by, *KEEPERS)
    policy = Policy.objects.select_for_update().get(pk=version.policy_id)
    stored = PolicyVersion.objects.filter(pk=version.pk).first()
    if stored is not None and stored.state == PolicyState.PUBLISHED:
        raise Refused("frozen", _("A published version never changes: write a new one."))
    terms = _checked({**version.data, "code": policy.code, "audience": policy.audience})
    version.data = terms.as_data()
    if stored is None:
        last = policy.versions.aggregate(last=Max("number"))["last"] or 0
        version.number, version.state = last + 1, PolicyState.DRAFT
    version.save()
    record(
        action="subsidies.policy_drafted", at=at, actor=by, obj=version, detail=version.data
    )  # fmt: skip
    return version


def _checked(data: dict[str, Any]) -> Terms:
    try:
        return terms_of(data)
    except TermsError as error:
        raise Refused("terms", _("These terms cannot be published: %s") % error) from error


@transaction.atomic
def publish_policy(*, policy_version_id: int, by: Any, at: datetime) -> PolicyVersion:
    """Check the terms, freeze them with their digest, and let them be claimed under.

    The version before it holds until the day before this one begins.
    Refused: role, terms, audience, overlap.
    """
    need_role(by, *PUBLISHERS)
    version = PolicyVersion.objects.select_for_update(of=("self",)).get(pk=policy_version_id)
    if version.state == PolicyState.PUBLISHED:
        return version
    terms = _checked(version.data)
    if terms.audience != version.policy.audience:
        raise Refused("audience", _("The terms are for another audience than the policy."))
    ended = _end_earlier(version)
    version.data = terms.as_data()
    version.digest = digest(version.data)
    version.state, version.published_at = PolicyState.PUBLISHED, at
    version.save()
    record(
        action="subsidies.policy_published", at=at, actor=by, obj=version,
        detail={"digest": version.digest, "ends": ended},
    )  # fmt: skip
    return version


def _end_earlier(version: PolicyVersion) -> list[str]:
    """Two versions of one policy never hold on the same day; returns which were ended."""
    published = PolicyVersion.objects.select_for_update().filter(
        policy_id=version.policy_id, state=PolicyState.PUBLISHED
    )
    still = published.filter(Q(valid_to=None) | Q(valid_to__gte=version.valid_from))
    late = still.filter(valid_from__gte=version.valid_from)
    if version.valid_to is not None:
        late = late.filter(valid_from__lte=version.valid_to)
    if late.exists():
        raise Refused(
            "overlap",
            _("A version that begins on or after %(day)s is published: choose a later first day.")
            % {"day": version.valid_from},
        )
    ended = list(still.filter(valid_from__lt=version.valid_from))
    for earlier in ended:
        earlier.valid_to = version.valid_from - timedelta(days=1)
        earlier.save(update_fields=["valid_to"])
    return [str(earlier) for earlier in ended]
