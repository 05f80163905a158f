"""What people type wrongly or press twice on the pages of claims and fees."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.models import Certificate
from people.models import Profile
from subsidies import services
from subsidies.models import Claim
from tests.factories.people import UserFactory
from tests.factories.subsidies import PDF, make_enrolment, make_policy, make_ready
from tests.subsidies.pages import address, staff, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment():
    """Somebody who may claim today."""
    return make_ready(at=timezone.now())


@pytest.fixture
def version():
    return make_policy("P4")


@pytest.fixture
def trainee(client, enrolment):
    client.force_login(enrolment.person)
    return client


@pytest.fixture
def draft(enrolment, version):
    return services.make_claim(
        enrolment_id=enrolment.pk, policy_version=version, by=enrolment.person, at=timezone.now()
    )


@pytest.fixture
def complete(draft):
    """A draft with all its papers."""
    for kind in draft.policy_version.terms.documents:
        services.add_document(
            claim_id=draft.pk, kind=kind, name="a.pdf", content=PDF + kind.encode(),
            by=draft.person, at=timezone.now(),
        )  # fmt: skip
    return draft


@pytest.fixture
def submitted(complete):
    return services.submit_claim(claim_id=complete.pk, by=complete.person, at=timezone.now())


def begin(client, enrolment, version, **data):
    url = reverse("subsidies:claim_make", args=[enrolment.pk, version.pk])
    return client.post(url, data)


def test_a_claim_begins_with_the_amount_that_was_shown(trainee, enrolment, version):
    response = begin(trainee, enrolment, version, amount_fen="288000")

    claim = Claim.objects.get()
    assert response.url == address("claim_detail", claim.pk)
    assert claim.amount_fen == 288_000


@pytest.mark.parametrize("shown", ["1", "999999999"])
def test_an_amount_edited_in_the_page_is_refused_with_the_right_one(
    trainee, enrolment, version, shown
):
    response = begin(trainee, enrolment, version, amount_fen=shown)

    assert (response.url, Claim.objects.count()) == (address("own_claim_list"), 0)
    assert "2,880.00" in told(response)


def test_an_amount_that_is_no_number_is_refused(trainee, enrolment, version):
    response = begin(trainee, enrolment, version, amount_fen="=cmd")

    assert (response.status_code, Claim.objects.count()) == (400, 0)
    assert "重新打开" in response.content.decode()


def test_fields_that_are_none_of_ours_change_nothing(trainee, enrolment, version):
    begin(trainee, enrolment, version, state="paid", year="2020", fee_fen="1", payee="enterprise")

    claim = Claim.objects.get()
    assert (claim.state, claim.year, claim.fee_fen) == ("draft", timezone.localdate().year, 360_000)


def test_a_second_claim_leads_to_the_first(trainee, enrolment, version, draft):
    response = begin(trainee, enrolment, version)

    assert response.url == address("claim_detail", draft.pk)
    assert draft.number in told(response)
    assert Claim.objects.count() == 1


def test_the_same_class_is_not_claimed_for_again_after_new_year(trainee, enrolment, version, draft):
    Claim.objects.update(year=draft.year - 1)

    response = begin(trainee, enrolment, version)

    assert response.url == address("claim_detail", draft.pk)
    assert "跨年度" in told(response)


def test_hr_is_led_back_to_the_list_where_nothing_stands(client, version):
    staff(client, "hr")
    unpaid = make_enrolment()

    response = begin(client, unpaid, version)

    assert (response.url, Claim.objects.count()) == (address("claim_list"), 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "revoked", "revoked_at": timezone.now()}, "已吊销"),
        ({"expires_on": timezone.localdate() - timedelta(days=1)}, "已过期"),
    ],
)
def test_a_certificate_that_no_longer_holds_stops_the_claim(
    trainee, enrolment, version, change, said
):
    today = timezone.localdate()
    Certificate.objects.update(issued_on=today - timedelta(days=30), **change)

    response = begin(trainee, enrolment, version)

    assert Claim.objects.count() == 0
    assert said in told(response)


def test_a_window_that_closes_meanwhile_keeps_the_draft(trainee, complete):
    Certificate.objects.update(issued_on=timezone.localdate() - timedelta(days=400))

    response = trainee.post(address("claim_submit", complete.pk), follow=True)

    complete.refresh_from_db()
    assert (complete.state, complete.documents.count()) == ("draft", 2)
    assert "截止" in told(response) or "期限" in told(response)


def test_handing_in_without_papers_says_so_and_keeps_the_draft(trainee, draft):
    response = trainee.post(address("claim_submit", draft.pk))

    draft.refresh_from_db()
    assert (draft.state, bool(told(response))) == ("draft", True)


def test_handing_in_twice_is_one_claim_with_one_number(trainee, complete):
    for _press in range(2):
        response = trainee.post(address("claim_submit", complete.pk))

    assert response.status_code == 302
    assert Claim.objects.get().number == complete.number
    assert complete.events.filter(state="submitted").count() == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "空"), (b"<html>", "PDF"), (PDF + b"x" * (5 << 20), "5 MB")],
    ids=["empty", "other kind", "too large"],
)
def test_a_paper_that_cannot_be_taken_says_why(trainee, draft, content, said):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("收据.pdf", content)
    response = trainee.post(address("claim_detail", draft.pk), {"kind": "receipt", "file": upload})

    form = response.context["form"]
    assert (response.status_code, form["kind"].value()) == (400, "receipt")
    assert said in str(form.errors)


def test_a_paper_is_added(trainee, draft):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("收据.pdf", PDF)
    response = trainee.post(address("claim_detail", draft.pk), {"kind": "receipt", "file": upload})

    assert (response.status_code, draft.documents.get().name) == (302, "收据.pdf")


def decide(client, claim, **data):
    return client.post(address("claim_decide", claim.pk), data)


def test_nobody_approves_their_own_claim_and_what_was_typed_stays(client, submitted):
    person = submitted.person
    for role in ("hr", "approver"):
        from people import roles

        roles.grant(person, role)
    client.force_login(person)

    response = decide(client, submitted, step="check", reason="我看过了")

    submitted.refresh_from_db()
    assert (response.status_code, submitted.state) == (409, "submitted")
    assert "四" in response.content.decode()


def test_the_reason_stays_where_a_step_is_refused(client, submitted):
    staff(client, "hr")
    services.check_claim(claim_id=submitted.pk, by=UserFactory(roles=["hr"]), at=timezone.now())

    response = decide(client, submitted, step="return", reason="缺合同第二页")

    assert response.status_code == 409
    assert response.context["decision"]["reason"].value() == "缺合同第二页"


@pytest.mark.parametrize(
    "data",
    [{}, {"step": "print"}, {"step": "refuse", "reason": "长" * 301}],
    ids=["nothing", "unknown step", "reason too long"],
)
def test_a_step_that_is_none_is_told(client, submitted, data):
    staff(client, "hr")

    response = decide(client, submitted, **data)

    submitted.refresh_from_db()
    assert (response.status_code, submitted.state) == (400, "submitted")
    assert 'role="alert"' in response.content.decode()


def test_four_people_take_a_claim_to_payment_on_the_page(client, submitted):
    for role, step in (("hr", "check"), ("approver", "approve")):
        staff(client, role)
        assert step in client.get(address("claim_detail", submitted.pk)).context["steps"]
        decide(client, submitted, step=step)
    staff(client, "finance")
    without = decide(client, submitted, step="pay", reference=" ")
    decide(client, submitted, step="pay", reference="BK-1")

    submitted.refresh_from_db()
    assert (without.status_code, submitted.state, submitted.payment_reference) == (
        409, "paid", "BK-1",
    )  # fmt: skip


@pytest.mark.parametrize(("step", "state"), [("return", "returned"), ("refuse", "refused")])
def test_a_claim_goes_back_with_its_reason(client, submitted, step, state):
    staff(client, "hr")

    decide(client, submitted, step=step, reason="缺合同")

    submitted.refresh_from_db()
    assert (submitted.state, submitted.reason) == (state, "缺合同")


def test_what_the_roster_changes_later_is_shown_and_changes_no_paper(client, submitted):
    before = dict(submitted.snapshot)
    Profile.objects.filter(user=submitted.person).update(
        bank_name="另一家银行", bank_account_hash="other", bank_account_masked="***9999"
    )
    staff(client, "hr")

    response = client.get(address("claim_detail", submitted.pk))

    submitted.refresh_from_db()
    assert response.context["changed"] == [
        ("开户行", "示例银行", "另一家银行"), ("银行账号", "***1234", "***9999"),
    ]  # fmt: skip
    assert submitted.snapshot == before


def test_a_draft_has_nothing_to_differ_from(trainee, draft):
    assert trainee.get(address("claim_detail", draft.pk)).context["changed"] == []


@pytest.mark.parametrize("query", ["stat=paid", "order_by=person__password", "page_size=1000000"])
@pytest.mark.parametrize("page", ["claim_list", "finance_overview"])
def test_an_unknown_filter_is_refused_and_named(client, page, query):
    staff(client, "hr")

    response = client.get(f"{address(page)}?{query}")

    assert response.status_code == 400
    assert query.partition("=")[0] in response.content.decode()


@pytest.mark.parametrize("state", ["foo", "PAID", "1"])
def test_a_state_that_is_none_is_refused(client, state):
    staff(client, "hr")

    response = client.get(address("claim_list"), {"state": state})

    assert (response.status_code, "列表" in response.content.decode()) == (400, True)


@pytest.mark.parametrize("number", ["-1", "0", "9999999", "x"])
def test_a_page_that_is_none_is_the_nearest(client, submitted, number):
    staff(client, "hr")

    response = client.get(address("claim_list"), {"page": number, "state": "submitted"})

    assert [claim.pk for claim in response.context["page"]] == [submitted.pk]


def test_a_control_character_in_the_search_is_refused(client):
    staff(client, "finance")

    assert client.get(f"{address('finance_overview')}?q=%00").status_code == 400


@pytest.mark.parametrize(
    "data", [{}, {"training_class": "x", "policy_version": "1"}, {"training_class": "-1"}]
)
def test_filing_nothing_is_told(client, data):
    staff(client, "hr")

    response = client.post(address("batch_file"), data)

    assert (response.url, bool(told(response))) == (address("claim_list"), True)


@pytest.mark.parametrize("number", ["999999", str(10**30)])
def test_filing_what_is_not_there_is_not_found(client, number):
    staff(client, "hr")

    response = client.post(
        address("batch_file"), {"training_class": number, "policy_version": number}
    )

    assert response.status_code == 404


def test_filing_twice_says_that_nothing_is_left(client, submitted):
    staff(client, "hr")
    data = {
        "training_class": submitted.enrolment.training_class_id,
        "policy_version": submitted.policy_version_id,
    }

    first, second = (client.post(address("batch_file"), data) for _press in range(2))

    submitted.refresh_from_db()
    assert first.url == address("batch_detail", submitted.batch_id)
    assert (second.url, bool(told(second))) == (address("claim_list"), True)
    assert client.get(first.url).context["total_fen"] == submitted.amount_fen


def test_a_form_before_handing_in_is_told(trainee, draft):
    response = trainee.post(address("application_request", draft.pk))

    assert (response.url, bool(told(response))) == (address("claim_detail", draft.pk), True)


def test_a_form_still_being_made_is_not_found_and_then_there(trainee, submitted):
    dossier = services.request_application(
        claim_id=submitted.pk, by=submitted.person, at=timezone.now()
    )
    early = trainee.get(address("dossier_download", dossier.pk))
    services.render_dossier(dossier_id=dossier.pk, at=timezone.now())
    made = trainee.get(address("dossier_download", dossier.pk))

    assert early.status_code == 404
    assert b"".join(made.streaming_content)[:5] == b"%PDF-"


@pytest.mark.parametrize("name", ["claim_detail", "claim_submit", "claim_decide"])
def test_a_number_far_too_large_is_not_found(client, name):
    staff(client, "hr")

    assert client.post(f"{address(name, 10**30)}").status_code == 404


def test_a_batch_adds_up_what_its_roster_adds_up(client, submitted):
    data = {
        "training_class": submitted.enrolment.training_class_id,
        "policy_version": submitted.policy_version_id,
    }
    staff(client, "hr")
    client.post(address("batch_file"), data)
    submitted.refresh_from_db()
    services.refuse_claim(
        claim_id=submitted.pk, reason="材料不实", by=UserFactory(roles=["hr"]), at=timezone.now()
    )

    page = client.get(address("batch_detail", submitted.batch_id))
    listed = client.get(address("claim_list")).context["batches"].get()

    assert page.context["total_fen"] == 0
    assert (listed.claim_count, listed.total_fen) == (0, 0)
