from decimal import Decimal
from fractions import Fraction

import pytest

from audit.models import AuditRow
from exams.models import Assessment, ComponentMark
from tests.factories.training import instant, place_in, ready_class
from training.errors import TrainingError
from training.models import Enrolment, ProcessEvidence, TrainingClass
from training.services import record_process_mark, record_process_marks
from training.services.marking import Mark

pytestmark = pytest.mark.django_db
AT = instant(1, "11:00")


@pytest.fixture
def made():
    return ready_class()


def give(place, code, points, **fields):
    fields = {
        "by": fields.pop("by", None) or place.training_class.trainers.get(),
        "at": AT,
    } | fields
    return record_process_mark(
        enrolment=place, activity_code=code, points=Decimal(points), **fields
    )


def refused(call):
    with pytest.raises(TrainingError) as caught:
        call()
    return caught.value.code, [refusal.code for refusal in caught.value.refusals]


def test_a_mark_keeps_its_evidence(made):
    place = place_in(made)

    evidence = give(place, "CP-1", "2", level="良好", note="两次发言")

    assert (evidence.item, evidence.points, evidence.max_points, evidence.note) == (
        "participation", Decimal(2), Decimal("2.5"), "两次发言",
    )  # fmt: skip


def test_a_complete_item_goes_down_on_the_scale_of_100(made):
    place = place_in(made)

    evidence = give(place, "CP-1", "2")

    mark = ComponentMark.objects.get()
    assert (mark.component, mark.item, mark.points) == ("process", "participation", Fraction(80))
    assert mark.evidence == f"training.processevidence:{evidence.pk}"


def test_an_item_waits_for_its_last_activity(made):
    place = place_in(made)

    give(place, "DR-1", "8")
    waiting = ComponentMark.objects.count()
    give(place, "DR-2", "1")

    assert waiting == 0
    assert ComponentMark.objects.get().points == Fraction(90)


def test_the_showcase_is_a_component_of_its_own(made):
    give(place_in(made), "PS-1", "17")

    mark = ComponentMark.objects.get()
    assert (mark.component, mark.item, mark.points) == ("showcase", "showcase", Fraction(85))


def test_a_changed_mark_supersedes_and_is_audited_with_its_reason(made):
    place = place_in(made)
    old = give(place, "CP-1", "2")

    new = give(place, "CP-1", "1.5", note="随堂题重判")

    old.refresh_from_db()
    assert (old.points, old.superseded_at) == (Decimal(2), AT)
    assert list(ProcessEvidence.objects.standing()) == [new]
    row = AuditRow.objects.get(action="training.mark_changed")
    assert (row.detail, row.reason) == ({"from": "2.00", "to": "1.5"}, "随堂题重判")
    assert ComponentMark.objects.get(superseded_at=None).points == Fraction(60)


def test_the_same_mark_again_changes_nothing(made):
    place = place_in(made)

    assert give(place, "CP-1", "2") == give(place, "CP-1", "2")
    assert ProcessEvidence.objects.count() == 1


@pytest.mark.parametrize(
    ("points", "code"),
    [("-0.01", "out_of_range"), ("2.51", "out_of_range"), ("1.005", "too_fine")],
)
def test_points_lie_within_the_activity_and_have_two_decimals(made, points, code):
    place = place_in(made)

    assert refused(lambda: give(place, "CP-1", points)) == ("bad_marks", [code])


def test_the_edges_are_points_too(made):
    assert give(place_in(made), "CP-1", "0").points == 0
    assert give(place_in(made), "CP-1", "2.5").points == Decimal("2.5")


def test_a_changed_mark_needs_a_reason(made):
    place = place_in(made)
    give(place, "CP-1", "2")

    assert refused(lambda: give(place, "CP-1", "1")) == ("bad_marks", ["reason_missing"])


def test_after_the_result_marks_stay(made):
    place = place_in(made)
    Enrolment.objects.filter(pk=place.pk).update(state="passed", completed_at=AT)
    place.refresh_from_db()

    assert refused(lambda: give(place, "CP-1", "1")) == ("bad_marks", ["result_is_final"])


def test_a_submitted_result_takes_no_mark_any_more(made):
    place = place_in(made)
    Assessment.objects.update(
        state="submitted", submitted_by=made.hr, submitted_at=AT, inputs={"a": 1},
        inputs_digest="0", total_numerator=60, total_denominator=1, total_score=60,
    )  # fmt: skip

    assert refused(lambda: give(place, "CP-1", "1")) == ("closed", [])
    assert not ProcessEvidence.objects.exists()


def test_one_bad_mark_refuses_the_sheet(made):
    marks = [Mark(place_in(made), Decimal(2)), Mark(place_in(made), Decimal(9))]

    call = lambda: record_process_marks(  # noqa: E731
        training_class=made, activity_code="CP-1", marks=marks, by=made.t, at=AT
    )

    assert refused(call) == ("bad_marks", ["out_of_range"])
    assert not ProcessEvidence.objects.exists()


def test_somebody_from_elsewhere_is_refused(made):
    mark = Mark(place_in(ready_class()), Decimal(2))

    call = lambda: record_process_marks(  # noqa: E731
        training_class=made, activity_code="CP-1", marks=[mark], by=made.t, at=AT
    )

    assert refused(call) == ("bad_marks", ["unknown_place"])


def test_only_trainers_of_the_class_give_marks_and_only_in_its_activities(made):
    place = place_in(made)

    assert refused(lambda: give(place, "CP-1", "1", by=made.hr)) == ("not_allowed", [])
    assert refused(lambda: give(place, "XX-9", "1")) == ("unknown_activity", [])
    TrainingClass.objects.filter(pk=made.pk).update(state="closed")
    place.training_class.refresh_from_db()
    assert refused(lambda: give(place, "CP-1", "1")) == ("not_teaching", [])
