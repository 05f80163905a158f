import pytest

from exams.models import Assessment, TaskAssignment
from learning.models import CourseGrant
from tests.factories.people import UserFactory
from tests.factories.training import (
    DAY_ONE,
    instant,
    person_of_age,
    place_in,
    ready_class,
)
from training.errors import TrainingError
from training.models import Enrolment, TrainingClass
from training.services import create_class, enrol_people, open_class
from training.signals import person_enrolled

pytestmark = pytest.mark.django_db
AT = instant(-5)


def enrol(training_class, *people, by=None):
    return enrol_people(
        training_class=training_class, people=people, by=by or training_class.hr, at=AT
    )


def refused(call):
    with pytest.raises(TrainingError) as caught:
        call()
    return caught.value.code, [refusal.code for refusal in caught.value.refusals]


def test_enrolling_gives_a_place_courses_tasks_and_an_open_assessment():
    made = ready_class()
    person = person_of_age(30)

    place = enrol(made, person).enrolments[0]

    assert (place.person, place.state, place.category, place.list_price_fen) == (
        person, "enrolled", "employee", 360_000,
    )  # fmt: skip
    grant = CourseGrant.objects.get(person=person)
    assert (grant.course, grant.source) == (made.programme.courses.get(), place.context)
    assessment = Assessment.objects.get(person=person)
    assert (assessment.context, assessment.sitting) == (place.context, made.sitting)
    assignment = TaskAssignment.objects.get(person=person)
    assert assignment.task_version.task == made.programme.practical_tasks.get()
    assert assignment.due_at == instant(2, "10:30")
    assert list(assignment.excluded_markers.all()) == [made.t]


def test_every_new_place_is_announced_inside_the_transaction():
    heard = []

    def listen(enrolment, at, **kwargs):
        heard.append((enrolment.person, at))

    person_enrolled.connect(listen)
    made, people = ready_class(), [person_of_age(30), person_of_age(40)]

    enrol(made, *people)

    person_enrolled.disconnect(listen)
    assert heard == [(people[0], AT), (people[1], AT)]


def test_a_person_named_twice_gets_one_place():
    made, person = ready_class(), person_of_age(30)

    assert len(enrol(made, person, person).enrolments) == 1


def test_minors_are_taken_and_noted():
    made = ready_class()
    minor, grown = person_of_age(17), person_of_age(18)

    outcome = enrol(made, minor, grown)

    assert [place.person for place in outcome.minors] == [minor]


def test_all_or_nothing_with_a_reason_for_each():
    made = ready_class()
    TrainingClass.objects.filter(pk=made.pk).update(capacity=10)
    here = place_in(made).person
    fine = person_of_age(30)
    nobody = UserFactory(roles=["trainee"])
    young = person_of_age(15)
    staff = person_of_age(30, roles=["grader"])

    result = refused(lambda: enrol(made, fine, nobody, young, staff, here))

    assert result == (
        "people_refused", ["no_profile", "too_young", "not_trainee", "enrolled_here"],
    )  # fmt: skip
    assert Enrolment.objects.count() == 1


def test_nobody_is_in_two_running_classes_of_one_programme():
    made = ready_class()
    person = place_in(made).person
    other = create_class(
        programme=made.programme, code="OTHER", name="另一班", opens_on=DAY_ONE,
        trainers=[made.t], capacity=3, by=made.hr, at=AT,
    )  # fmt: skip
    other = open_class(training_class=other, by=made.hr, at=AT)
    other.hr = made.hr

    assert refused(lambda: enrol(other, person)) == ("people_refused", ["in_training"])
    Enrolment.objects.filter(person=person).update(state="passed", completed_at=AT)
    assert len(enrol(other, person).enrolments) == 1


def test_a_class_takes_no_more_than_its_places():
    made = ready_class()

    assert refused(lambda: enrol(made, *(person_of_age(30) for _ in range(4)))) == ("no_room", [])
    assert refused(lambda: enrol(made)) == ("nobody", [])


def test_only_hr_enrols_and_only_while_the_class_takes_people():
    made = ready_class()
    person = person_of_age(30)

    assert refused(lambda: enrol(made, person, by=made.t)) == ("not_allowed", [])
    TrainingClass.objects.filter(pk=made.pk).update(state="finished")
    assert refused(lambda: enrol(made, person)) == ("not_taking", [])


def test_without_sessions_practical_work_is_due_when_the_exam_closes():
    made = ready_class()
    made.sessions.all().delete()

    place = place_in(made)

    assert TaskAssignment.objects.get(person=place.person).due_at == made.exam_closes_at


def test_a_task_without_a_published_version_is_left_out():
    from tests.factories.exams_practical import TaskFactory

    made = ready_class()
    made.programme.practical_tasks.set([TaskFactory()])

    place = place_in(made)

    assert not TaskAssignment.objects.filter(person=place.person).exists()


def test_a_programme_that_lost_its_scheme_takes_nobody():
    made = ready_class()
    type(made.programme).objects.update(assessment_scheme=None)

    assert refused(lambda: enrol(made, person_of_age(30))) == ("programme_incomplete", [])
