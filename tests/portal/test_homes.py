from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from courses.queries import lessons_of
from learning.services import keep_place
from lms.portal.needs import road_to_certificate
from lms.portal.queries.learner import Due, courses_due, current_enrolment, due, end_of, study
from lms.portal.queries.teaching import my_classes, queues, sheets_missing
from lms.portal.views.learner import class_line, due_row, greeting
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.exams import AdmissionFactory, AttemptFactory, SittingFactory
from tests.factories.exams_practical import AssignmentFactory, SubmissionFactory
from tests.factories.learning import CourseGrantFactory, LessonProgressFactory
from tests.factories.people import UserFactory
from tests.factories.training import (
    AttendanceFactory,
    ClassSessionFactory,
    EnrolmentFactory,
    TrainingClassFactory,
)
from training.models import TrainingClass

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainee():
    return UserFactory(roles=["trainee"])


def course_of(person, lessons=2):
    course = CourseFactory()
    CourseGrantFactory(person=person, course=course)
    return course, [lesson_of(course) for _number in range(lessons)]


def queries_of(client, path):
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_the_first_lesson_comes_first(trainee):
    _course, lessons = course_of(trainee)

    going_on, mine = study(trainee)

    assert (going_on.lesson, going_on.started, mine[0].finished) == (lessons[0], False, 0)


def test_a_trainer_in_training_has_the_courses_granted_and_not_the_whole_catalogue(client):
    trainer = UserFactory(roles=["trainer", "trainee"])
    lesson_of(CourseFactory())
    course, lessons = course_of(trainer)
    client.force_login(trainer)

    page = client.get("/learn/")

    assert [each.course for each in page.context["courses"]] == [course]
    assert page.context["going_on"].lesson == lessons[0]


def test_the_lesson_studied_last_goes_on(trainee, at):
    _course, lessons = course_of(trainee, 3)
    LessonProgressFactory(person=trainee, lesson=lessons[0], completed_at=at, last_at=at)
    LessonProgressFactory(
        person=trainee, lesson=lessons[2], credited_seconds=50, last_at=at - timedelta(days=1)
    )

    going_on, mine = study(trainee)

    assert (going_on.lesson, going_on.started, going_on.left_seconds) == (lessons[2], True, 70)
    assert (mine[0].finished, mine[0].lessons, mine[0].credited_seconds) == (1, 3, 50)


def test_a_finished_course_leaves_nothing_to_go_on_with(trainee, at):
    _course, lessons = course_of(trainee, 1)
    LessonProgressFactory(person=trainee, lesson=lessons[0], credited_seconds=500, completed_at=at)

    going_on, mine = study(trainee)

    assert (going_on, mine[0].is_finished, mine[0].credited_seconds) == (None, True, 120)


def test_without_a_course_there_is_nothing(trainee):
    assert study(trainee) == (None, [])


def test_what_is_due_comes_in_the_order_of_urgency(trainee, at):
    late = AssignmentFactory(person=trainee, due_at=at - timedelta(hours=1))
    handed_in = AssignmentFactory(person=trainee, due_at=at)
    SubmissionFactory(assignment=handed_in)
    AssignmentFactory(person=trainee, due_at=None)
    sitting = SittingFactory(
        title="exam", opens_at=at + timedelta(days=1), closes_at=at + timedelta(days=2)
    )
    AdmissionFactory(person=trainee, sitting=sitting)

    found = due(trainee, at)

    assert [(each.title, each.state(at), each.is_open(at)) for each in found] == [
        (late.task_version.title, "late", True),
        ("exam", "soon", False),
    ]


def test_an_exam_that_is_over_or_handed_in_is_not_due(trainee, at):
    over = SittingFactory(opens_at=at - timedelta(days=2), closes_at=at - timedelta(days=1))
    AdmissionFactory(person=trainee, sitting=over)
    now = SittingFactory(opens_at=at - timedelta(hours=1), closes_at=at + timedelta(hours=1))
    AttemptFactory(
        admission=AdmissionFactory(person=trainee, sitting=now), submitted_at=at, state="submitted"
    )

    assert due(trainee, at) == []


def test_a_row_of_what_is_due_in_words(trainee, at):
    sitting = SittingFactory(opens_at=at + timedelta(days=20), closes_at=at + timedelta(days=21))
    AdmissionFactory(person=trainee, sitting=sitting)
    AssignmentFactory(person=trainee, due_at=at + timedelta(hours=2))

    with translation.override("en"):
        rows = [due_row(each, at) for each in due(trainee, at)]

    assert [(row["state"], row["word"], row["why"]) for row in rows] == [
        ("soon", "Today", "until March 13 12:00"),
        ("later", "21 days left", "from April 2 10:00 until April 3 10:00"),
    ]


