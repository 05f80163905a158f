"""A class with a row of every kind that an evidence pack reads."""

from datetime import timedelta
from decimal import Decimal

from exams.models import Admission, Assessment, Attempt, RubricMarking, Submission, TaskAssignment
from exams.services import refresh_assessment
from learning.models import CheckAnswer, HandIn
from people.models import Profile
from subsidies.models import Claim, ClaimEvent
from subsidies.services import open_receivable, record_payment
from tests.factories.people import UserFactory
from tests.factories.subsidies import make_policy
from tests.factories.training import instant, place_in, ready_class, study
from training.services import record_process_mark, take_attendance

AT = instant(6)


def packed_class(**fields):
    """An open class after its last day (`AT`); fill it with `packed_place`."""
    return ready_class(**fields)


def packed_place(training_class, *, seconds=40_000, **person):
    """Somebody who attended, studied, sat, handed in, was marked, paid and claimed."""
    place = place_in(training_class, **{"name": "陈晓岚", **person})
    Profile.objects.filter(user=place.person).update(
        id_number_sealed="k1:sealed", id_number_hash=f"hash-{place.person_id}",
        id_number_masked="369***********001X",
    )  # fmt: skip
    attend(place)
    lesson = study(place.person, training_class.programme, seconds, instant(2))
    answer(place.person, lesson)
    mark_process(place)
    practical(place)
    theory(place)
    pay(place)
    claim(place)
    return place


def attend(place):
    """Present, absent and then made up, nothing for the last session."""
    trainer = place.training_class.trainers.get()
    first, second = place.training_class.sessions.all()[:2]
    for session, state, at, reason in (
        (first, "present", first.ends_at, ""),
        (second, "absent", second.ends_at, ""),
        (second, "made_up", second.ends_at + timedelta(days=1), "补看录播并交作业"),
    ):
        take_attendance(session=session, states={place.pk: state}, by=trainer, at=at, reason=reason)


def answer(person, lesson):
    uid = "00000000-0000-4000-8000-00000000000"
    for number, right in enumerate((True, False)):
        CheckAnswer.objects.create(
            person=person, lesson=lesson, block_id=f"{uid}{number}", choice=0, correct=right,
            answered_at=instant(2),
        )  # fmt: skip
    HandIn.objects.create(
        person=person, lesson=lesson, kind="drill", block_id=f"{uid}9", number=1, text="体检表",
        handed_in_at=instant(2),
    )  # fmt: skip


def mark_process(place):
    """A mark that was changed: two rows, one stands."""
    for points, note in (("2", "两次发言"), ("2.5", "补记一次发言")):
        record_process_mark(
            enrolment=place, activity_code="CP-1", points=Decimal(points), level="优秀", note=note,
            by=place.training_class.trainers.get(), at=instant(2),
        )  # fmt: skip


def practical(place):
    """80 points by one marker: 48 of 60 and 32 of 40."""
    task = TaskAssignment.objects.get(context=place.context)
    number = Submission.objects.count()
    handed_in = Submission.objects.create(
        assignment=task, code=f"S-{number:05d}", state="marked", started_at=instant(3),
        saved_at=instant(3), handed_in_at=instant(3), digest="c" * 64, score_numerator=80,
        score_denominator=1, marked_at=instant(4),
    )  # fmt: skip
    RubricMarking.objects.create(
        submission=handed_in, marker=UserFactory(name="评阅人甲"), position=1, state="final",
        levels={"c1": {"level": 1, "comment": ""}, "c2": {"level": 1, "comment": "口径清楚"}},
        points_numerator=80, points_denominator=1, saved_at=instant(4), final_at=instant(4),
    )  # fmt: skip


def theory(place):
    """A ticket and a marked attempt of 178/3, which prints 59.33."""
    sitting = place.training_class.sitting
    ticket, _made = Admission.objects.get_or_create(
        sitting=sitting, person=place.person,
        defaults={"granted_at": instant(4), "ticket_number": f"T{place.pk:06d}"},
    )  # fmt: skip
    Attempt.objects.create(
        sitting=sitting, admission=ticket, candidate=place.person, state="marked", seed="s",
        started_at=instant(5), deadline=instant(5, "10:30"), submitted_at=instant(5, "10:00"),
        marked_at=instant(5, "11:00"), theory_numerator=178, theory_denominator=3,
        theory_score="59.333333",
    )  # fmt: skip
    assessment = Assessment.objects.get(context=place.context)
    refresh_assessment(assessment_id=assessment.pk, at=instant(5, "12:00"))


def pay(place):
    fee = getattr(place, "receivable", None) or open_receivable(enrolment=place, at=instant(1))
    record_payment(
        receivable_id=fee.pk, amount_fen=fee.due_fen, paid_on=instant(1).date(),
        receipt_number=f"R{fee.pk}", by=UserFactory(roles=["finance"]), at=instant(1),
    )  # fmt: skip


def claim(place):
    """A claim as it was drafted, with its first event."""
    made = Claim.objects.create(
        number=f"BT-{place.pk:04d}", year=2026, policy_version=make_policy("P4"),
        person=place.person, enrolment=place, fee_fen=360_000, amount_fen=288_000, payee="person",
        created_at=AT, made_by=place.person,
    )  # fmt: skip
    ClaimEvent.objects.create(claim=made, state="draft", by=place.person, at=AT, reason="")
