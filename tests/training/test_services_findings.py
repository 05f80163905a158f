"""Findings and verdicts: found once, judged by a person, and only then with an effect."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.db.transaction import atomic
from django.utils import timezone

from audit.models import AuditRow
from courses.models import LessonPage
from courses.services import freeze_course
from exams.models import Admission
from learning.models import LedgerEntry, LessonProgress, StudyEvent, UncountedTime
from learning.models.ledger import LedgerChangedError
from learning.services import uncount_entries
from tests.factories.courses import lesson_of
from tests.factories.people import UserFactory
from tests.factories.training import place_in, ready_class, study
from training.errors import TrainingError
from training.models import AnomalyVerdict, StudyAnomaly
from training.models.anomaly import FrozenRowError
from training.queries import hours_of, seconds_by_person
from training.services import find_anomalies, judge_anomaly, refresh_admission, take_attendance
from training.tasks import find_anomalies as find_anomalies_task

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
# The class's first session is on Monday from 09:00 to 10:30.
SESSION = datetime(2026, 3, 9, 9, tzinfo=ZONE)
TUESDAY = datetime(2026, 3, 10, 8, tzinfo=ZONE)
WHY = "已当面核实"


@pytest.fixture
def made():
    return ready_class()


@pytest.fixture
def place(made):
    return place_in(made)


def credit(person, lesson, since, minutes, **seen):
    """A minute an entry from `since`, with an event each and the sum beside them."""
    session = person.study_sessions.create(
        lesson=lesson, started_at=since, last_beat_at=since, ended_at=since, end_reason="newer"
    )
    for number in range(1, minutes + 1):
        at = since + timedelta(minutes=number)
        event = StudyEvent.objects.create(
            session=session, person=person, seq=number, kind="beat", at=at, seconds=60, **seen
        )
        LedgerEntry.objects.create(
            person=person, lesson=lesson, session=session, event=event, seconds=60,
            day=at.astimezone(ZONE).date(), at=at,
        )  # fmt: skip
    progress, _ = LessonProgress.objects.get_or_create(
        person=person, lesson=lesson, defaults={"last_at": since}
    )
    progress.credited_seconds += 60 * minutes
    if progress.credited_seconds >= lesson.planned_seconds:
        progress.completed_at = since
    progress.save()
    return session


def overlap(made, place, minutes=3):
    """Present in class and online at once, as it was found the next morning."""
    take_attendance(
        session=made.sessions.get(day=1, number=1), states={place.pk: "present"}, by=made.t,
        at=SESSION + timedelta(hours=2),
    )  # fmt: skip
    lesson = lesson_of(made.programme.courses.first(), planned_seconds=150)
    credit(place.person, lesson, SESSION + timedelta(minutes=10), minutes)
    find_anomalies(at=TUESDAY)
    return StudyAnomaly.objects.get(person=place.person, kind="overlap")


def test_online_study_during_class_is_found_once(made, place):
    anomaly = overlap(made, place)

    again = find_anomalies(at=TUESDAY + timedelta(hours=6))

    assert (again, StudyAnomaly.objects.count()) == (0, 1)
    assert anomaly.evidence == {
        "entries": list(LedgerEntry.objects.order_by("pk").values_list("pk", flat=True)),
        "sessions": [place.person.study_sessions.get().pk],
        "since": "2026-03-09T09:10:00+08:00", "until": "2026-03-09T09:13:00+08:00",
        "seconds": 180, "count": 0,
    }  # fmt: skip


def test_a_finding_changes_nothing(made, place):
    overlap(made, place)

    progress = LessonProgress.objects.get()
    assert (progress.standing_seconds, progress.completed_at is None) == (180, False)
    assert not UncountedTime.objects.exists()


def test_the_day_that_runs_is_not_looked_at_yet(made, place):
    lesson = lesson_of(made.programme.courses.first())
    for each in (place.person, UserFactory()):
        credit(each, lesson, SESSION, 1, device_hash="d" * 32)

    found = [find_anomalies(at=at) for at in (SESSION + timedelta(hours=12), TUESDAY)]

    assert found == [0, 2]
    assert set(StudyAnomaly.objects.values_list("kind", "key")) == {("device", "d" * 32)}


def test_a_day_over_the_cap_online_and_in_class_is_found(made, place):
    take_attendance(
        session=made.sessions.get(day=1, number=1), states={place.pk: "present"}, by=made.t,
        at=SESSION + timedelta(hours=2),
    )  # fmt: skip
    lesson = lesson_of(made.programme.courses.first())
    credit(place.person, lesson, SESSION + timedelta(hours=4), 230)
    credit(place.person, lesson, SESSION + timedelta(hours=8), 41)

    find_anomalies(at=TUESDAY)

    found = StudyAnomaly.objects.get(kind="full_day")
    assert (found.evidence["seconds"], found.evidence["count"]) == (271 * 60 + 5400, 1)


def test_attendance_entered_later_is_compared_with_the_day_of_its_session(made, place):
    credit(place.person, lesson_of(made.programme.courses.first()), SESSION, 5)
    later = TUESDAY + timedelta(days=30)
    before = find_anomalies(at=later)

    take_attendance(
        session=made.sessions.get(day=1, number=1), states={place.pk: "late"}, by=made.t,
        at=later, reason="补录",
    )  # fmt: skip

    assert (before, find_anomalies(at=later)) == (0, 1)


def test_the_command_looks_at_older_days_and_the_beat_at_the_last_week(made, place, capsys):
    morning = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    since = morning - timedelta(days=20)
    credit(place.person, lesson_of(made.programme.courses.first()), since, 240)

    find_anomalies_task()
    beat_found = StudyAnomaly.objects.count()
    call_command("find_anomalies", "--since", since.date().isoformat())

    assert (beat_found, StudyAnomaly.objects.get().kind) == (0, "unbroken")
    assert "1 new finding" in capsys.readouterr().out


def test_time_not_counted_is_a_decision_that_every_sum_subtracts(made, place):
    made.class_courses.all().delete()  # the lesson below is younger than the class
    anomaly = overlap(made, place)
    before = list(LedgerEntry.objects.values_list("pk", "seconds"))

    verdict = judge_anomaly(
        anomaly_id=anomaly.pk, verdict="not_counted", reason=f" {WHY}\n", by=made.t, at=TUESDAY
    )

    assert list(LedgerEntry.objects.values_list("pk", "seconds")) == before
    assert seconds_by_person(made, [place.person_id]) == {place.person_id: 0}
    sheet = hours_of(place.person)
    assert (sheet.counted, sheet.online.seconds, sheet.lessons[0].uncounted) == (0, 180, 180)
    assert LessonProgress.objects.get().completed_at is None
    told = UncountedTime.objects.values_list("source", "reason", "decided_by").distinct()
    assert list(told) == [(f"training.verdict:{verdict.pk}", WHY, made.t.pk)]
    row = AuditRow.objects.filter(action="training.anomaly_judged").get()
    assert row.detail == {"verdict": "not_counted", "reason": WHY, "seconds_taken_out": 180}


def test_time_taken_out_takes_the_admission_back(made, place):
    lesson = study(place.person, made.programme, 54_000, SESSION - timedelta(days=2))
    refresh_admission(enrolment_id=place.pk, at=SESSION - timedelta(days=2))
    valid = Admission.objects.valid().count()
    LessonProgress.objects.filter(person=place.person, lesson=lesson).update(
        credited_seconds=17_820
    )
    credit(place.person, lesson, SESSION - timedelta(days=1), 3)
    anomaly = StudyAnomaly.objects.create(
        person=place.person, kind="cap", day=SESSION.date(), found_at=TUESDAY,
        evidence={"entries": list(LedgerEntry.objects.values_list("pk", flat=True))},
    )  # fmt: skip

    judge_anomaly(
        anomaly_id=anomaly.pk, verdict="not_counted", reason=WHY, by=made.hr,
        at=SESSION - timedelta(hours=1),
    )  # fmt: skip

    assert (valid, Admission.objects.valid().count()) == (1, 0)


def test_entries_are_taken_out_once_and_only_those_of_the_person(made, place):
    lesson = lesson_of(made.programme.courses.first())
    for person in (place.person, UserFactory()):
        credit(person, lesson, SESSION, 2)
    everything = list(LedgerEntry.objects.values_list("pk", flat=True))
    take_out = lambda: uncount_entries(  # noqa: E731
        person=place.person, entry_ids=everything, source="training.verdict:1", reason=WHY,
        by=made.hr, at=TUESDAY,
    )  # fmt: skip

    assert [take_out(), take_out()] == [120, 0]
    assert UncountedTime.objects.count() == 2
    sums = LessonProgress.objects.order_by("pk").values_list("uncounted_seconds", flat=True)
    assert list(sums) == [120, 0]


def take_out_the_first(made, place):
    uncount_entries(
        person=place.person, entry_ids=[LedgerEntry.objects.first().pk],
        source="training.verdict:1", reason=WHY, by=made.hr, at=TUESDAY,
    )  # fmt: skip


def test_a_lesson_that_is_still_full_stays_completed(made, place):
    lesson = lesson_of(made.programme.courses.first(), planned_seconds=60)
    credit(place.person, lesson, SESSION, 2)

    take_out_the_first(made, place)

    assert LessonProgress.objects.get().completed_at == SESSION


def test_a_lesson_that_plans_less_today_is_judged_by_the_plan_it_was_studied_by(made, place):
    lesson = lesson_of(made.programme.courses.first(), planned_seconds=120)
    session = credit(place.person, lesson, SESSION, 2)
    freeze_course(course=made.programme.courses.first(), at=SESSION)
    session.lesson_version = lesson.version_places.get().lesson_version
    session.save()
    LessonPage.objects.filter(pk=lesson.pk).update(planned_seconds=60)

    take_out_the_first(made, place)

    assert LessonProgress.objects.get().completed_at is None


def test_a_verdict_may_be_followed_by_another_until_time_was_taken_out(made, place):
    anomaly = overlap(made, place)
    for verdict in ("talk", "fine", "not_counted"):
        judge_anomaly(anomaly_id=anomaly.pk, verdict=verdict, reason=WHY, by=made.hr, at=TUESDAY)

    with pytest.raises(TrainingError) as caught:
        judge_anomaly(anomaly_id=anomaly.pk, verdict="fine", reason=WHY, by=made.hr, at=TUESDAY)

    assert caught.value.code == "taken_out"
    assert [row.verdict for row in anomaly.verdicts.all()] == ["not_counted", "fine", "talk"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"verdict": "guilty"}, "unknown_verdict"),
        ({"reason": " \n"}, "reason_needed"),
        ({"reason": "长" * 501}, "reason_too_long"),
    ],
)
def test_a_verdict_needs_its_words(made, place, typed, code):
    anomaly = overlap(made, place)

    with pytest.raises(TrainingError) as caught:
        judge_anomaly(
            **{"anomaly_id": anomaly.pk, "verdict": "fine", "reason": WHY, **typed}, by=made.hr,
            at=TUESDAY,
        )  # fmt: skip

    assert caught.value.code == code
    assert not AnomalyVerdict.objects.exists()


def test_a_finding_without_credited_time_has_nothing_to_take_out(made, place):
    anomaly = StudyAnomaly.objects.create(
        person=place.person, kind="burst", day=SESSION.date(), found_at=TUESDAY,
        evidence={"entries": []},
    )  # fmt: skip

    with pytest.raises(TrainingError) as caught:
        judge_anomaly(
            anomaly_id=anomaly.pk, verdict="not_counted", reason=WHY, by=made.hr, at=TUESDAY
        )

    assert caught.value.code == "nothing_to_take_out"


@pytest.mark.parametrize("who", ["person", "stranger", "auditor"])
def test_only_hr_and_the_trainers_of_the_person_judge_and_never_the_person(made, place, who):
    from people import roles

    anomaly = overlap(made, place)
    roles.grant(place.person, roles.HR)
    by = {
        "person": place.person, "stranger": UserFactory(roles=["trainer"]),
        "auditor": UserFactory(roles=["auditor"]),
    }[who]  # fmt: skip

    with pytest.raises(TrainingError) as caught:
        judge_anomaly(anomaly_id=anomaly.pk, verdict="fine", reason=WHY, by=by, at=TUESDAY)

    assert caught.value.code == "not_allowed"


def test_findings_verdicts_and_decisions_are_never_changed(made, place):
    anomaly = overlap(made, place)
    verdict = judge_anomaly(
        anomaly_id=anomaly.pk, verdict="not_counted", reason=WHY, by=made.hr, at=TUESDAY
    )

    for row, error in (
        (anomaly, FrozenRowError),
        (verdict, FrozenRowError),
        (UncountedTime.objects.first(), LedgerChangedError),
    ):
        for change in (row.save, row.delete, type(row).objects.all().delete):
            with pytest.raises(error):
                change()
        with pytest.raises(error):
            type(row).objects.update(pk=1)


def test_the_database_guards_findings_and_decisions(made, place):
    anomaly = overlap(made, place)
    entry = LedgerEntry.objects.first()
    fields = {"judged_by": made.hr, "judged_at": TUESDAY}
    decided = {"decided_by": made.hr, "decided_at": TUESDAY, "source": "x"}

    for name, write in (
        ("studyanomaly|UNIQUE", lambda: StudyAnomaly.objects.create(
            person=place.person, kind="overlap", day=anomaly.day, key=anomaly.key, found_at=TUESDAY
        )),
        ("anomalyverdict_has_a_reason", lambda: AnomalyVerdict.objects.create(
            anomaly=anomaly, verdict="fine", reason="", **fields
        )),
        ("uncountedtime_has_a_reason", lambda: UncountedTime.objects.create(
            entry=entry, reason="", **decided
        )),
        ("lessonprogress_takes_out", lambda: LessonProgress.objects.update(
            uncounted_seconds=1_000
        )),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=name), atomic():
            write()
