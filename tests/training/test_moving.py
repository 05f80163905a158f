"""Whom a move to newer course versions touches: shown before, asked for, told after."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditRow
from courses.models import LessonPage
from courses.services import freeze_course
from exams.models import Admission, Sitting
from notices.models import Notice
from tests.factories.exams import AttemptFactory
from tests.factories.people import UserFactory
from tests.factories.training import instant, place_in, ready_class, study
from training.errors import TrainingError
from training.models import Enrolment, TrainingClass
from training.queries import move_effect, version_standing
from training.services import move_to_newest, refresh_admission

pytestmark = pytest.mark.django_db
AT = instant(1, "08:00")
REASON = "新版补上了退货新规"


@pytest.fixture
def shrunk():
    """Two people admitted with all their hours and one without; the newer plan is far too short."""
    made = ready_class()
    made.places = [place_in(made, name=name) for name in ("甲", "乙", "丙")]
    for place in made.places[:2]:
        study(place.person, made.programme, 54_000, AT)
        refresh_admission(enrolment_id=place.pk, at=AT)
    shorten(made)
    return made


def shorten(training_class):
    course = training_class.programme.courses.get()
    page = LessonPage.objects.descendant_of(course).live().order_by("path").last()
    page.unpublish()
    freeze_course(course=course, at=AT)


def effect_of(training_class, at=AT):
    return move_effect(training_class, version_standing(training_class), at)


def names(places):
    return [place.person.name for place in places]


def move(training_class, known=0, reason=REASON, at=AT):
    return move_to_newest(
        training_class=training_class, reason=reason, known_losses=known,
        by=training_class.hr, at=at,
    )  # fmt: skip


def test_who_would_lose_the_admission_and_who_be_short_is_known_before(shrunk):
    effect = effect_of(shrunk)

    assert names(effect.losing) == ["甲", "乙"]
    assert (names(effect.short), effect.newly) == (["甲", "乙", "丙"], 2)


def test_what_is_shown_before_is_what_the_move_does(shrunk):
    AttemptFactory(admission=Admission.objects.get(person=shrunk.places[0].person))
    foreseen = names(effect_of(shrunk).losing)

    move(shrunk, known=1)

    lost = Enrolment.objects.filter(pk__in=[p.pk for p in shrunk.places[:2]], admitted_at=None)
    assert names(lost) == foreseen == ["乙"]


def test_nobody_loses_what_no_longer_follows_the_hours(shrunk):
    over = shrunk.sitting.closes_at
    Enrolment.objects.filter(pk=shrunk.places[0].pk).update(state="incomplete")

    assert effect_of(shrunk, at=over).losing == []
    assert names(effect_of(shrunk).losing) == ["乙"]
    shrunk.sitting = None
    assert effect_of(shrunk).losing == []


def test_the_effect_is_reckoned_in_as_many_queries_for_more_people(
    shrunk, django_assert_num_queries
):
    standing = version_standing(shrunk)
    shrunk.sitting  # noqa: B018 -- fetched here, so not counted below
    with django_assert_num_queries(9):
        move_effect(shrunk, standing, AT)
    TrainingClass.objects.filter(pk=shrunk.pk).update(capacity=9)
    shrunk.capacity = 9
    place_in(shrunk), place_in(shrunk)

    with django_assert_num_queries(9):
        move_effect(shrunk, standing, AT)


@pytest.mark.parametrize("known", [0, 1])
def test_more_lost_admissions_than_known_are_refused_and_nothing_moves(shrunk, known):
    with pytest.raises(TrainingError) as error:
        move(shrunk, known=known)

    assert (error.value.code, "2 人" in error.value.message) == ("more_losses", True)
    assert shrunk.class_courses.get().version.number == 1
    assert Admission.objects.valid().count() == 2
    assert not Notice.objects.filter(event__startswith="training.").exists()


def test_a_move_needs_a_reason_and_keeps_it(shrunk):
    with pytest.raises(TrainingError) as error:
        move(shrunk, known=2, reason=" \n")
    move(shrunk, known=2, reason=f" {REASON}\n")

    row = AuditRow.objects.get(action="training.class_versions_moved")
    assert error.value.code == "reason_needed"
    assert (row.reason, row.detail["lost_admissions"]) == (REASON, 2)


def test_those_concerned_are_told_once_a_move(shrunk):
    both = UserFactory(roles=["hr", "trainer"])
    shrunk.trainers.add(both)

    move(shrunk, known=2)

    lost = Notice.objects.filter(event="training.admission_withdrawn")
    staff = Notice.objects.filter(event="training.class_moved")
    assert {one.person for one in lost} == {place.person for place in shrunk.places[:2]}
    assert {one.url for one in lost} == {f"/me/classes/{shrunk.pk}/"}
    assert {one.person: one.url for one in staff} == {
        shrunk.t: f"/teach/classes/{shrunk.pk}/",
        shrunk.hr: f"/hr/classes/{shrunk.pk}/",
        both: f"/hr/classes/{shrunk.pk}/",
    }
    assert staff.count() == 3
    assert all(REASON in one.body for one in [*lost, *staff])
    assert "2 人失去准考" in staff[0].body


def test_a_second_move_is_told_again(shrunk):
    move(shrunk, known=2)
    shorten(shrunk)

    move(shrunk)

    assert Notice.objects.filter(event="training.class_moved", person=shrunk.hr).count() == 2


@pytest.fixture
def desk(client, shrunk):
    """HR at the page, some days before the exam of the class."""
    client.force_login(shrunk.hr)
    opens = timezone.now() + timedelta(days=1)
    window = {"opens_at": opens, "closes_at": opens + timedelta(hours=1)}
    Sitting.objects.filter(pk=shrunk.sitting_id).update(**window)
    shrunk.sessions.all().delete()
    shrunk.path = f"/hr/classes/{shrunk.pk}/versions/"
    return client


def test_the_page_names_those_concerned_before_the_button(desk, shrunk):
    text = desk.get(shrunk.path).content.decode()

    assert "换版后 2 人将失去理论考试准考：</b> 甲、乙" in text
    assert "换版后 3 人学时不足（其中 2 人目前学时已够）： 甲、乙、丙" in text
    assert "我知道 2 人将失去准考" in text
    assert text.index("我知道 2 人") < text.index("<button", text.index("note-bad"))


def test_only_twenty_are_named_and_the_rest_counted(desk, shrunk):
    TrainingClass.objects.filter(pk=shrunk.pk).update(capacity=40)
    shrunk.capacity = 40
    for number in range(20):
        place_in(shrunk, name=f"学员{number:02d}")

    text = desk.get(shrunk.path).content.decode()

    assert "换版后 23 人学时不足" in text
    assert ("学员16 等，另有 3 人" in text, "学员17" in text) == (True, False)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"known": "2"}, "必需字段"),
        ({"known": "2", "reason": " "}, "必需字段"),
        ({"reason": REASON}, "将有 2 人失去准考"),
        ({"reason": REASON, "known": "1"}, "将有 2 人失去准考"),
        ({"reason": REASON, "known": "x"}, "整数"),
    ],
)
def test_without_reason_or_tick_the_page_comes_back_with_what_was_typed(desk, shrunk, sent, said):
    answer = desk.post(shrunk.path, sent)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert sent.get("reason", "").strip() in text
    assert ('value="2" required checked' in text) == (sent.get("known") == "2")
    assert shrunk.class_courses.get().version.number == 1


def test_with_reason_and_tick_the_class_moves(desk, shrunk):
    answer = desk.post(shrunk.path, {"reason": REASON, "known": "2"})

    assert answer.status_code == 302
    assert shrunk.class_courses.get().version.number == 2
    assert Admission.objects.valid().count() == 0


def test_a_move_that_costs_nobody_the_admission_asks_for_no_tick(desk, shrunk):
    Admission.objects.all().delete()

    text = desk.get(shrunk.path).content.decode()

    assert "换版后没有人失去理论考试准考" in text
    assert 'name="known"' not in text
