"""Both rules together: several devices of one person, reporting whatever they like."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learning.rules.attending import Attention, Pace, take
from learning.rules.crediting import beat

START = datetime(2026, 3, 13, 2, tzinfo=UTC)
KINDS = ("beat", "hidden", "shown", "idle", "back", "asked", "answered", "left", "return", "start")
PACE = Pace()


class Learner:
    """One person: what the service keeps, without a database."""

    def __init__(self, *, planned, of_day):
        self.planned, self.cap_left = planned, of_day
        self.lessons, self.days = Counter(), Counter()
        self.open, self.standing = None, {}
        self.last = START
        self.earning = []

    def start(self, device, lesson, at):
        at = max(at, self.last)
        self.open = device
        self.standing[device] = (lesson, Attention(at, at))
        self.last = at

    def report(self, device, kind, at, idle):
        if self.open != device:
            return
        lesson, now = self.standing[device]
        taken = take(now, kind=kind, at=at, idle_seconds=idle, pace=PACE)
        attention = taken.attention
        if taken.earns_until is not None:
            got = beat(
                accounted_until=now.accounted_until,
                at=at,
                earns_until=taken.earns_until,
                lesson_seconds=self.lessons[lesson],
                planned_seconds=self.planned,
                credited_on=lambda day: self.days[day] + 8 * 2700 - self.cap_left,
            )
            attention = replace(attention, accounted_until=got.accounted_until)
            self.lessons[lesson] += got.seconds
            for credit in got.credits:
                self.days[credit.day] += credit.seconds
            if got.seconds:
                self.earning.append((now.pause, at))
        assert attention.accounted_until >= now.accounted_until
        self.last = max(self.last, attention.accounted_until)
        self.standing[device] = (lesson, attention)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 2),  # device
        st.sampled_from(KINDS),
        st.integers(0, 1),  # lesson
        st.floats(-30, 70, allow_nan=False),  # the server's clock moves on; requests overtake
        st.integers(0, 400),
    ),
    max_size=120,
)


def run(steps, *, planned=10**6, of_day=8 * 2700):
    learner, clock, latest = Learner(planned=planned, of_day=of_day), 0.0, 0.0
    for device, kind, lesson, passed, idle in steps:
        clock = max(0.0, clock + passed)
        latest = max(latest, clock)
        at = START + timedelta(seconds=clock)
        if kind == "start":
            learner.start(device, lesson, at)
        else:
            learner.report(device, kind, at, idle)
    return learner, latest


@given(STEPS)
def test_no_devices_and_clocks_earn_more_than_wall_time(steps):
    learner, wall = run(steps)

    assert sum(learner.lessons.values()) <= wall


@given(STEPS, st.integers(0, 200))
def test_no_lesson_earns_more_than_it_may(steps, planned):
    learner, _ = run(steps, planned=planned)

    assert max(learner.lessons.values(), default=0) <= planned


@given(STEPS, st.integers(0, 200))
def test_no_day_earns_more_than_its_cap(steps, of_day):
    learner, _ = run(steps, of_day=of_day)

    assert max(learner.days.values(), default=0) <= of_day


@given(STEPS)
def test_nothing_is_earned_while_paused(steps):
    learner, _ = run(steps)

    assert [pause for pause, _ in learner.earning if pause] == []


@given(STEPS)
def test_a_report_that_comes_twice_earns_once(steps):
    once, _ = run(steps)
    again = [
        step if n == 0 else (step[0], "beat", step[2], 0.0, step[4])
        for step in steps
        for n in range(2)
        if n == 0 or step[1] == "beat"
    ]

    assert run(again)[0].lessons == once.lessons
