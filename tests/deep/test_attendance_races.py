"""Several people save the sheet of one session at once: the audit tells what each one found."""

from itertools import pairwise

import pytest

from audit.models import AuditRow
from tests.deep.threads import at_once
from tests.factories.training import place_in, ready_class
from training.models import Attendance
from training.services import take_attendance

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]
STATES = ("present", "late", "absent", "leave")


@pytest.mark.parametrize("round_", range(5))
def test_each_change_of_a_sheet_starts_where_the_one_before_ended(round_):
    made = ready_class()
    place, session = place_in(made), made.sessions.get(day=1, number=1)

    changed = at_once(
        [
            lambda state=state: take_attendance(
                session=session, states={place.pk: state}, by=made.t, at=session.ends_at
            )
            for state in STATES * 2
        ]
    )

    rows = AuditRow.objects.filter(action="training.attendance_taken").order_by("pk")
    told = [row.detail[str(place.pk)] for row in rows]
    assert len(told) == sum(changed)
    assert told[0][0] is None
    assert [after for _before, after in told[:-1]] == [before for before, _after in told[1:]]
    assert all(one[1] != other[1] for one, other in pairwise(told))
    assert Attendance.objects.get().state == told[-1][1]
