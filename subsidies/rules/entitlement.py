"""Whether a person is entitled, to how much, and why: every condition named, none hidden."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from subsidies.rules.terms import Terms, amount_fen


@dataclass(frozen=True)
class Case:
    """The facts of one person under one policy, as known on one day.

    Money in fen. `invoice_fen` is what the receipts show, None before payment; `other_claims`
    are numbers of live claims of the same year, `same_course` of the same place in a class in
    any year; `quota_used` counts this policy's year.
    """

    on: date
    category: str
    age: int
    fee_fen: int
    programme_kind: str = "regular"
    invoice_fen: int | None = None
    paid: bool = False
    passed: bool = False
    certificate_state: str = ""
    certificate_on: date | None = None
    employed_during_training: bool = False
    other_claims: tuple[str, ...] = ()
    same_course: tuple[str, ...] = ()
    quota_used: int = 0
    documents: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Condition:
    """One condition: its code, whether it is met, and the facts to put into its sentence."""

    code: str
    met: bool
    facts: dict[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Entitlement:
    """The answer. `amount_fen` is 0 unless every condition is met; `missing` are documents."""

    worth_fen: int
    conditions: tuple[Condition, ...]
    missing: tuple[str, ...]

    @property
    def refusals(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if not condition.met)

    @property
    def is_entitled(self) -> bool:
        """Entitled in substance; papers may still be missing."""
        return not self.refusals

    @property
    def is_complete(self) -> bool:
        return self.is_entitled and not self.missing

    @property
    def amount_fen(self) -> int:
        return self.worth_fen if self.is_entitled else 0


def _audience(terms: Terms, case: Case) -> list[Condition]:
    found = [
        Condition("category", case.category == terms.audience, {"wanted": terms.audience}),
        Condition("age", case.age >= terms.minimum_age, {"minimum": terms.minimum_age}),
    ]
    if terms.programme_kind:
        met = case.programme_kind == terms.programme_kind
        found.append(Condition("programme_kind", met, {"wanted": terms.programme_kind}))
    if terms.requires_unemployment:
        found.append(Condition("unemployed", not case.employed_during_training))
    return found


def _outcome(terms: Terms, case: Case) -> list[Condition]:
    if terms.is_waiver:
        return [Condition("before_payment", not case.paid)]
    found = []
    if terms.requires_pass:
        found.append(Condition("passed", case.passed))
    if terms.requires_certificate:
        state = case.certificate_state or "none"
        found.append(Condition("certificate", state == "valid", {"state": state}))
    if case.certificate_on is not None:
        last = case.certificate_on + timedelta(days=terms.window_days)
        found.append(Condition("window", case.on <= last, {"last": last.isoformat()}))
    invoice = case.invoice_fen or 0
    worth = amount_fen(terms, case.fee_fen)
    found.append(Condition("invoice", worth <= invoice, {"invoice_fen": invoice}))
    return found


def _limits(terms: Terms, case: Case) -> list[Condition]:
    found = []
    if not terms.stackable:
        first = case.other_claims[0] if case.other_claims else ""
        found.append(Condition("once_a_year", not case.other_claims, {"claim": first}))
    course = case.same_course[0] if case.same_course else ""
    found.append(Condition("once_a_course", not case.same_course, {"claim": course}))
    if terms.quota_per_year is not None:
        met = case.quota_used < terms.quota_per_year
        facts: dict[str, str | int] = {"used": case.quota_used, "quota": terms.quota_per_year}
        found.append(Condition("quota", met, facts))
    return found


def entitlement(terms: Terms, case: Case) -> Entitlement:
    """Weigh every condition of the terms against the case."""
    conditions = (*_audience(terms, case), *_outcome(terms, case), *_limits(terms, case))
    missing = tuple(kind for kind in terms.documents if kind not in case.documents)
    return Entitlement(amount_fen(terms, case.fee_fen), conditions, missing)
