import io
from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from jobs.models import OutboxMessage
from kit.crypto import encrypt
from kit.refusing import Refused
from kit.storage import private_storage, put_once
from people.models import Profile
from subsidies import services
from subsidies.choices import DossierKind
from subsidies.services.dossiers import _keep
from subsidies.services.papers import digit_cells
from subsidies.tasks import clean_orphans as clean_orphans_task
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, ID_NUMBER, PDF
from tests.kit.test_pictures import SECRET, photograph


def text_of(dossier):
    reader = PdfReader(io.BytesIO(dossier.file.read()))
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-" + b"x" * (5 << 20), "size"),
        (b"<html>", "type"),
        (b"MZ", "type"),
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"\xff\xd8\xffGIF89a", "damaged"),
    ],
)
def test_papers_that_are_refused(claim, staff, content, code):
    with pytest.raises(Refused) as caught:
        services.add_document(
            claim_id=claim.pk, kind="receipt", name="a.pdf", content=content,
            by=staff["maker"], at=APPROVED_AT,
        )  # fmt: skip
    assert caught.value.code == code


def add(claim, by, content=PDF):
    return services.add_document(
        claim_id=claim.pk,
        kind="receipt",
        name="../../收据.pdf",
        content=content,
        by=by,
        at=APPROVED_AT,
    )


def test_a_photograph_is_kept_without_its_place(claim, staff):
    paper = add(claim, staff["maker"], photograph())

    with paper.file.open() as kept:
        assert SECRET not in kept.read()
    assert add(claim, staff["maker"], photograph()) == paper


def test_same_paper_twice_is_kept_once_under_a_random_name(claim, staff):
    first, second = add(claim, staff["maker"]), add(claim, staff["maker"])

    assert first == second
    assert first.name == "收据.pdf"
    assert "收据" not in first.file.name


def test_claim_holds_at_most_twenty_papers(claim, staff, monkeypatch):
    monkeypatch.setattr("subsidies.services.documents.MAX_DOCUMENTS", 1)
    add(claim, staff["maker"])

    with pytest.raises(Refused) as caught:
        add(claim, staff["maker"], PDF + b"2")
    assert caught.value.code == "many"


def test_papers_are_fixed_once_handed_in(submitted, staff):
    with pytest.raises(Refused) as caught:
        add(submitted, staff["maker"], PDF + b"3")
    assert caught.value.code == "state"


def test_strangers_add_no_papers(claim):
    with pytest.raises(Refused) as caught:
        add(claim, UserFactory(roles=["trainee"]))
    assert caught.value.code == "role"


def test_application_form_says_what_the_claim_says(submitted, staff):
    dossier = services.request_application(claim_id=submitted.pk, by=staff["maker"], at=APPROVED_AT)

    made = services.render_dossier(dossier_id=dossier.pk, at=APPROVED_AT)

    text = text_of(made)
    for piece in (submitted.number, "陈晓岚", "2,880.00", "人民币贰仟捌佰捌拾元整", "演示样张"):
        assert piece in text
    assert "".join(c for c in text if c in "0123456789X").find(ID_NUMBER) >= 0


def test_papers_say_what_was_handed_in_whatever_the_roster_says_later(submitted, staff):
    Profile.objects.filter(user=submitted.person).update(
        sex="F", bank_name="另一家银行", bank_account_sealed=encrypt("6200111111111111111"),
        id_number_sealed=encrypt("36990119910307001X"), born_on="1991-03-07",
    )  # fmt: skip
    batch = file_it(submitted, staff["maker"])
    form = services.request_application(claim_id=submitted.pk, by=staff["maker"], at=APPROVED_AT)
    roster = services.request_roster(batch_id=batch.pk, by=staff["maker"], at=APPROVED_AT)

    for dossier in (form, roster):
        text = text_of(services.render_dossier(dossier_id=dossier.pk, at=APPROVED_AT))
        digits = "".join(sign for sign in text if sign in "0123456789X")
        assert (ID_NUMBER in digits, "6200369900000001234" in digits) == (True, True)
        assert ("另一家银行" in text, "示例银行" in text) == (False, True)


def test_form_is_asked_once_and_made_once(submitted, staff):
    ask = {"claim_id": submitted.pk, "by": staff["maker"], "at": APPROVED_AT}
    first, second = (services.request_application(**ask) for _ in range(2))

    made = services.render_dossier(dossier_id=first.pk, at=APPROVED_AT)
    again = services.render_dossier(dossier_id=first.pk, at=APPROVED_AT)

    assert (first, made.file.name) == (second, again.file.name)
    assert OutboxMessage.objects.filter(task="subsidies.render_dossier").count() == 1


