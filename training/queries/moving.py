"""Whom it touches when a class moves to the newest versions of its courses."""

from dataclasses import dataclass
from datetime import datetime

from exams.models import Admission
from training.models import Enrolment, TrainingClass
from training.queries.gates import gates_of
from training.queries.plans import plan_of_versions
from training.queries.versions import Standing


@dataclass(frozen=True)
class MoveEffect:
    """Who would lose the admission, and who would be short of hours.

    Of those short of hours the ones who have enough today come first; `newly` counts them.
    """

    losing: list[Enrolment]
    short: list[Enrolment]
    newly: int


def move_effect(training_class: TrainingClass, standing: Standing, at: datetime) -> MoveEffect:
    """What a move would do now, by the gate that decides after it; constant queries."""
    places = list(training_class.enrolments.in_training().select_related("person"))
    today = gates_of(training_class, at, places)
    then = gates_of(training_class, at, places, plan_of_versions(standing.newest_ids))
    taken_back = _can_be_taken_back(training_class, at)
    short = [place for place in places if not then[place.pk].hours_met]
    newly = [place for place in short if today[place.pk].hours_met]
    return MoveEffect(
        losing=[
            place
            for place in places
            if place.person_id in taken_back
            and place.admitted_at is not None
            and not then[place.pk].is_open
        ],
        short=newly + [place for place in short if not today[place.pk].hours_met],
        newly=len(newly),
    )


def _can_be_taken_back(training_class: TrainingClass, at: datetime) -> set[int]:
    """People whose admission still follows their hours: the sitting is not over, nor begun."""
    sitting = training_class.sitting
    if sitting is None or sitting.closes_at <= at:
        return set()
    waiting = Admission.objects.valid().filter(sitting=sitting, attempts__isnull=True)
    return set(waiting.values_list("person_id", flat=True))
