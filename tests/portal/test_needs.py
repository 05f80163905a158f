import pytest
from django.utils import translation

from certificates.models import Certificate
from lms.portal.needs import _approval, _certificate, _process, road_to_certificate
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.exams import AttemptFactory
from tests.factories.exams_practical import AssessmentFactory, AssignmentFactory, SubmissionFactory
from tests.factories.learning import LessonProgressFactory
from tests.factories.training import (
    ACTIVITIES,
    AttendanceFactory,
    ClassSessionFactory,
    EnrolmentFactory,
)
from training.models import ProcessEvidence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def place():
    return EnrolmentFactory()


def needs(place, at):
    return [(need.state, need.why) for need in road_to_certificate(place, at).needs]


def study(place, seconds):
    """Study of so many seconds, spread over three lessons of five hours each."""
    course = CourseFactory()
    place.training_class.programme.courses.add(course)
    for _number in range(3):
        credited = min(seconds, 18_000)
        seconds -= credited
        LessonProgressFactory(
            person=place.person,
            lesson=lesson_of(course, planned_seconds=18_000),
            credited_seconds=credited,
        )


def result(place, state="approved", **scores):
    pairs = {}
    for part, hundredths in scores.items():
        pairs |= {
            f"{part}_numerator": hundredths,
            f"{part}_denominator": 100,
            f"{part}_score": hundredths / 100,
        }
    row = AssessmentFactory(person=place.person, context=place.context)
    type(row).objects.filter(pk=row.pk).update(**pairs)
    row.refresh_from_db()
    row.state = state
    return row


def test_nothing_has_begun(place, at):
    assert needs(place, at) == [
        ("open", "0.0 credited, 20.0 still missing"),
        ("open", "No session has been held yet"),
        ("open", "From March 13 09:00"),
        ("open", "No task set yet"),
        ("open", "No activities planned yet"),
        ("open", "Theory, practical work and class work together"),
        ("open", "Once all parts are in"),
        ("open", "Issued once the result is approved"),
    ]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (53_999, ("now", "19.9 credited, 0.1 still missing")),
        (54_000, ("met", "20.0 credited")),
        (2_700, ("now", "1.0 credited, 19.0 still missing")),
    ],
)
def test_hours_are_never_said_to_be_there_a_second_early(place, at, seconds, said):
    study(place, seconds)

    assert needs(place, at)[0] == said


def test_attendance_says_how_many_sessions_are_to_be_made_up(place, at):
    for day, state in enumerate(["present", "absent", "absent", "late"], 1):
        session = ClassSessionFactory(training_class=place.training_class, day=day)
        AttendanceFactory(session=session, enrolment=place, state=state)

    assert needs(place, at)[1] == ("now", "2 of 4 sessions attended; 2 sessions to make up")


def test_full_attendance_is_met(place, at):
    session = ClassSessionFactory(training_class=place.training_class, day=1)
    AttendanceFactory(session=session, enrolment=place)

    assert needs(place, at)[1] == ("met", "1 of 1 session attended")


def test_a_score_is_not_told_before_approval(place, at):
    attempt = AttemptFactory(admission__person=place.person, submitted_at=at, state="submitted")
    place.training_class.sitting = attempt.sitting
    place.training_class.save()

    assert needs(place, at)[2] == ("now", "Handed in; the score comes with the approved result")


def test_an_exam_without_a_date_says_so(place, at):
    place.training_class.exam_opens_at = place.training_class.exam_closes_at = None

    assert needs(place, at)[2] == ("open", "No date set yet")


def test_tasks_handed_in_are_counted(place, at):
    first = AssignmentFactory(person=place.person, context=place.context)
    AssignmentFactory(person=place.person, context=place.context)
    SubmissionFactory(assignment=first)

    assert needs(place, at)[3] == ("now", "1 of 2 tasks handed in")


def test_tasks_not_handed_in_are_not_begun(place, at):
    AssignmentFactory(person=place.person, context=place.context)

    assert needs(place, at)[3] == ("open", "0 of 1 task handed in")


def test_an_approved_result_tells_the_scores_and_never_rounds_up_to_the_line(place, at):
    row = result(place, theory=8600, practical=5999, total=7000)

    assert [(need.state, need.why) for need in decided(row)] == [
        ("met", "Score 86.00"),
        ("failed", "Score 59.99"),
        ("met", "Score 70.00"),
    ]


def test_an_approved_result_without_a_part_says_so(place, at):
    assert [(need.state, need.why) for need in decided(result(place))] == [
        ("failed", "No score")
    ] * 3


def decided(row):
    from lms.portal import needs as module

    place = EnrolmentFactory(person=row.person)
    return [module._theory(place, row), module._practical(place, row), module._total(row)]


def test_a_result_under_approval_waits(place, at):
    from lms.portal.needs import _total

    need = _total(result(place, state="submitted"))

    assert (need.state, need.word, need.mark, need.tag) == (
        "now", "Under way", "mark-now", "tag-now"
    )  # fmt: skip


def test_a_valid_certificate_names_its_number(place, monkeypatch):
    held = Certificate(number="DEMO-2026-YY-0000017")
    monkeypatch.setattr("lms.portal.needs.valid_certificate", lambda _place: held)

    need = _certificate(place)

    assert (need.state, need.why) == ("met", "No. DEMO-2026-YY-0000017")


def mark(place, code):
    ProcessEvidence.objects.create(
        enrolment=place, item="drill", activity_code=code, points=1, max_points=2,
        given_by=place.person, given_at=place.enrolled_at,
    )  # fmt: skip


def test_class_work_counts_the_activities_that_are_marked(place, at):
    place.training_class.activities = ACTIVITIES[:2]
    place.training_class.save()
    codes = [row["code"] for row in ACTIVITIES[:2]]
    found = [needs(place, at)[4]]
    for code in codes:
        mark(place, code)
        found.append(needs(place, at)[4])

    assert found == [
        ("open", "0 of 2 activities marked"),
        ("now", "1 of 2 activities marked"),
        ("met", "2 of 2 activities marked"),
    ]


def test_class_work_has_no_line_once_the_result_is_approved(place):
    need = _process(place, result(place, process=4000))

    assert (need.state, need.why) == ("met", "Score 40.00")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("open", ("open", "Once all parts are in")),
        ("ready", ("now", "All parts are in; the exam office submits it")),
        ("submitted", ("now", "Handed to the approver")),
        ("returned", ("now", "Returned to the exam office, which looks again")),
        ("approved", ("met", "The result is final")),
    ],
)
def test_the_approval_says_where_the_result_is(place, state, said):
    need = _approval(result(place, state=state))

    assert (need.state, need.why) == said
