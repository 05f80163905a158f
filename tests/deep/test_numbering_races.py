"""Many hands on one series: every number once, none missing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from certificates.models import NumberCounter as CertificateCounter
from kit.numbering import take_number
from kit.series import next_sequence, printed
from subsidies.models import NumberCounter as ClaimCounter

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
HANDS, EACH = 10, 20


def take_many(counters, barrier):
    barrier.wait(timeout=60)
    try:
        taken = []
        for round_number in range(EACH):
            with transaction.atomic():
                number = take_number(counters, "DEMO-2026-YY")
                # Every fourth issue fails after it took its number.
                transaction.set_rollback(round_number % 4 == 3)
            if round_number % 4 != 3:
                taken.append(number)
        return taken
    finally:
        connection.close()


@pytest.mark.parametrize("counters", [CertificateCounter, ClaimCounter])
def test_two_hundred_issues_at_once_leave_no_gap_and_no_double(counters):
    barrier = Barrier(HANDS)

    with ThreadPoolExecutor(HANDS) as pool:
        hands = [pool.submit(take_many, counters, barrier) for _unused in range(HANDS)]
    taken = sorted(number for hand in hands for number in hand.result())

    expected, last = [], 0
    while len(expected) < len(taken):
        last = next_sequence("DEMO-2026-YY", last)
        expected.append(printed("DEMO-2026-YY", last))
    assert (len(taken), taken) == (HANDS * EACH * 3 // 4, expected)
