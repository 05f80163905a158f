"""What a policy says, as data. The five policies of the founding documents are in the demo.

Sources: domain facts R066–R074 (the "4 + 1" policies) and the project's decisions: one person,
one year, one policy; not stackable; window 365 days; percentages round down to the fen.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kit.money import percent_down


class Method(StrEnum):
    """How the amount follows from the fee."""

    FEE_CAPPED = "fee_capped"  # the fee, at most the cap (P1)
    WAIVER_CAPPED = "waiver_capped"  # taken off before payment, at most the cap (P2)
    FULL = "full"  # the whole fee (P3)
    PERCENT = "percent"  # a share of the fee, perhaps capped (P4, P5)


@dataclass(frozen=True)
class Terms:
    """One version of one policy. Money in fen, window in days from the certificate."""

    code: str
    audience: str
    method: Method
    percent: int = 100
    cap_fen: int | None = None
    quota_per_year: int | None = None
    payee: str = "person"
    window_days: int = 365
    stackable: bool = False
    minimum_age: int = 16
    requires_certificate: bool = True
    requires_pass: bool = False
    requires_unemployment: bool = False
    programme_kind: str = ""
    documents: tuple[str, ...] = ()

    @property
    def is_waiver(self) -> bool:
        """Whether the amount is taken off before payment instead of claimed after it."""
        return self.method is Method.WAIVER_CAPPED

    def as_data(self) -> dict[str, Any]:
        """JSON of the terms, the form in which a version freezes them."""
        return {**self.__dict__, "method": str(self.method), "documents": list(self.documents)}


class TermsError(ValueError):
    """Terms that cannot be published; `field` names the place."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


def terms_of(data: dict[str, Any]) -> Terms:
    """Terms from JSON, checked: share 1–100 %, positive cap and quota, a window of days."""
    try:
        terms = Terms(
            **{
                **data,
                "method": Method(data["method"]),
                "documents": tuple(data.get("documents", ())),
            }
        )
    except (KeyError, ValueError, TypeError) as error:
        raise TermsError("method", f"not understood ({error})") from error
    faults = {
        "percent": not 1 <= terms.percent <= 100,
        "cap_fen": terms.cap_fen is not None and terms.cap_fen <= 0,
        "quota_per_year": terms.quota_per_year is not None and terms.quota_per_year <= 0,
        "window_days": terms.window_days < 1,
    }
    for field, wrong in faults.items():
        if wrong:
            raise TermsError(field, f"out of range: {getattr(terms, field)}")
    return terms


def amount_fen(terms: Terms, fee_fen: int) -> int:
    """What a fee is worth under the terms, in fen; shares round down, never above the cap."""
    amount = percent_down(fee_fen, terms.percent)
    return amount if terms.cap_fen is None else min(amount, terms.cap_fen)