def test_second_worker_that_lost_the_race_keeps_the_first_file(submitted, staff):
    dossier = services.request_application(claim_id=submitted.pk, by=staff["maker"], at=APPROVED_AT)
    first = _keep(dossier.pk, *put_once("dossiers", PDF), APPROVED_AT)

    second = _keep(dossier.pk, *put_once("dossiers", PDF + b"other"), APPROVED_AT)

    assert (second.file.name, second.sha256) == (first.file.name, first.sha256)


def test_a_file_no_dossier_names_is_cleaned_once_it_is_old(submitted, staff, own_folder):
    dossier = services.request_application(claim_id=submitted.pk, by=staff["maker"], at=APPROVED_AT)
    made = services.render_dossier(dossier_id=dossier.pk, at=APPROVED_AT)
    left, _content = put_once("dossiers", b"left by a worker that died")

    clean_orphans_task.run()
    young = private_storage().exists(left)
    services.clean_orphans(at=timezone.now() + timedelta(minutes=61))

    assert (young, private_storage().exists(left)) == (True, False)
    assert private_storage().exists(made.file.name)


def test_form_needs_a_claim_that_was_handed_in(claim, staff):
    with pytest.raises(Refused) as caught:
        services.request_application(claim_id=claim.pk, by=staff["maker"], at=APPROVED_AT)
    assert caught.value.code == "state"


def test_form_is_for_the_person_and_the_office(submitted):
    ask = {"claim_id": submitted.pk, "at": APPROVED_AT}

    own = services.request_application(by=submitted.person, **ask)
    with pytest.raises(Refused):
        services.request_application(by=UserFactory(roles=["trainee"]), **ask)

    assert own.kind == DossierKind.APPLICATION


def file_it(submitted, by):
    return services.file_batch(
        training_class=submitted.enrolment.training_class,
        policy_version=submitted.policy_version,
        by=by,
        at=APPROVED_AT,
    )


def test_roster_adds_up_in_figures_and_capitals(submitted, staff):
    batch = file_it(submitted, staff["maker"])
    dossier = services.request_roster(batch_id=batch.pk, by=staff["maker"], at=APPROVED_AT)

    made = services.render_dossier(dossier_id=dossier.pk, at=APPROVED_AT)

    text = text_of(made)
    for piece in (batch.number, "2,880.00", "贰仟捌佰捌拾元整", ID_NUMBER):
        assert piece in text
    assert services.request_roster(batch_id=batch.pk, by=staff["maker"], at=APPROVED_AT) == dossier


def test_roster_of_a_batch_whose_claims_were_all_refused_is_empty(submitted, staff):
    from subsidies.services.papers import roster_context

    batch = file_it(submitted, staff["maker"])
    services.refuse_claim(claim_id=submitted.pk, reason="x", by=staff["checker"], at=APPROVED_AT)
    dossier = services.request_roster(batch_id=batch.pk, by=staff["maker"], at=APPROVED_AT)

    assert roster_context(dossier)["rows"] == []


def test_filing_needs_claims_that_were_handed_in(claim, staff):
    with pytest.raises(Refused) as caught:
        file_it(claim, staff["maker"])
    assert caught.value.code == "nothing"


@pytest.mark.parametrize(
    ("fen", "cells"),
    [(288_000, "_¥288000"), (5, "______¥5"), (10_768_000, "10768000"), (98_764, "__¥98764")],
)
def test_digit_cells_hold_the_amount_to_the_right(fen, cells):
    assert "".join(digit_cells(fen)).replace(" ", "_") == cells


def test_form_without_certificate_bank_or_birth_date(staff, add_papers):
    from people.models import Profile
    from tests.factories.subsidies import make_policy, make_ready

    enrolment = make_ready(certified=False)
    Profile.objects.filter(user=enrolment.person).update(
        bank_account_sealed="", bank_account_hash="", bank_account_masked=""
    )
    claim = services.make_claim(
        enrolment_id=enrolment.pk,
        policy_version=make_policy("P4", requires_certificate=False, cap_fen=None),
        by=staff["maker"],
        at=APPROVED_AT,
    )
    add_papers(claim)
    claim = services.submit_claim(claim_id=claim.pk, by=staff["maker"], at=APPROVED_AT)
    Profile.objects.filter(user=enrolment.person).update(born_on=None)
    batch = file_it(claim, staff["maker"])

    form = services.request_application(claim_id=claim.pk, by=staff["maker"], at=APPROVED_AT)
    roster = services.request_roster(batch_id=batch.pk, by=staff["maker"], at=APPROVED_AT)

    assert services.render_dossier(dossier_id=form.pk, at=APPROVED_AT).file
    assert services.render_dossier(dossier_id=roster.pk, at=APPROVED_AT).file
