"""Claim and batch numbers: issuer, kind, year, and a number of that series."""

from kit.numbering import take_number
from subsidies.models import NumberCounter
from training.models import Enrolment

CLAIM, BATCH = "SL", "PL"


def issuer_code_of(enrolment: Enrolment) -> str:
    """Numbers start with the issuer's code, which is data of the programme's certificate."""
    scheme = getattr(enrolment.training_class.programme, "certificate_scheme", None)
    return scheme.issuer_code if scheme is not None else "LMS"


def next_number(*, kind: str, enrolment: Enrolment, year: int) -> str:
    """The next number of a kind and year, in the transaction that uses it."""
    return take_number(NumberCounter, f"{issuer_code_of(enrolment)}-{kind}-{year}")
