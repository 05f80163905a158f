"""The service as a whole, with its rows: whatever is reported, the books agree."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.models import LedgerEntry, LessonProgress, StudyEvent, StudySession
from learning.rules import crediting
from learning.services import Report, report_study, start_study
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import CourseGrantFactory

pytestmark = pytest.mark.django_db
KINDS = ("beat", "hidden", "shown", "idle", "asked", "answered", "left", "return", "hand_in")
CAP, PLANNED = 150, 100
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("start", *KINDS, "beat", "beat", "beat")),
        st.integers(0, 1),  # lesson
        st.integers(0, 2),  # which of the latest sessions speaks
        st.integers(-20, 65_000),  # milliseconds later by the server's clock
        st.integers(0, 300),
    ),
    min_size=5,
    max_size=30,
)


def total(model, field="seconds"):
    return model.objects.aggregate(total=Sum(field))["total"] or 0


@given(STEPS)
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
def test_events_ledger_and_progress_agree_and_keep_within_every_limit(at, steps):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(crediting, "DAILY_CAP_SECONDS", CAP)
        course = CourseFactory()
        lessons = [lesson_of(course, planned_seconds=PLANNED) for _ in range(2)]
        person = CourseGrantFactory(course=course).person
        sessions = [start_study(person=person, lesson=lessons[0], at=at)]
        now, latest, seq = at, at, 0
        for kind, lesson, which, passed, idle in steps:
            now, seq = now + timedelta(milliseconds=passed), seq + 1
            latest = max(latest, now)
            if kind == "start":
                sessions.append(start_study(person=person, lesson=lessons[lesson], at=now))
                continue
            report = Report(kind=kind, seq=seq, idle_seconds=idle)
            where = {"session_id": sessions[-1 - which % len(sessions)].pk, "person": person}
            report_study(**where, at=now, report=report)
            before = StudyEvent.objects.count(), total(LedgerEntry)
            # A replay, long after: nothing is written and nothing earned.
            replay = report_study(**where, at=now + timedelta(seconds=50), report=report)
            assert (replay.credited, (StudyEvent.objects.count(), total(LedgerEntry))) == (
                0,
                before,
            )

        earned = total(LedgerEntry)
        assert earned == total(StudyEvent) == total(LessonProgress, "credited_seconds")
        assert earned <= (latest - at).total_seconds()
        assert {row["seconds__sum"] for row in _by_event()} <= set(range(1, 61))
        assert all(row.credited_seconds <= PLANNED for row in LessonProgress.objects.all())
        assert max((row["total"] for row in _by_day()), default=0) <= CAP
        assert StudySession.objects.filter(ended_at=None).count() <= 1
        assert not StudyEvent.objects.filter(seconds=0, reason="").exclude(kind="start").exists()
        transaction.set_rollback(True)


def _by_event():
    return LedgerEntry.objects.order_by().values("event").annotate(Sum("seconds"))


def _by_day():
    return LedgerEntry.objects.order_by().values("day").annotate(total=Sum("seconds"))