def test_one_day_is_no_days(trainee, at):
    AssignmentFactory(person=trainee, due_at=at + timedelta(days=1))

    with translation.override("en"):
        rows = [due_row(each, at) for each in due(trainee, at)]

    assert [row["word"] for row in rows] == ["1 day left"]


def planned(trainee, at, **fields):
    """Two courses of equal length; enrolled 10 days ago, the exam opens in `exam_in` days."""
    exam_in = timedelta(days=fields.pop("exam_in", 11))
    place = EnrolmentFactory(
        person=trainee,
        enrolled_at=at - timedelta(days=10),
        training_class__exam_opens_at=at + exam_in,
        training_class__exam_closes_at=at + exam_in + timedelta(hours=2),
        training_class__required_online_seconds=480,
        **fields,
    )
    for _number in range(2):
        course, _lessons = course_of(trainee)
        place.training_class.programme.courses.add(course)
    return place


def states(place, trainee, at):
    gate = road_to_certificate(place, at).gate
    return [each.state(at) for each in courses_due(place, study(trainee)[1], gate, at)]


def test_courses_behind_the_pace_are_due(trainee, at):
    place = planned(trainee, at)

    assert states(place, trainee, at + timedelta(days=1)) == ["late"]
    assert states(place, trainee, at + timedelta(days=4)) == ["late", "soon"]
    assert states(place, trainee, at) == ["soon"]


def test_no_course_is_due_beyond_the_required_hours(trainee, at):
    place = planned(trainee, at)
    TrainingClass.objects.filter(pk=place.training_class_id).update(required_online_seconds=240)
    place.training_class.refresh_from_db()

    assert states(place, trainee, at + timedelta(days=11)) == ["late"]


def test_hours_of_a_later_course_count_for_the_pace(trainee, at):
    place = planned(trainee, at)
    second = study(trainee)[1][1].course
    for lesson in lessons_of([second]):
        LessonProgressFactory(person=trainee, lesson=lesson, credited_seconds=120, last_at=at)

    assert states(place, trainee, at + timedelta(days=4)) == ["soon"]


def test_a_new_trainee_is_not_late_on_the_next_day(trainee, at):
    place = planned(trainee, at, exam_in=1)
    place.enrolled_at = at

    assert states(place, trainee, at + timedelta(days=1)) == ["soon", "soon"]


def test_finished_courses_and_other_courses_are_not_due(trainee, at):
    place = planned(trainee, at)
    course_of(trainee)
    first = study(trainee)[1][0].course
    for lesson in lessons_of([first]):
        LessonProgressFactory(
            person=trainee, lesson=lesson, credited_seconds=120, completed_at=at, last_at=at
        )

    assert states(place, trainee, at + timedelta(days=4)) == ["soon"]


def test_nothing_is_due_in_a_class_that_is_over(trainee, at):
    place = planned(trainee, at, state="incomplete")

    assert states(place, trainee, at + timedelta(days=9)) == []


def test_the_home_says_what_is_overdue_until_the_hours_are_there(client, trainee):
    at = timezone.now()
    place = planned(trainee, at, exam_in=2)
    client.force_login(trainee)
    before = client.get("/learn/").content.decode()
    TrainingClass.objects.filter(pk=place.training_class_id).update(required_online_seconds=0)
    after = client.get("/learn/").content.decode()

    assert ("逾期 1 项，7 天内到期 1 项" in before, "到这门课去" in before) == (True, True)
    assert ("逾期" in after, "到这门课去" in after) == (False, False)


def test_go_on_leads_to_the_part_where_one_stopped(client, trainee, at):
    course = CourseFactory()
    CourseGrantFactory(person=trainee, course=course)
    lesson = lesson_of(course, drill=[("drill", {"task": "<p>算</p>"})])
    keep_place(person=trainee, lesson=lesson, part="drill", at=at)
    client.force_login(trainee)
    text = client.get("/learn/").content.decode()

    assert f'href="/learn/lessons/{lesson.pk}/#drill"' in text
    assert "上次停在“演练”" in text


def test_the_class_in_training_comes_before_newer_ones_that_ended(trainee, at):
    ended = EnrolmentFactory(
        person=trainee, state="passed", completed_at=at, training_class__opens_on=at.date()
    )
    standing = EnrolmentFactory(person=trainee)

    assert current_enrolment(trainee) == standing
    standing.delete()
    assert current_enrolment(trainee) == ended


@pytest.mark.parametrize(
    ("hour", "said"),
    [(4, "good evening"), (5, "good morning"), (12, "good afternoon"), (18, "good evening")],
)
def test_greeting_by_the_clock(hour, said):
    with translation.override("en"):
        assert greeting(hour) == said


