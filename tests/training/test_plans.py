"""One reckoning of what counts: gate, hours page, completion report and pack say the same."""

from datetime import timedelta

import pytest
from django.urls import reverse

from courses.models import LessonPage
from courses.services import freeze_course
from learning.models import LedgerEntry, LessonProgress
from learning.services import grant_courses, report_study, start_study
from reports.queries.completion import completion_rows
from reports.queries.packs import person_content, place
from reports.queries.scope import Scope
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.learning import LessonProgressFactory, StudySessionFactory
from tests.factories.people import UserFactory
from tests.factories.training import (
    EnrolmentFactory,
    ProgrammeFactory,
    TrainingClassFactory,
    instant,
)
from training.models import ClassCourse
from training.queries import (
    gate_of,
    gates_of,
    hours_of,
    online_seconds,
    plans_of,
    seconds_by_person,
    seconds_of_places,
)

pytestmark = pytest.mark.django_db
LABELS = {"category": {}, "state": {}}


def edit(lesson, **fields):
    """Publish a change of the page without Wagtail's form."""
    LessonPage.objects.filter(pk=lesson.pk).update(**fields)


def freeze(course, day=1):
    return freeze_course(course=type(course).objects.get(pk=course.pk), at=instant(day))


def class_of(*versions, person=None, **fields):
    """A class pinned to these versions, with one person in it."""
    made = TrainingClassFactory(**fields)
    for version in versions:
        ClassCourse.objects.create(
            training_class=made, course=version.course, version=version, pinned_at=instant(1)
        )
    made.place = EnrolmentFactory(training_class=made, person=person or UserFactory())
    return made


def study(person, lesson, seconds):
    """Seconds in the ledger and in the sum beside it."""
    LessonProgressFactory(person=person, lesson=lesson, credited_seconds=seconds)
    session = StudySessionFactory(person=person, lesson=lesson, ended_at=instant(1))
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            person=person, lesson=lesson, session=session, seconds=10, day=instant(1).date(),
            at=instant(1),
        )
        for _each in range(seconds // 10)
    )  # fmt: skip


def told(made):
    """What each place of the product says of the seconds that count for this class."""
    row = place(made.place.pk)
    person = made.place.person
    rows = completion_rows(Scope(made.opens_on.year), LABELS, "default")
    pack = person_content(row, at=instant(1))["person"]
    return {
        "gate": gate_of(row, instant(1)).online_seconds,
        "gates": gates_of(made, instant(1))[row.pk].online_seconds,
        "certificate": online_seconds(row),
        "by person": seconds_by_person(made, [person.pk])[person.pk],
        "page": next(one.counted for one in hours_of(person).classes if one.training_class == made),
        "report": next(one["hours"] for one in rows if one["pk"] == row.pk) * 2700,
        "pack": pack["online_seconds"],
        "lessons": sum(one["counted"] for one in pack["lessons"]),
    }


@pytest.fixture
def course():
    return CourseFactory(title="运营")


def test_every_figure_is_by_the_plan_of_the_class_whatever_became_of_the_page(course):
    lesson = lesson_of(course, title="定价", planned_seconds=540)
    made = class_of(freeze(course))
    edit(lesson, title="改了", planned_seconds=270, live=False)
    study(made.place.person, lesson, 810)

    sheet = hours_of(made.place.person)

    assert set(told(made).values()) == {540}
    (row,) = sheet.lessons
    assert (row.title, row.planned_seconds, row.counted, sheet.counted) == ("定价", 540, 540, 540)


def test_a_lesson_that_stands_in_two_courses_of_a_class_counts_once_by_the_longer_plan(course):
    lesson, other = lesson_of(course, planned_seconds=270), CourseFactory()
    lesson_of(other)
    short = freeze(course)
    LessonPage.objects.get(pk=lesson.pk).move(lesson_of(other).get_parent(), pos="last-child")
    edit(lesson, planned_seconds=540)
    made = class_of(short, freeze(other))
    study(made.place.person, lesson, 810)

    assert set(told(made).values()) == {540}
    assert [one.seconds for one in plans_of([made.pk])[made.pk].values()] == [540, 120, 120]


