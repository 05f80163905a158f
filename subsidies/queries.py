"""Reads with more than one caller: the facts of a case, and what a person may claim."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from certificates.models import Certificate
from kit.identifiers import age_on
from subsidies.models import Claim, PolicyVersion, QuotaYear, Receivable
from subsidies.rules.entitlement import Case, Entitlement, entitlement
from training.models import Enrolment


@dataclass(frozen=True)
class Surroundings:
    """What stands around a case on other rows: live claims of the year by number, those of
    any year by place in a class, the quota's taken places by policy, and the papers handed in."""

    other_claims: tuple[str, ...]
    by_place: dict[int, tuple[str, ...]]
    quota_used: dict[int, int]
    documents: frozenset[str] = frozenset()


def latest_certificate(enrolment: Enrolment) -> Certificate | None:
    """The newest certificate of an enrolment, whatever its state."""
    certificate: Certificate | None = next(iter(enrolment.certificates.all()), None)
    return certificate


def _was_employed(enrolment: Enrolment, hired_on: date | None) -> bool:
    """Whether the roster says that the person had a job while the class ran."""
    return hired_on is not None and hired_on <= enrolment.training_class.closes_on


def _around(
    person_id: int,
    year: int,
    quota_used: dict[int, int],
    *,
    claim: Claim | None = None,
    documents: frozenset[str] = frozenset(),
) -> Surroundings:
    rows = Claim.objects.live().filter(person_id=person_id)
    if claim is not None:
        rows = rows.exclude(pk=claim.pk)
    of_year, by_place = [], defaultdict[int, tuple[str, ...]](tuple)
    for number, made_in, place in rows.order_by("pk").values_list("number", "year", "enrolment"):
        by_place[place] += (number,)
        if made_in == year:
            of_year.append(number)
    return Surroundings(tuple(of_year), by_place, quota_used, documents)


def _surroundings(
    enrolment: Enrolment, version: PolicyVersion, year: int, claim: Claim | None
) -> Surroundings:
    used = dict(
        QuotaYear.objects.filter(policy_id=version.policy_id, year=year).values_list(
            "policy_id", "used"
        )
    )
    if claim is not None and claim.submitted_at is not None and used.get(version.policy_id):
        used[version.policy_id] -= 1
    papers = claim.documents.values_list("kind", flat=True) if claim else ()
    return _around(enrolment.person_id, year, used, claim=claim, documents=frozenset(papers))


def case_of(
    enrolment: Enrolment, version: PolicyVersion, *, on: date, claim: Claim | None = None
) -> Case:
    """The facts of one enrolment under one policy version, as known on a day.

    `claim` is left out of what is counted against it; its year stays that of its making, also
    when it is handed in after New Year.
    """
    year = claim.year if claim is not None else on.year
    return _case(enrolment, version, on, _surroundings(enrolment, version, year, claim))


def _case(enrolment: Enrolment, version: PolicyVersion, on: date, around: Surroundings) -> Case:
    profile = getattr(enrolment.person, "profile", None)
    receivable: Receivable | None = getattr(enrolment, "receivable", None)
    certificate = latest_certificate(enrolment)
    paid_fen = receivable.paid_fen if receivable else 0
    return Case(
        on=on,
        category=enrolment.category,
        age=age_on(profile.born_on, on) if profile and profile.born_on else 0,
        fee_fen=receivable.due_fen if receivable else enrolment.list_price_fen,
        programme_kind=enrolment.training_class.programme.kind,
        invoice_fen=paid_fen,
        paid=paid_fen > 0,
        passed=enrolment.state == "passed",
        certificate_state=certificate.shown_state(on) if certificate else "",
        certificate_on=certificate.issued_on if certificate else None,
        employed_during_training=_was_employed(enrolment, profile.hired_on if profile else None),
        other_claims=around.other_claims,
        same_course=around.by_place.get(enrolment.pk, ()),
        quota_used=around.quota_used.get(version.policy_id, 0),
        documents=around.documents,
    )


def claimable(person: Any, *, on: date) -> list[tuple[Enrolment, PolicyVersion, Entitlement]]:
    """Every finished enrolment of a person with each policy for its category, weighed.

    A fixed number of queries, however many there are.
    """
    enrolments = (
        Enrolment.objects.filter(person=person, completed_at__isnull=False)
        .select_related("training_class__programme", "person__profile", "receivable")
        .prefetch_related("certificates")
        .order_by("-pk")
    )
    versions = list(PolicyVersion.objects.in_force(on).select_related("policy"))
    used = dict(QuotaYear.objects.filter(year=on.year).values_list("policy_id", "used"))
    around = _around(person.pk, on.year, used)
    return [
        (enrolment, version, entitlement(version.terms, _case(enrolment, version, on, around)))
        for enrolment in enrolments
        for version in versions
        if not version.terms.is_waiver and version.policy.audience == enrolment.category
    ]
