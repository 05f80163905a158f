"""Policies and their versions in the Wagtail admin."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditRow
from people.models import User
from people.services import sync_roles
from subsidies.models import Policy, PolicyVersion
from tests.factories.people import UserFactory
from tests.factories.subsidies import make_policy

pytestmark = pytest.mark.django_db
TERMS = {
    "valid_from": "2027-01-01", "valid_to": "", "method": "percent", "percent": "80",
    "cap": "3,000.00", "quota_per_year": "", "payee": "person", "window_days": "365",
    "minimum_age": "16", "programme_kind": "", "requires_certificate": "on",
    "documents": ["receipt", "returnee_proof"], "source": "001", "basis_note": "",
}  # fmt: skip


@pytest.fixture
def administrator(client):
    sync_roles()
    client.force_login(UserFactory(roles=["administrator"]))


@pytest.fixture
def policy():
    return Policy.objects.create(code="P4_RETURNEE", title="返乡创业", audience="returnee")


def add(client, policy, **changes):
    return client.post(reverse("policyversion:add"), {**TERMS, "policy": policy.pk, **changes})


def test_a_policy_is_made_with_a_trace(client, administrator):
    data = {"code": "P9", "title": "新政策", "audience": "student"}

    client.post(reverse("policy:add"), data)

    assert Policy.objects.get().code == "P9"
    assert AuditRow.objects.get(action="subsidies.policy_saved").detail == data


def test_only_the_title_changes_once_a_version_is_published(client, administrator):
    policy = make_policy().policy
    url = reverse("policy:edit", args=[policy.pk])
    same = {"code": policy.code, "title": "改了题目", "audience": policy.audience}

    client.post(url, same)
    refused = client.post(url, {**same, "audience": "student"})

    policy.refresh_from_db()
    assert (policy.title, policy.audience) == ("改了题目", "returnee")
    assert "不能再改" in refused.content.decode()


def test_a_draft_is_written_as_terms_and_published_later(client, administrator, policy):
    add(client, policy)
    draft = PolicyVersion.objects.get()
    kept = (draft.state, draft.data["cap_fen"], draft.data["percent"], draft.data["documents"])
    url = reverse("policyversion:edit", args=[draft.pk])
    shown = client.get(url).context["form"].initial
    client.post(url, {**TERMS, "percent": "70", "publish_now": "on"})

    draft.refresh_from_db()
    assert kept == ("draft", 300_000, 80, ["receipt", "returnee_proof"])
    assert (shown["cap"], shown["percent"], shown["method"]) == ("3,000.00", 80, "percent")
    assert (draft.state, draft.data["percent"], draft.data["audience"]) == (
        "published", 70, "returnee",
    )  # fmt: skip
    rows = AuditRow.objects.filter(action__startswith="subsidies.").order_by("pk")
    assert list(rows.values_list("action", flat=True)) == [
        "subsidies.policy_drafted", "subsidies.policy_drafted", "subsidies.policy_published",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [("percent", "101"), ("percent", "0"), ("cap", "-1"), ("cap", "1.234"), ("cap", "0"),
     ("quota_per_year", "0"), ("window_days", "0"), ("method", "magic"),
     ("documents", ["poem"]), ("valid_to", "2026-12-31")],
)  # fmt: skip
def test_terms_that_cannot_be_are_told_at_their_field(client, administrator, policy, field, value):
    answer = add(client, policy, **{field: value})

    told = answer.context["form"].errors
    assert field in told or (field == "valid_to" and "__all__" in told)
    assert not PolicyVersion.objects.exists()


def test_a_capped_way_of_reckoning_needs_its_cap(client, administrator, policy):
    answer = add(client, policy, method="fee_capped", cap="")

    assert "封顶" in str(answer.context["form"].errors["cap"])


def test_a_published_version_is_shown_in_words_and_never_edited(client, administrator):
    version = make_policy("P1")
    url = reverse("policyversion:edit", args=[version.pk])
    before = PolicyVersion.objects.values().get()

    answer = client.post(url, {**TERMS, "policy": version.policy_id}, follow=True)

    words = answer.content.decode()
    assert PolicyVersion.objects.values().get() == before
    assert answer.redirect_chain[0][0] == reverse("policyversion:inspect", args=[version.pk])
    assert all(word in words for word in ("按培训费，不超过封顶", "2,000.00", "失业"))


def test_the_copy_of_a_version_is_the_draft_of_the_next(client, administrator):
    first = make_policy("P4")

    copy = client.get(reverse("policyversion:copy", args=[first.pk]))
    add(client, first.policy, publish_now="on")

    first.refresh_from_db()
    second = PolicyVersion.objects.get(number=2)
    assert copy.context["form"].initial["percent"] == 80
    assert (first.valid_to, second.valid_from) == (date(2026, 12, 31), date(2027, 1, 1))


def test_two_versions_never_hold_on_one_day(client, administrator):
    first = make_policy("P4")

    answer = add(client, first.policy, valid_from="2026-01-01", publish_now="on")

    assert "生效日期往后移" in answer.content.decode()
    assert PolicyVersion.objects.count() == 1


def test_the_list_says_state_and_way_of_reckoning(client, administrator):
    make_policy("P3")

    words = client.get(reverse("policyversion:index")).content.decode()

    assert "已发布" in words
    assert "培训费全额" in words


def test_a_superuser_without_the_role_is_told_on_the_form(client, administrator, policy):
    client.force_login(User.objects.create_superuser("ROOT", "password", name="x"))

    opened = client.get(reverse("policyversion:add"))
    answer = add(client, policy)

    assert "publish_now" not in opened.context["form"].fields
    assert answer.context["form"].non_field_errors()
    assert not PolicyVersion.objects.exists()
