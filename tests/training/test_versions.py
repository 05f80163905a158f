"""A running class stays on the course versions it was opened with."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from audit.models import AuditRow
from courses.models import CourseVersion, LessonPage
from learning.models import CourseGrant, LessonProgress
from learning.queries import course_progress, read_lesson
from learning.services import finish_activity, start_study
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.people import UserFactory
from tests.factories.training import TrainingClassFactory, instant, place_in, ready_class
from training.errors import TrainingError
from training.models import ClassCourse
from training.queries import gate_of, gates_of, online_seconds
from training.services import move_to_newest, pin_versions

pytestmark = pytest.mark.django_db
LONG = "<p>" + "字" * 80_000 + "</p>"


@pytest.fixture
def running():
    made = ready_class()
    made.place = place_in(made)
    made.course = made.programme.courses.get()
    return made


def seen_by(person):
    (outline,) = course_progress(person)
    return outline.course.title, [(one.title, one.planned_seconds) for one in outline.lessons]


def edit(lesson, **fields):
    """Publish a change through Wagtail."""
    page = LessonPage.objects.get(pk=lesson.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_editing_publishing_unpublishing_moving_and_deleting_change_nothing(running):
    person, course = running.place.person, running.course
    first, second, third = LessonPage.objects.descendant_of(course).order_by("path")
    LessonProgress.objects.create(
        person=person, lesson=first, credited_seconds=18_000, last_at=instant(1)
    )
    before = seen_by(person)
    session = start_study(person=person, lesson=first, at=instant(1))

    edit(first, title="改了", planned_seconds=60, body=json.dumps(
        [{"type": "paragraph", "id": "p1", "value": LONG}]
    ))  # fmt: skip
    second.unpublish()
    third.move(lesson_of(CourseFactory()).get_parent(), pos="last-child")
    for page in (first, second, third, course):
        with pytest.raises(ProtectedError), transaction.atomic():
            type(page).objects.get(pk=page.pk).delete()
    course.unpublish()

    assert seen_by(person) == before
    assert read_lesson(person=person, lesson=first)[1].title == before[1][0][0]
    assert gate_of(running.place, instant(1)).online_seconds == 18_000
    assert gates_of(running, instant(1))[running.place.pk].online_seconds == 18_000
    assert online_seconds(running.place) == 18_000
    assert session.lesson_version.title == before[1][0][0]


def test_people_enrolled_later_read_the_version_of_the_class(running):
    before = seen_by(running.place.person)
    lesson_of(running.course, title="新课")

    late = place_in(running)

    grant = CourseGrant.objects.get(person=late.person)
    assert grant.course_version == running.class_courses.get().version
    assert seen_by(late.person) == before


def test_a_course_added_to_the_programme_later_is_not_of_the_class(running):
    running.programme.courses.add(CourseFactory())

    assert [row.course for row in running.class_courses.all()] == [running.course]
    assert CourseGrant.objects.filter(person=place_in(running).person).count() == 1


def test_pinning_twice_keeps_the_first_version(running):
    lesson_of(running.course)
    (row,) = running.class_courses.all()

    assert pin_versions(training_class=running, at=instant(1)) == [row]
    assert str(row) == f"{running.pk} {row.version}"


def test_a_course_never_published_is_not_pinned():
    made = TrainingClassFactory()
    made.programme.courses.add(CourseFactory(live=False))

    assert pin_versions(training_class=made, at=instant(1)) == []


def test_hr_moves_a_class_to_the_newest_versions(running):
    person = running.place.person
    lesson_of(running.course, title="新课", planned_seconds=60)

    (moved,) = move_to_newest(training_class=running, by=running.hr, at=instant(1))

    assert (moved.version.number, moved.pinned_at) == (2, instant(1))
    assert seen_by(person)[1][-1] == ("新课", 60)
    assert AuditRow.objects.get(action="training.class_versions_moved").detail == {
        "versions": {running.course.code: 2}
    }


def refusal(training_class, by):
    with pytest.raises(TrainingError) as error:
        move_to_newest(training_class=training_class, by=by, at=instant(1))
    return error.value.code


def test_who_may_not_move_a_class_and_when(running):
    lesson_of(running.course)

    assert refusal(running, UserFactory(roles=["trainer"])) == "not_allowed"
    assert refusal(TrainingClassFactory(state="finished"), running.hr) == "not_taking"


def test_a_class_on_the_newest_versions_does_not_move(running):
    assert refusal(running, running.hr) == "is_newest"


def test_a_course_taken_offline_does_not_move_a_class(running):
    running.course.unpublish()

    assert refusal(running, running.hr) == "is_newest"


def test_the_database_holds_one_version_of_a_course_in_a_class(running):
    version = CourseVersion.objects.get()

    with pytest.raises(IntegrityError, match=r"one_version|course_id"), transaction.atomic():
        ClassCourse.objects.create(
            training_class=running, course=running.course, version=version, pinned_at=instant(1)
        )


def test_what_was_handed_in_still_opens_after_the_page_changed(running):
    lesson = lesson_of(running.course, drill=[("drill", {"task": "<p>算投产比</p>"})])
    move_to_newest(training_class=running, by=running.hr, at=instant(1))
    lesson.unpublish()

    made = finish_activity(
        person=running.place.person, lesson=lesson, kind="drill", text="4.83", at=instant(1)
    )

    assert (made.asked["task"], made.lesson_version.number) == ("<p>算投产比</p>", 1)


def test_hr_sees_which_versions_a_class_runs_on(client, running):
    client.force_login(running.hr)
    lesson_of(running.course)

    page = client.get(f"/hr/classes/{running.pk}/").content.decode()

    assert f"{running.course.title} v1" in page