def test_of_two_classes_each_counts_by_its_own_plan_and_the_page_shows_the_longest(course):
    lesson = lesson_of(course, title="旧", planned_seconds=540)
    earlier = class_of(freeze(course))
    edit(lesson, title="新", planned_seconds=270)
    later = class_of(freeze(course, 2), person=earlier.place.person)
    study(earlier.place.person, lesson, 810)

    sheet = hours_of(earlier.place.person)

    assert (set(told(earlier).values()), set(told(later).values())) == ({540}, {270})
    assert [(one.title, one.planned_seconds) for one in sheet.lessons] == [("旧", 540)]
    assert sheet.counted == max(one.counted for one in sheet.classes)


def test_a_class_without_versions_counts_by_the_pages_also_those_offline(course):
    lesson = lesson_of(course, planned_seconds=540)
    made = class_of(programme=ProgrammeFactory())
    made.programme.courses.add(course)
    edit(lesson, live=False)
    study(made.place.person, lesson, 810)

    assert set(told(made).values()) == {540}


def test_a_class_without_any_course_counts_nothing(course):
    made = class_of(programme=ProgrammeFactory())
    study(made.place.person, lesson_of(course), 120)

    assert set(told(made).values()) == {0}


def test_what_a_decision_took_out_is_in_no_figure(course):
    lesson = lesson_of(course, planned_seconds=540)
    made = class_of(freeze(course))
    LessonProgressFactory(
        person=made.place.person, lesson=lesson, credited_seconds=540, uncounted_seconds=270
    )

    assert set(told(made).values()) == {270}
    assert LessonProgress.objects.get().standing_seconds == 270


def test_counting_costs_the_same_for_three_classes_as_for_one(
    course, django_assert_max_num_queries
):
    lesson_of(course)
    version = freeze(course)
    places = [(made.place.person_id, made.pk) for made in (class_of(version) for _ in range(3))]
    bare = class_of(programme=ProgrammeFactory())

    with django_assert_max_num_queries(3):
        seconds_of_places(places)
    with django_assert_max_num_queries(7):
        seconds_of_places([*places, (bare.place.person_id, bare.pk)])


def test_the_page_of_a_class_says_what_counts_there(client, course):
    lesson = lesson_of(course, title="定价", planned_seconds=540)
    made = class_of(freeze(course), required_online_seconds=540)
    edit(lesson, title="改了", planned_seconds=270)
    study(made.place.person, lesson, 540)
    client.force_login(made.place.person)

    page = client.get(reverse("training:person_hours", args=[made.place.person_id]))
    below = client.get(reverse("training:lesson_sessions", args=[made.place.person_id, lesson.pk]))

    (row,) = page.context["sheet"].classes
    assert (row.training_class, row.counted, row.is_met) == (made, 540, True)
    assert (below.context["read"].title, below.context["read"].planned_seconds) == ("定价", 540)


def test_the_difference_to_the_longer_plan_can_be_earned_and_each_class_counts_its_own(course):
    lesson = lesson_of(course, planned_seconds=120)
    first = freeze(course)
    edit(lesson, planned_seconds=60)
    second = freeze(course, 2)
    person = UserFactory()
    earlier, later = class_of(first, person=person), class_of(second, person=person)
    for number, made in enumerate((earlier, later)):
        (row,) = made.class_courses.all()
        grant_courses(
            person=person, courses=[course], source=made.place.context, versions=[row.version],
            at=instant(number + 1),
        )  # fmt: skip

    session = start_study(person=person, lesson=lesson, at=instant(3))
    for beat in range(1, 7):
        report_study(
            session_id=session.pk, person=person, at=instant(3) + timedelta(seconds=30 * beat)
        )

    assert LessonProgress.objects.get().credited_seconds == 120
    assert [online_seconds(one.place) for one in (earlier, later)] == [120, 60]
