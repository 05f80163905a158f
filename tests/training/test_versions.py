"""A running class stays on the course versions it was opened with."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from audit.models import AuditRow
from courses.models import CourseVersion, LessonPage
from courses.services import freeze_course
from exams.models import Admission
from learning.models import CourseGrant, LessonProgress
from learning.queries import course_progress, read_lesson
from learning.services import finish_activity, start_study
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.people import UserFactory
from tests.factories.training import (
    DAY_ONE,
    TrainingClassFactory,
    instant,
    place_in,
    ready_class,
    ready_programme,
    study,
)
from training.errors import TrainingError
from training.models import ClassCourse, TrainingClass
from training.queries import gate_of, gates_of, online_seconds, version_standing
from training.services import create_class, move_to_newest, pin_versions, refresh_admission

pytestmark = pytest.mark.django_db
REASON = "新版补上了退货新规"
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


def test_a_course_that_is_not_published_keeps_a_class_from_being_pinned():
    made = TrainingClassFactory()
    withdrawn = CourseFactory(title="下架课")
    lesson_of(withdrawn)
    freeze_course(course=withdrawn, at=instant(0))
    withdrawn.unpublish()
    made.programme.courses.set(
        [CourseFactory(), withdrawn, CourseFactory(live=False, title="草稿课")]
    )

    with pytest.raises(TrainingError) as error:
        pin_versions(training_class=made, at=instant(1))

    assert error.value.code == "course_offline"
    assert "下架课、草稿课" in error.value.message
    assert made.class_courses.count() == 0


def test_opening_a_class_tells_hr_which_course_is_offline(client):
    hr = UserFactory(roles=["hr"])
    made = create_class(
        programme=ready_programme(), code="C-1", name="班", opens_on=DAY_ONE, capacity=3,
        trainers=[UserFactory(roles=["trainer"])], by=hr, at=instant(-7),
    )  # fmt: skip
    course = made.programme.courses.get()
    course.unpublish()
    client.force_login(hr)

    page = client.post(f"/hr/classes/{made.pk}/advance/open/", follow=True).content.decode()

    made.refresh_from_db()
    assert (made.state, f"未发布的课程：{course.title}。" in page) == ("draft", True)


def test_hr_moves_a_class_to_the_newest_versions(running):
    person = running.place.person
    lesson_of(running.course, title="新课", planned_seconds=60)

    (moved,) = move_to_newest(training_class=running, reason=REASON, by=running.hr, at=instant(1))

    assert (moved.version.number, moved.pinned_at) == (2, instant(1))
    assert seen_by(person)[1][-1] == ("新课", 60)
    assert AuditRow.objects.get(action="training.class_versions_moved").detail == {
        "versions": {running.course.code: 2},
        "lost_admissions": 0,
    }


def refusal(training_class, by):
    with pytest.raises(TrainingError) as error:
        move_to_newest(training_class=training_class, reason=REASON, by=by, at=instant(1))
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


def test_a_newer_version_of_a_course_offline_does_not_move_a_class(running):
    lesson_of(running.course)
    freeze_course(course=running.course, at=instant(0))
    running.course.unpublish()

    assert refusal(running, running.hr) == "is_newest"
    assert version_standing(running).behind == []


def test_moving_withdraws_and_grants_admissions_by_the_new_plans(running):
    place, before = running.place, instant(1, "08:00")
    lesson = study(place.person, running.programme, 54_000, before)
    refresh_admission(enrolment_id=place.pk, at=before)
    valid = Admission.objects.valid().filter(person=place.person)
    assert valid.count() == 1

    body = json.dumps([{"type": "paragraph", "id": "p1", "value": LONG}])
    edit(lesson, planned_seconds=60, body=body)
    move_to_newest(training_class=running, reason=REASON, known_losses=1, by=running.hr, at=before)
    shrunk = (online_seconds(place), valid.count())
    edit(lesson, planned_seconds=18_000)
    move_to_newest(training_class=running, reason=REASON, by=running.hr, at=before)

    assert shrunk == (36_060, 0)
    assert (online_seconds(place), valid.count()) == (54_000, 1)


def test_the_database_holds_one_version_of_a_course_in_a_class(running):
    version = CourseVersion.objects.get()

    with pytest.raises(IntegrityError, match=r"one_version|course_id"), transaction.atomic():
        ClassCourse.objects.create(
            training_class=running, course=running.course, version=version, pinned_at=instant(1)
        )


def test_what_was_handed_in_still_opens_after_the_page_changed(running):
    lesson = lesson_of(running.course, drill=[("drill", {"task": "<p>算投产比</p>"})])
    move_to_newest(training_class=running, reason=REASON, by=running.hr, at=instant(1))
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


def page_of(client, running, path=""):
    client.force_login(running.hr)
    return client.get(f"/hr/classes/{running.pk}/{path}")


def moved_by(client, running):
    path = f"/hr/classes/{running.pk}/versions/"
    return client.post(path, {"reason": REASON}, follow=True)


def test_a_class_on_the_newest_versions_is_not_told_of_others(client, running):
    assert "/versions/" not in page_of(client, running).content.decode()
    assert (
        "本班使用的已经是最新的课程版本" in page_of(client, running, "versions/").content.decode()
    )


def test_hr_is_told_of_newer_versions_and_moves_the_class(client, running):
    lesson_of(running.course, title="新课", planned_seconds=5400)
    freeze_course(course=running.course, at=instant(1))

    detail = page_of(client, running).content.decode()
    confirm = page_of(client, running, "versions/")
    after = moved_by(client, running).content.decode()

    compare = f"/content/versions/{running.course.pk}/compare/?from=1&amp;to=2"
    text = confirm.content.decode()
    assert compare in detail
    assert f'href="/hr/classes/{running.pk}/versions/"' in detail
    assert compare in text
    (behind,) = confirm.context["standing"].behind
    assert behind.newest_seconds - behind.seconds == 5400
    assert confirm.context["too_short"] is False
    assert f"本班现用版本：{running.course.title} v2。" in after
    assert running.class_courses.get().version.number == 2


def test_the_confirmation_warns_of_plans_that_are_too_short(client, running):
    for lesson in LessonPage.objects.descendant_of(running.course):
        lesson.unpublish()

    page = page_of(client, running, "versions/")

    assert page.context["standing"].newest_seconds == 0
    assert "换版后不会再有人达到准考条件" in page.content.decode()


def test_a_class_that_is_finished_says_why_it_does_not_move(client, running):
    lesson_of(running.course)
    freeze_course(course=running.course, at=instant(1))
    TrainingClass.objects.filter(pk=running.pk).update(state="finished")

    detail = page_of(client, running).content.decode()
    confirm = page_of(client, running, "versions/").content.decode()
    after = moved_by(client, running).content.decode()

    reason = "已结束或已关闭的班不再换版本"
    assert (reason in detail, reason in confirm) == (True, True)
    assert f'href="/hr/classes/{running.pk}/versions/"' not in detail
    assert "<button" not in confirm.partition("<main")[2].partition("</main")[0]
    assert running.class_courses.get().version.number == 1
    assert "只有已备案或开班中的班级" in after
