"""Many hands on one series: every number once, none missing."""

from functools import partial

import pytest
from django.db import transaction

from certificates.models import NumberCounter as CertificateCounter
from kit.numbering import take_number
from kit.series import next_sequence, printed
from subsidies.models import NumberCounter as ClaimCounter
from tests.deep.threads import at_once

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
HANDS, EACH = 10, 20


def take_many(counters):
    taken = []
    for round_number in range(EACH):
        with transaction.atomic():
            number = take_number(counters, "DEMO-2026-YY")
            # Every fourth issue fails after it took its number.
            transaction.set_rollback(round_number % 4 == 3)
        if round_number % 4 != 3:
            taken.append(number)
    return taken


@pytest.mark.parametrize("counters", [CertificateCounter, ClaimCounter])
def test_two_hundred_issues_at_once_leave_no_gap_and_no_double(counters):
    hands = at_once([partial(take_many, counters)] * HANDS)
    taken = sorted(number for hand in hands for number in hand)

    expected, last = [], 0
    while len(expected) < len(taken):
        last = next_sequence("DEMO-2026-YY", last)
        expected.append(printed("DEMO-2026-YY", last))
    assert (len(taken), taken) == (HANDS * EACH * 3 // 4, expected)
