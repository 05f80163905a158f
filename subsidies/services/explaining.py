"""The sentences behind an entitlement: every condition and every step of the amount."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kit.money import format_yuan, percent_down
from subsidies.rules.entitlement import Condition, Entitlement
from subsidies.rules.terms import Terms


def _met_texts() -> dict[str, str]:
    return {
        "category": _("The trainee category fits the policy."),
        "age": _("At least %(minimum)s years old."),
        "programme_kind": _("The programme is of the kind the policy asks for."),
        "unemployed": _("Without employment during the training."),
        "before_payment": _("Nothing has been paid yet."),
        "passed": _("The certification was passed."),
        "certificate": _("The certificate is valid."),
        "window": _("Within the claim window, which ends on %(last)s."),
        "invoice": _("The receipts cover the amount."),
        "once_a_year": _("No other claim in the same year."),
        "once_a_course": _("No other claim for the same class."),
        "quota": _("Places are left: %(used)s of %(quota)s taken."),
    }


def _unmet_texts() -> dict[str, str]:
    return {
        "category": _("The policy is for another trainee category."),
        "age": _("Under %(minimum)s years old: no subsidy can be claimed."),
        "programme_kind": _("Only entrepreneurship programmes are covered by this policy."),
        "unemployed": _("The roster shows employment during the training."),
        "before_payment": _("The fee has already been paid; a waiver is only possible before."),
        "passed": _("The certification was not passed."),
        "certificate": _("There is no valid certificate (state: %(state)s)."),
        "window": _("The claim window ended on %(last)s."),
        "invoice": _("The amount is more than the receipts show (%(invoice)s yuan)."),
        "once_a_year": _("Claim %(claim)s already stands in the same year; one a year is allowed."),
        "once_a_course": _("Claim %(claim)s already stands for the same class, whatever the year."),
        "quota": _("All %(quota)s places of the year are taken."),
    }


def _certificate_states() -> dict[str, str]:
    return {
        "none": _("not issued"),
        "pending": _("Being made"),
        "stuck": _("Stuck"),
        "valid": _("Valid"),
        "expired": _("Expired"),
        "revoked": _("Revoked"),
    }


def sentence(condition: Condition) -> str:
    """One condition in words."""
    texts = _met_texts() if condition.met else _unmet_texts()
    facts: dict[str, str | int] = dict(condition.facts)
    if "invoice_fen" in facts:
        facts["invoice"] = format_yuan(int(facts["invoice_fen"]))
    if "state" in facts:
        facts["state"] = _certificate_states()[str(facts["state"])]
    return texts[condition.code] % facts


def first_refusal(found: Entitlement) -> str:
    """Why not, all reasons in one text."""
    return " ".join(sentence(condition) for condition in found.refusals)


@dataclass(frozen=True)
class AmountLine:
    """One step of how the amount comes about; `figure` is what the step leads to."""

    title: str
    figure: str
    note: str


def amount_lines(terms: Terms, fee_fen: int, amount: int) -> list[AmountLine]:
    """The workings of an amount, step by step, as the claim form prints them."""
    share = percent_down(fee_fen, terms.percent)
    lines = [AmountLine(_("Training fee"), format_yuan(fee_fen), "")]
    if terms.percent != 100:
        note = f"{format_yuan(fee_fen)} × {terms.percent}%"
        lines.append(
            AmountLine(_("Times the share of %s %%") % terms.percent, format_yuan(share), note)
        )
    if terms.cap_fen is not None:
        note = _("Cap %s") % format_yuan(terms.cap_fen)
        capped = min(share, terms.cap_fen)
        lines.append(AmountLine(_("Not above the cap"), format_yuan(capped), note))
    lines.append(AmountLine(_("Amount"), format_yuan(amount), _("Fractions of a fen are dropped.")))
    return lines
