import pytest
from django.db import IntegrityError, transaction

from certificates.models import NumberCounter as CertificateCounter
from kit.numbering import take_number
from kit.series import next_sequence, printed
from subsidies.models import NumberCounter as ClaimCounter

pytestmark = pytest.mark.django_db
COUNTERS = pytest.mark.parametrize("counters", [CertificateCounter, ClaimCounter])


def readable(series, count):
    """The first numbers of a series, worked out without a counter."""
    found, last = [], 0
    for _unused in range(count):
        last = next_sequence(series, last)
        found.append(printed(series, last))
    return found


@COUNTERS
def test_numbers_run_on_without_gaps_but_those_that_cannot_be_read(counters):
    taken = [take_number(counters, "DEMO-2026-YY") for _unused in range(60)]

    assert taken == readable("DEMO-2026-YY", 60)


@COUNTERS
def test_each_series_counts_for_itself(counters):
    take_number(counters, "DEMO-2026-YY")

    assert take_number(counters, "DEMO-2027-YY") == readable("DEMO-2027-YY", 1)[0]


@COUNTERS
def test_a_rolled_back_number_is_given_again(counters):
    with transaction.atomic():
        lost = take_number(counters, "DEMO-2026-YY")
        transaction.set_rollback(True)

    assert take_number(counters, "DEMO-2026-YY") == lost


@COUNTERS
def test_a_series_has_one_counter(counters):
    take_number(counters, "DEMO-2026-YY")

    with pytest.raises(IntegrityError):
        counters.objects.create(series="DEMO-2026-YY")
