"""People whose class runs on a version read it, whatever becomes of the pages."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import LessonPage
from courses.services import freeze_course
from learning.models import CheckAnswer, CourseGrant, HandIn, LessonProgress, StudySession
from learning.queries import (
    course_progress,
    first_goals,
    own_courses,
    pinned_versions,
    read_courses,
    read_lesson,
    studied_lessons,
    visible_courses,
    visible_lessons,
)
from learning.services import (
    answer_check,
    finish_activity,
    grant_courses,
    report_study,
    revoke_courses,
    settle_grants,
    start_study,
)
from tests.factories.courses import CourseFactory, ModuleFactory, lesson_of
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

CHECK = {"stem": "赚吗", "options": ["赚", "亏"], "answer": 1, "explanation": "毛利"}
PARTS = {
    "goals": [("goal", "会算投产比")],
    "drill": [("drill", {"task": "<p>算</p>"})],
    "checks": [("check", CHECK)],
}


@pytest.fixture
def course():
    return CourseFactory(title="运营", slug="ops", intro="旧")


@pytest.fixture
def lesson(course):
    return lesson_of(course, title="定价", planned_seconds=120, **PARTS)


@pytest.fixture
def version(course, lesson, at):
    return freeze_course(course=course, at=at)


@pytest.fixture
def person(version, at):
    person = UserFactory(roles=["trainee"])
    grant_courses(
        person=person, courses=[version.course], source="training.enrolment:1", at=at,
        versions=[version],
    )  # fmt: skip
    return person


def later(at, seconds):
    return at + timedelta(seconds=seconds)


def change_everything(course, lesson, at):
    """Another title, plan and text, another lesson, and the course under another address."""
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.title, lesson.planned_seconds, lesson.goals, lesson.drill = "改了", 30, [], []
    lesson.save()
    lesson_of(course, title="新课")
    course.title, course.slug = "新名", "new"
    course.save()
    freeze_course(course=course, at=later(at, 60))


def as_read(person):
    (outline,) = course_progress(person)
    return (
        outline.course.title,
        outline.course.slug,
        [module.title for module in outline.modules],
        [(one.title, one.planned_seconds) for one in outline.lessons],
    )


def test_a_grant_with_a_version_opens_the_course_as_it_was(person, course, lesson, at):
    before = as_read(person)

    change_everything(course, lesson, at)

    assert before == ("运营", "ops", [lesson.get_parent().title], [("定价", 120)])
    # The address follows the page, or every link of the class would lead nowhere.
    assert as_read(person) == (
        "运营", "new", [lesson.get_parent().title], [("定价", 120)],
    )  # fmt: skip


def test_a_grant_without_a_version_opens_what_is_published(course, lesson, version, at):
    person = CourseGrantFactory(course=course).person

    change_everything(course, lesson, at)

    assert (as_read(person)[1], as_read(person)[3]) == ("new", [("改了", 30), ("新课", 120)])


def test_a_lesson_is_read_as_it_was(person, course, lesson, at):
    change_everything(course, lesson, at)

    found, page = read_lesson(person=person, lesson=LessonPage.objects.get(pk=lesson.pk))

    assert (found.title, page.title, page.planned_seconds) == ("运营", "定价", 120)
    assert [part.value for part in page.goals] == ["会算投产比"]
    assert page.version.places.get(course_version=found.version).lesson == lesson


def test_pages_taken_offline_stay_open_to_the_class(person, course, lesson):
    lesson.unpublish()
    course.unpublish()
    stranger = CourseGrantFactory(course=course).person

    assert list(own_courses(person)) == list(visible_courses(person)) == [course]
    assert list(visible_lessons(person)) == list(studied_lessons(person)) == [lesson]
    assert (list(visible_courses(stranger)), list(visible_lessons(stranger))) == ([], [])


def test_what_is_added_later_is_not_open_to_the_class(person, course, lesson, at):
    change_everything(course, lesson, at)

    assert list(visible_lessons(person)) == [lesson]


def test_a_lesson_moved_elsewhere_stays_in_the_class(person, course, lesson):
    there = ModuleFactory()

    LessonPage.objects.get(pk=lesson.pk).move(there, pos="last-child")

    moved = LessonPage.objects.get(pk=lesson.pk)
    found, _page = read_lesson(person=person, lesson=moved)
    assert (found, [one.title for one in course_progress(person)[0].lessons]) == (course, ["定价"])
    assert list(visible_lessons(person)) == [lesson]


def test_staff_preview_what_is_published_and_read_their_own_class(course, lesson, version, at):
    trainer = UserFactory(roles=["trainer"])
    other = lesson_of(CourseFactory(live=False), live=False)
    grant_courses(person=trainer, courses=[course], source="x", at=at, versions=[version])
    course.unpublish()
    lesson.unpublish()

    assert list(visible_courses(trainer)) == [course]
    assert list(visible_lessons(trainer)) == [lesson]
    assert other not in visible_lessons(trainer)


@pytest.fixture
def newer(person, course, lesson, version, at):
    """A later class of the same person, on a version that plans less and has another lesson."""
    change_everything(course, lesson, at)
    made = course.versions.get(number=2)
    grant_courses(
        person=person, courses=[course], source="training.enrolment:2", at=later(at, 99),
        versions=[made],
    )  # fmt: skip
    return made


def test_of_two_classes_the_later_is_read_and_the_longer_plans(
    person, course, lesson, version, newer, at
):
    assert pinned_versions(person) == {course.pk: newer}
    assert as_read(person)[3] == [("改了", 120), ("新课", 120)]
    assert read_lesson(person=person, lesson=lesson)[1].version.number == 2

    revoke_courses(person=person, source="training.enrolment:2", at=later(at, 100))

    assert (pinned_versions(person), as_read(person)[3]) == ({course.pk: version}, [("定价", 120)])
    assert read_lesson(person=person, lesson=lesson)[1].version.number == 1


def beats(session, person, at, count):
    return [
        report_study(session_id=session.pk, person=person, at=later(at, 50 * (n + 1)))
        for n in range(count)
    ]


def test_of_two_classes_the_one_that_plans_more_says_what_can_be_earned(person, lesson, newer, at):
    session = start_study(person=person, lesson=lesson, at=at)

    results = beats(session, person, at, 3)

    assert (session.lesson_version.number, session.planned_seconds) == (2, 120)
    assert [(one.credited, one.planned_seconds, one.state) for one in results] == [
        (50, 120, "on"), (50, 120, "on"), (20, 120, "full"),
    ]  # fmt: skip
    assert as_read(person)[3][0] == ("改了", 120)
    assert LessonProgress.objects.get().completed_at == later(at, 150)


def test_a_class_with_its_result_asks_for_no_more_time(person, lesson, newer, at):
    settled = settle_grants(sources=["training.enrolment:1"], at=later(at, 100))

    session = start_study(person=person, lesson=lesson, at=later(at, 100))

    assert (settled, session.planned_seconds) == (1, 30)
    assert as_read(person)[3][0] == ("改了", 30)
    assert CourseGrant.objects.standing().filter(person=person).count() == 2


def test_what_only_the_earlier_class_holds_is_listed_after_the_course_and_earned(
    person, course, lesson, version, at
):
    lesson.unpublish()
    other = lesson_of(course, title="新课", planned_seconds=60)
    made = freeze_course(course=course, at=later(at, 60))
    grant_courses(
        person=person, courses=[course], source="training.enrolment:2", at=later(at, 99),
        versions=[made],
    )  # fmt: skip

    (outline,) = course_progress(person)
    session = start_study(person=person, lesson=lesson, at=at)

    assert [(one.slug, [each.title for each in one.lessons]) for one in outline.modules] == [
        (other.get_parent().slug, ["新课"]), ("other-classes", ["定价"]),
    ]  # fmt: skip
    assert (session.lesson_version, session.planned_seconds) == (
        version.places.get().lesson_version, 120,
    )  # fmt: skip

    settle_grants(sources=["training.enrolment:1"], at=later(at, 100))

    (outline,) = course_progress(person)
    assert [one.slug for one in outline.modules] == [other.get_parent().slug]


def test_a_class_goes_before_a_grant_without_one(person, course, lesson, at):
    CourseGrantFactory(person=person, course=course, granted_at=later(at, 99), source="by hand")

    change_everything(course, lesson, at)

    assert as_read(person)[3] == [("定价", 120)]


def test_a_revoked_grant_opens_no_version(person, version, lesson, at):
    revoke_courses(person=person, source="training.enrolment:1", at=later(at, 1))

    assert (list(own_courses(person)), list(visible_lessons(person))) == ([], [])
    assert pinned_versions(person) == {}
    assert read_lesson(person=person, lesson=lesson)[1].version is None


def test_study_ends_at_the_plan_of_the_version_and_names_it(person, course, lesson, version, at):
    change_everything(course, lesson, at)
    session = start_study(person=person, lesson=lesson, at=at)

    results = [
        report_study(session_id=session.pk, person=person, at=later(at, 50 * (n + 1)))
        for n in range(3)
    ]

    assert [(one.credited, one.planned_seconds, one.state) for one in results] == [
        (50, 120, "on"), (50, 120, "on"), (20, 120, "full"),
    ]  # fmt: skip
    assert StudySession.objects.get().lesson_version == version.places.get().lesson_version
    assert LessonProgress.objects.get().completed_at == later(at, 150)


def test_study_goes_on_after_the_page_was_taken_offline(person, lesson, at):
    session = start_study(person=person, lesson=lesson, at=at)
    lesson.unpublish()

    assert report_study(session_id=session.pk, person=person, at=later(at, 50)).credited == 50


def test_hand_ins_and_answers_name_the_version_and_keep_its_words(person, course, lesson, at):
    version = lesson.versions.get()
    block = lesson.checks[0].id
    change_everything(course, lesson, at)
    now = LessonPage.objects.get(pk=lesson.pk)
    now.checks = []
    now.save()

    finish_activity(person=person, lesson=now, kind="drill", text="ROI 4.83", at=at)
    answer_check(person=person, lesson=now, block_id=block, choice=1, at=at)

    assert (HandIn.objects.get().lesson_version, HandIn.objects.get().asked["task"]) == (
        version, "<p>算</p>",
    )  # fmt: skip
    answer = CheckAnswer.objects.get()
    assert (answer.lesson_version, answer.correct, answer.asked["stem"]) == (version, True, "赚吗")


def test_evidence_of_a_reader_without_a_class_names_the_newest(course, lesson, version, at):
    person = CourseGrantFactory(course=course).person
    change_everything(course, lesson, at)

    session = start_study(person=person, lesson=lesson, at=at)

    assert (session.lesson_version.number, session.planned_seconds) == (2, 30)


def test_a_version_is_made_when_none_was(at):
    course = CourseFactory()
    lesson = lesson_of(course)
    person = CourseGrantFactory(course=course).person

    session = start_study(person=person, lesson=lesson, at=at)

    assert session.lesson_version == lesson.versions.get()


def test_a_lesson_published_nowhere_names_no_version(at):
    course = CourseFactory(live=False)
    person = CourseGrantFactory(course=course).person

    session = start_study(person=person, lesson=lesson_of(course, live=False), at=at)

    assert (session.lesson_version, session.planned_seconds) == (None, 120)


def test_goals_are_those_of_the_version(person, course, lesson, at):
    change_everything(course, lesson, at)
    (frozen,) = read_courses(person=person, courses=[course])

    assert first_goals(course=frozen, lesson_ids=[lesson.pk]) == ["会算投产比"]
    assert first_goals(course=course, lesson_ids=[lesson.pk]) == []


def test_a_pinned_course_costs_the_same_queries_however_many(person, lesson, at):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            course_progress(person)
        return len(seen)

    one = cost()
    for number in range(2):
        other = CourseFactory()
        lesson_of(other)
        made = freeze_course(course=other, at=at)
        grant_courses(person=person, courses=[other], source=f"s{number}", at=at, versions=[made])

    assert cost() == one


class TestScreens:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client, person):
        client.force_login(person)

    def test_the_outline_and_the_lesson_stay_as_they_were(self, client, course, lesson, at):
        change_everything(course, lesson, at)

        outline = client.get("/learn/courses/new/").content.decode()
        page = client.get(f"/learn/lessons/{lesson.pk}/").content.decode()

        words = ("定价", "会算投产比", "新课", "改了")
        assert [word in outline for word in words] == [True, True, False, False]
        assert [word in page for word in words] == [True, True, False, False]

    def test_the_class_studies_a_lesson_taken_offline(self, client, lesson):
        lesson.unpublish()

        page = client.get(f"/learn/lessons/{lesson.pk}/")
        started = client.post(f"/learn/lessons/{lesson.pk}/start/")
        drill = client.post(f"/learn/lessons/{lesson.pk}/drill/", {"text": "算好了"})

        assert (page.status_code, started.status_code, drill.status_code) == (200, 200, 302)


@pytest.mark.parametrize("pinned", [True, False])
def test_a_lesson_is_done_when_its_time_is_full_and_its_checks_are_answered(
    pinned, version, lesson, at
):
    person = UserFactory(roles=["trainee"])
    grant_courses(
        person=person, courses=[version.course], source="training.enrolment:2", at=at,
        versions=[version] if pinned else [],
    )  # fmt: skip
    LessonProgress.objects.create(
        person=person, lesson=lesson, credited_seconds=120, completed_at=at, last_at=at
    )
    (before,) = course_progress(person)

    answer_check(person=person, lesson=lesson, block_id=UUID(lesson.checks[0].id), choice=0, at=at)

    (after,) = course_progress(person)
    standings = [(each.lessons[0].open_checks, each.totals.done) for each in (before, after)]
    assert standings == [(1, 0), (0, 1)]