def test_class_line_counts_the_days_to_the_opening(at):
    from lms.portal.needs import road_to_certificate

    road = road_to_certificate(EnrolmentFactory(), at)
    with translation.override("en"):
        before = class_line(road, at.date() - timedelta(days=6))
        during = class_line(road, at.date())

    assert before == "第一季度集训班 · opens on March 9, in 2 days"
    assert during == "第一季度集训班 · March 9 to March 13"
    assert class_line(None, at.date()) == ""


def test_learner_home_asks_the_same_number_of_questions_for_more_courses(client, trainee):
    EnrolmentFactory(person=trainee)
    client.force_login(trainee)
    course_of(trainee)
    AssignmentFactory(person=trainee)
    queries_of(client, "/learn/")
    one = queries_of(client, "/learn/")
    course_of(trainee)
    course_of(trainee)
    AssignmentFactory(person=trainee)

    assert queries_of(client, "/learn/") == one


def test_learner_home_without_anything_says_what_to_do(client, trainee):
    client.force_login(trainee)
    client.cookies["django_language"] = "en"

    assert "No course is open to you yet" in client.get("/learn/").content.decode()


def test_queues_leave_out_what_is_mine(trainee):
    grader = UserFactory(roles=["grader"])
    AttemptFactory(types=["short", "single"], state="submitted", submitted_at=timezone.now())
    AttemptFactory(
        admission__person=grader, types=["short"], state="submitted", submitted_at=timezone.now()
    )
    SubmissionFactory()

    found = queues(grader)

    assert (found.answers, found.practical, found.total) == (1, 1, 2)


def test_sheets_without_attendance_are_named(at):
    trainer = UserFactory(roles=["trainer"])
    training_class = TrainingClassFactory(trainers=[trainer])
    missing = ClassSessionFactory(training_class=training_class, day=1)
    taken = ClassSessionFactory(training_class=training_class, day=2)
    AttendanceFactory(session=taken)
    ClassSessionFactory(training_class=training_class, day=6)
    ClassSessionFactory(day=1)

    assert list(sheets_missing(trainer, at)) == [missing]
    assert list(my_classes(trainer)) == [training_class]


def test_teaching_home_asks_the_same_number_of_questions_for_more_classes(client):
    trainer = UserFactory(roles=["trainer"])
    client.force_login(trainer)
    today = timezone.now()

    def one_more():
        training_class = TrainingClassFactory(trainers=[trainer])
        ClassSessionFactory(
            training_class=training_class, starts_at=today, ends_at=today + timedelta(hours=1)
        )
        ClassSessionFactory(training_class=training_class, day=1, number=2)

    one_more()
    queries_of(client, "/teach/")
    one = queries_of(client, "/teach/")
    one_more()
    one_more()

    assert queries_of(client, "/teach/") == one


def test_own_page_asks_the_same_number_of_questions_for_more_classes(client, trainee):
    client.force_login(trainee)
    EnrolmentFactory(person=trainee)
    queries_of(client, "/me/")
    one = queries_of(client, "/me/")
    EnrolmentFactory(person=trainee)
    EnrolmentFactory(person=trainee)

    assert queries_of(client, "/me/") == one


def test_hr_home_counts_people_and_classes(client):
    hr = UserFactory(roles=["hr"])
    client.force_login(hr)
    EnrolmentFactory()

    doors = {door["icon"]: door["count"] for door in client.get("/hr/").context["doors"]}

    assert (doors["users"], doors["calendar"]) == (1, 1)


def test_finance_sees_only_its_doors(client):
    client.force_login(UserFactory(roles=["finance"]))

    found = {door["url"] for door in client.get("/hr/").context["doors"]}

    assert found <= {"/hr/claims/", "/hr/finance/"}


def test_a_day_named_as_the_last_one_counts_to_its_last_moment(trainee, at):
    day = timezone.localdate(at)
    course = Due("course", "运营", end_of(day), None, 1)
    midnight = datetime.combine(day + timedelta(days=1), time(), timezone.get_default_timezone())

    assert course.state(midnight - timedelta(seconds=1)) == "soon"
    assert course.state(midnight) == "late"


@pytest.mark.parametrize("path", ["/learn/", "/me/"])
def test_catalogue_and_search_can_be_reached_without_the_bar_of_a_desk(client, trainee, path):
    client.force_login(trainee)

    main = client.get(path).content.decode().split("<main", 1)[1].split("</main>", 1)[0]

    assert ("/learn/catalogue/" in main, "/learn/search/" in main) == (True, True)
