"""A finished, certified, paid enrolment, ready to claim."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from kit.canonical import digest
from kit.crypto import encrypt, keyed_hash
from people.models import Profile
from subsidies.models import Policy, PolicyVersion
from subsidies.services import open_receivable, record_payment
from tests.factories.certificates import APPROVED_AT, make_certificate
from tests.factories.people import UserFactory
from tests.factories.training import EnrolmentFactory, ProgrammeFactory, TrainingClassFactory

POLICIES = {
    row["code"][:2]: row
    for row in json.loads((Path(__file__).parents[2] / "demo" / "policies.json").read_text())
}
ID_NUMBER = "36990119900307001X"
PDF = b"%PDF-1.7 paper"


def make_policy(short="P4", **terms):
    """A published version of one of the demo's policies, with changed terms where wanted."""
    row = POLICIES[short]
    policy, _ = Policy.objects.get_or_create(
        code=row["code"], defaults={"title": row["title"], "audience": row["audience"]}
    )
    data = {**row["terms"], **terms}
    return PolicyVersion.objects.create(
        policy=policy,
        number=policy.versions.count() + 1,
        state="published",
        data=data,
        digest=digest(data),
        valid_from=date(2026, 1, 1),
        published_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def make_trainee(category="returnee", **profile):
    """A trainee with a sealed ID number and bank account."""
    person = UserFactory(roles=["trainee"], name="陈晓岚", mobile="")
    number = f"{person.pk:04d}"
    Profile.objects.create(
        user=person,
        sex="M",
        born_on=date(1990, 3, 7),
        category=category,
        id_number_sealed=encrypt(ID_NUMBER),
        id_number_hash=keyed_hash(ID_NUMBER + number),
        id_number_masked="369***********001X",
        bank_name="示例银行",
        bank_account_sealed=encrypt("6200369900000001234"),
        bank_account_hash=keyed_hash(number),
        bank_account_masked="***1234",
        household="江西省南昌市",
        **profile,
    )
    return person


def make_enrolment(
    category="returnee", *, kind="regular", price=360_000, at=APPROVED_AT, **profile
):
    """A place with its fee still open."""
    programme = ProgrammeFactory(kind=kind, list_price_fen=price)
    enrolment = EnrolmentFactory(
        training_class=TrainingClassFactory(programme=programme),
        person=make_trainee(category, **profile),
        category=category,
        list_price_fen=price,
    )
    open_receivable(enrolment=enrolment, at=at)
    return enrolment


def pay_fee(enrolment, *, by=None, at=APPROVED_AT):
    receivable = enrolment.receivable
    return record_payment(
        receivable_id=receivable.pk,
        amount_fen=receivable.due_fen,
        paid_on=at.date(),
        receipt_number=f"R{receivable.pk}",
        by=by or UserFactory(roles=["finance"]),
        at=at,
    )


def make_ready(category="returnee", *, certified=True, at=APPROVED_AT, rendered=True, **more):
    """Paid, passed and (unless told otherwise) certified: everything a claim stands on."""
    enrolment = make_enrolment(category, at=at, **more)
    pay_fee(enrolment, at=at)
    enrolment.state, enrolment.completed_at = "passed", at
    enrolment.save()
    if certified:
        make_certificate(enrolment=enrolment, identity=False, at=at, rendered=rendered)
    return enrolment
