from datetime import date

import pytest

from kit.refusing import Refused
from subsidies import services
from subsidies.models import Policy, PolicyVersion
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, POLICIES


def draft(audience="returnee", **terms):
    policy = Policy.objects.create(code="X", title="X", audience=audience)
    data = {**POLICIES["P4"]["terms"], **terms}
    return PolicyVersion.objects.create(policy=policy, data=data, valid_from=date(2026, 1, 1))


def publish(version, role="approver"):
    return services.publish_policy(
        policy_version_id=version.pk, by=UserFactory(roles=[role]), at=APPROVED_AT
    )


def test_publishing_freezes_the_terms(db):
    version = publish(draft())

    assert (version.state, version.published_at, len(version.digest)) == (
        "published", APPROVED_AT, 64,
    )  # fmt: skip
    assert publish(version).published_at == APPROVED_AT


@pytest.mark.parametrize(
    ("audience", "terms", "code"),
    [("returnee", {"percent": 120}, "terms"), ("student", {}, "audience")],
)
def test_terms_that_cannot_be_are_not_published(db, audience, terms, code):
    with pytest.raises(Refused) as caught:
        publish(draft(audience, **terms))
    assert caught.value.code == code


def test_publishing_is_for_approvers_and_administrators(db):
    with pytest.raises(Refused) as caught:
        publish(draft(), role="hr")
    assert caught.value.code == "role"


@pytest.mark.parametrize(
    ("on", "count"), [(date(2025, 12, 31), 0), (date(2026, 1, 1), 1), (date(2026, 12, 31), 1),
                      (date(2027, 1, 1), 0)],
)  # fmt: skip
def test_versions_hold_between_their_days(db, on, count):
    version = draft()
    version.valid_to = date(2026, 12, 31)
    version.save()
    publish(version)

    assert PolicyVersion.objects.in_force(on).count() == count


def next_version(policy, first, last=None):
    return PolicyVersion.objects.create(
        policy=policy, number=policy.versions.count() + 1, data=POLICIES["P4"]["terms"],
        valid_from=first, valid_to=last,
    )  # fmt: skip


def test_a_new_version_ends_the_one_before_it(db):
    first = publish(draft())

    publish(next_version(first.policy, date(2026, 7, 1)))

    first.refresh_from_db()
    assert first.valid_to == date(2026, 6, 30)
    assert PolicyVersion.objects.in_force(date(2026, 7, 1)).count() == 1


def test_an_earlier_window_may_be_published_beside_a_later_one(db):
    first = publish(draft())

    earlier = publish(next_version(first.policy, date(2025, 1, 1), date(2025, 12, 31)))

    first.refresh_from_db()
    assert (first.valid_to, earlier.state) == (None, "published")


@pytest.mark.parametrize("last", [None, date(2026, 12, 31)])
def test_a_version_that_overlaps_a_later_one_is_refused(db, last):
    first = publish(draft())

    with pytest.raises(Refused) as caught:
        publish(next_version(first.policy, date(2026, 1, 1), last))
    assert caught.value.code == "overlap"


def test_the_loader_drafts_without_a_person_and_nobody_else_does(db, at):
    policy = Policy.objects.create(code="X", title="X", audience="returnee")
    row = PolicyVersion(policy=policy, data=POLICIES["P4"]["terms"], valid_from=date(2026, 1, 1))

    made = services.save_policy_draft(version=row, by=None, at=at)

    assert (made.number, made.state, made.data["code"]) == (1, "draft", "X")
    with pytest.raises(Refused) as caught:
        services.save_policy_draft(version=made, by=UserFactory(roles=["approver"]), at=at)
    assert caught.value.code == "role"


def test_a_published_version_is_not_drafted_again(db, at):
    version = publish(draft())

    with pytest.raises(Refused) as caught:
        services.save_policy_draft(version=version, by=UserFactory(roles=["administrator"]), at=at)
    assert caught.value.code == "frozen"


def test_terms_that_cannot_be_published_are_not_drafted(db, at):
    policy = Policy.objects.create(code="X", title="X", audience="returnee")
    data = {**POLICIES["P4"]["terms"], "percent": 0}
    row = PolicyVersion(policy=policy, data=data, valid_from=date(2026, 1, 1))

    with pytest.raises(Refused) as caught:
        services.save_policy_draft(version=row, by=None, at=at)
    assert caught.value.code == "terms"
