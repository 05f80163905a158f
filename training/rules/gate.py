"""Who may sit the theory exam.

Two demands, both exact:
- online study of the programme's courses of at least the required seconds (54 000 s = 20 class
  hours; 53 999 s are refused);
- attendance of at least the required percent of the sessions that have ended so far. Present,
  late and made-up count; absent and leave do not, and neither does an ended session whose
  attendance nobody has recorded. Before the first session has ended nothing can have been missed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

COUNTS_AS_ATTENDED = frozenset({"present", "late", "made_up"})
CAN_BE_MADE_UP = frozenset({"absent", "leave"})


@dataclass(frozen=True)
class AttendanceSoFar:
    """Sessions ended, attended, and ended without any record for this person."""

    ended: int
    attended: int
    unrecorded: int

    @property
    def fraction(self) -> Fraction | None:
        """Attended ÷ ended; None while no session has ended."""
        return Fraction(self.attended, self.ended) if self.ended else None


@dataclass(frozen=True)
class Gate:
    """The demands, what is there, and so what is missing."""

    online_seconds: int
    required_online_seconds: int
    attendance: AttendanceSoFar
    required_attendance_percent: int

    @property
    def missing_seconds(self) -> int:
        """Online seconds still to study; 0 when met."""
        return max(0, self.required_online_seconds - self.online_seconds)

    @property
    def hours_met(self) -> bool:
        return self.missing_seconds == 0

    @property
    def attendance_met(self) -> bool:
        """attended ÷ ended ≥ required, compared as whole numbers."""
        so_far = self.attendance
        return so_far.attended * 100 >= self.required_attendance_percent * so_far.ended

    @property
    def missing_sessions(self) -> int:
        """Sessions to be made up before the demand is met; 0 when met."""
        needed = -(-self.required_attendance_percent * self.attendance.ended // 100)
        return max(0, needed - self.attendance.attended)

    @property
    def is_open(self) -> bool:
        return self.hours_met and self.attendance_met


def attendance_so_far(states: Iterable[str | None]) -> AttendanceSoFar:
    """Count the states of the sessions that have ended; None where nothing is recorded."""
    every = list(states)
    return AttendanceSoFar(
        ended=len(every),
        attended=sum(state in COUNTS_AS_ATTENDED for state in every),
        unrecorded=sum(state is None for state in every),
    )


def may_become(before: str | None, after: str) -> bool:
    """Whether attendance may change so: made up only follows absence or leave."""
    return after != "made_up" or before in CAN_BE_MADE_UP or before == "made_up"
