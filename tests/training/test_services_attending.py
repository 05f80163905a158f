import pytest

from audit.models import AuditRow
from tests.factories.training import instant, place_in, ready_class
from training.errors import TrainingError
from training.models import Attendance, Enrolment, TrainingClass
from training.services import take_attendance

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return ready_class()


def take(made, states, number=1, by=None, at=None, reason=""):
    session = made.sessions.get(day=1, number=number)
    return take_attendance(
        session=session, states=states, by=by or made.t, at=at or instant(1, "09:30"),
        reason=reason,
    )  # fmt: skip


def refused(call):
    with pytest.raises(TrainingError) as caught:
        call()
    return caught.value.code, [refusal.code for refusal in caught.value.refusals]


def test_attendance_is_recorded_and_a_second_post_changes_nothing(made):
    first, second = place_in(made), place_in(made)
    states = {first.pk: "present", second.pk: "leave"}

    changed, again = take(made, states), take(made, states)

    assert (changed, again) == (2, 0)
    assert dict(Attendance.objects.values_list("enrolment_id", "state")) == states


def test_a_change_is_audited_with_what_stood_before(made):
    place = place_in(made)
    take(made, {place.pk: "absent"})

    take(made, {place.pk: "late"}, by=made.hr)

    row = AuditRow.objects.filter(action="training.attendance_taken").first()
    assert (row.actor_id, row.detail) == (made.hr.pk, {str(place.pk): ["absent", "late"]})


def test_a_late_entry_keeps_who_when_and_why(made):
    place, other = place_in(made), place_in(made)
    take(made, {other.pk: "present"})

    take(
        made, {place.pk: "present", other.pk: "present"}, by=made.hr, at=instant(2, "08:00"),
        reason="  纸质签到表\n补录 ",
    )  # fmt: skip

    entry = Attendance.objects.get(enrolment=place)
    assert (entry.recorded_by, entry.recorded_at, entry.late_reason) == (
        made.hr, instant(2, "08:00"), "纸质签到表 补录",
    )  # fmt: skip
    assert list(Attendance.objects.entered_late()) == [entry]
    row = AuditRow.objects.filter(action="training.attendance_taken").first()
    assert row.detail == {
        str(place.pk): [None, "present"], "late": [place.pk], "late_reason": "纸质签到表 补录",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "at"), [("present", instant(2, "00:00")), ("made_up", instant(1, "12:00"))]
)
@pytest.mark.parametrize(
    ("reason", "code"), [(" \n", "reason_needed"), ("长" * 201, "reason_too_long")]
)
def test_a_late_entry_without_a_fit_reason_is_refused(made, state, at, reason, code):
    place = place_in(made)
    take(made, {place.pk: "absent"})

    result = refused(lambda: take(made, {place.pk: state}, at=at, reason=reason))

    assert result == (code, [])
    assert Attendance.objects.get().state == "absent"


def test_a_sheet_saved_again_late_without_a_change_needs_no_reason(made):
    place = place_in(made)
    take(made, {place.pk: "present"})

    assert take(made, {place.pk: "present"}, at=instant(3)) == 0
    assert Attendance.objects.get().late_reason == ""


def test_a_reason_given_in_time_stays_off_the_entry(made):
    place = place_in(made)

    take(made, {place.pk: "present"}, reason="多余的说明")

    assert Attendance.objects.get().late_reason == ""


def test_what_was_attended_cannot_be_made_up(made):
    place = place_in(made)
    take(made, {place.pk: "present"})

    result = refused(lambda: take(made, {place.pk: "made_up"}))

    assert result == ("bad_states", ["nothing_to_make_up"])


def test_an_unknown_state_refuses_the_whole_sheet(made):
    first, second = place_in(made), place_in(made)

    result = refused(lambda: take(made, {first.pk: "present", second.pk: "asleep"}))

    assert result == ("bad_states", ["unknown_state"])
    assert not Attendance.objects.exists()


def test_somebody_from_elsewhere_is_refused(made):
    stranger = place_in(ready_class())

    assert refused(lambda: take(made, {stranger.pk: "present"})) == ("unknown_place", [])


def test_attendance_waits_for_the_session_to_begin(made):
    place = place_in(made)

    early = lambda: take(made, {place.pk: "present"}, at=instant(1, "08:59"))  # noqa: E731

    assert refused(early) == ("not_begun", [])


def test_only_trainers_of_the_class_and_hr_take_attendance(made):
    place = place_in(made)
    other = ready_class().t

    assert refused(lambda: take(made, {place.pk: "present"}, by=other)) == ("not_allowed", [])


def test_a_draft_class_has_no_attendance(made):
    place = place_in(made)
    TrainingClass.objects.filter(pk=made.pk).update(state="draft")

    assert refused(lambda: take(made, {place.pk: "present"})) == ("not_teaching", [])


def test_after_the_result_attendance_stays(made):
    place = place_in(made)
    take(made, {place.pk: "absent"})
    Enrolment.objects.filter(pk=place.pk).update(state="failed", completed_at=instant(9))

    assert refused(lambda: take(made, {place.pk: "made_up"})) == ("bad_states", ["result_is_final"])
    assert take(made, {place.pk: "absent"}) == 0
