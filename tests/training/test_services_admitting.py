import pytest

from courses.models import LessonPage
from exams.models import Admission
from exams.services import start_attempt
from learning.models import LessonProgress
from learning.signals import seconds_credited
from tests.factories.learning import LessonProgressFactory
from tests.factories.training import instant, place_in, ready_class, study
from training.models import Enrolment, TrainingClass
from training.services import refresh_admission, take_attendance

pytestmark = pytest.mark.django_db
BEFORE = instant(1, "08:00")


@pytest.fixture
def made():
    return ready_class()


def refresh(place, at=BEFORE):
    return refresh_admission(enrolment_id=place.pk, at=at)


def credit(person, lesson, at=BEFORE):
    seconds_credited.send(sender=None, person=person, lesson=lesson, seconds=30, at=at)


@pytest.mark.parametrize(("seconds", "admitted"), [(53_999, False), (54_000, True)])
def test_the_second_that_is_missing_decides(made, seconds, admitted):
    place = place_in(made)
    study(place.person, made.programme, seconds, BEFORE)

    assert refresh(place) is admitted
    assert Admission.objects.valid().filter(person=place.person).exists() is admitted


def test_an_admission_says_on_what_it_stands(made):
    place = place_in(made)
    study(place.person, made.programme, 54_000, BEFORE)
    refresh(place)

    admission = Admission.objects.get()

    assert (admission.sitting, admission.granted_at) == (made.sitting, BEFORE)
    assert admission.basis == {
        "enrolment": place.context, "class": made.code, "online_seconds": 54_000,
        "required_online_seconds": 54_000, "sessions_ended": 0, "sessions_attended": 0,
        "required_attendance_percent": 80,
    }  # fmt: skip


def test_seconds_credited_open_the_gate_and_then_nobody_looks_again(
    made, django_assert_num_queries
):
    place = place_in(made)
    lesson = study(place.person, made.programme, 53_999, BEFORE)
    credit(place.person, lesson)
    assert not Admission.objects.exists()
    LessonProgress.objects.update(credited_seconds=18_000)

    credit(place.person, lesson)

    assert Admission.objects.count() == 1
    with django_assert_num_queries(1):
        credit(place.person, lesson)


def test_study_for_another_class_and_beyond_the_plan_wakes_no_gate(made, django_assert_num_queries):
    place, other = place_in(made), ready_class()
    lesson = study(place.person, other.programme, 54_000, BEFORE)
    mine = LessonPage.objects.descendant_of(made.programme.courses.get()).first()
    LessonProgressFactory(person=place.person, lesson=mine, credited_seconds=54_000)

    with django_assert_num_queries(1):
        credit(place.person, lesson)

    assert not Admission.objects.exists()


def test_time_taken_out_wakes_no_gate(made, django_assert_num_queries):
    place = place_in(made)
    lesson = study(place.person, made.programme, 54_000, BEFORE)
    LessonProgress.objects.filter(lesson=lesson).update(uncounted_seconds=1)

    with django_assert_num_queries(1):
        credit(place.person, lesson)

    assert not Admission.objects.exists()


def test_a_class_without_versions_is_looked_at_each_time(made):
    place = place_in(made)
    lesson = study(place.person, made.programme, 54_000, BEFORE)
    made.class_courses.all().delete()

    credit(place.person, lesson)

    assert Admission.objects.get().person == place.person


def test_a_missed_session_takes_the_admission_back_and_making_it_up_returns_it(made):
    place = place_in(made)
    study(place.person, made.programme, 54_000, BEFORE)
    refresh(place)
    session = made.sessions.get(day=1, number=1)
    take = lambda state, at: take_attendance(  # noqa: E731
        session=session, states={place.pk: state}, by=made.t, at=at, reason="补听"
    )

    take("leave", instant(1, "10:31"))
    withdrawn = Admission.objects.get()
    take("made_up", instant(1, "18:00"))

    assert withdrawn.withdrawn_at == instant(1, "10:31")
    assert "0" in withdrawn.withdrawn_reason
    # The second session has ended too, and nobody recorded it.
    assert not Admission.objects.valid().exists()
    second = made.sessions.get(day=1, number=2)
    take_attendance(session=second, states={place.pk: "late"}, by=made.t, at=instant(1, "18:05"))
    assert Admission.objects.valid().count() == 1


def test_hours_that_vanish_are_named_in_class_hours(made):
    place = place_in(made)
    study(place.person, made.programme, 54_000, BEFORE)
    refresh(place)
    LessonProgress.objects.update(credited_seconds=17_100)

    refresh(place)

    assert "1.0" in Admission.objects.get().withdrawn_reason


def test_who_has_begun_keeps_the_admission(made):
    from tests.factories.exams import QuestionVersionFactory

    for _number in range(2):
        QuestionVersionFactory(type="single")
    place = place_in(made)
    study(place.person, made.programme, 54_000, BEFORE)
    opens = made.sitting.opens_at
    for number in (1, 2):
        session = made.sessions.get(day=1, number=number)
        take_attendance(
            session=session, states={place.pk: "present"}, by=made.t, at=instant(1, "18:00")
        )
    start_attempt(admission_id=Admission.objects.get().pk, person=place.person, at=opens)
    LessonProgress.objects.update(credited_seconds=0)

    assert refresh(place, opens) is True
    assert Admission.objects.valid().count() == 1


def test_nothing_changes_once_the_sitting_closed_or_the_result_is_final_or_none_exists(made):
    place = place_in(made)
    study(place.person, made.programme, 54_000, BEFORE)

    assert refresh(place, made.sitting.closes_at) is False
    Enrolment.objects.filter(pk=place.pk).update(state="failed", completed_at=BEFORE)
    assert refresh(place) is False
    Enrolment.objects.filter(pk=place.pk).update(state="enrolled", completed_at=None)
    TrainingClass.objects.filter(pk=made.pk).update(sitting=None)
    assert refresh(place) is False


def test_refreshing_twice_keeps_one_ticket(made):
    place = place_in(made)
    study(place.person, made.programme, 54_000, BEFORE)

    assert (refresh(place), refresh(place)) == (True, True)
    assert Admission.objects.count() == 1
