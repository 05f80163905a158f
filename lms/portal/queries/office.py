"""Counts behind the doors of the personnel office."""

from dataclasses import dataclass

from people.models import User
from people.roles import TRAINEE
from training.choices import ClassState, EnrolmentState
from training.models import Enrolment, TrainingClass


@dataclass(frozen=True)
class OfficeCounts:
    """People with the trainee role, classes under way, people in training."""

    trainees: int
    classes: int
    in_training: int


def office_counts() -> OfficeCounts:
    """Three counts, three queries."""
    return OfficeCounts(
        trainees=User.objects.filter(groups__name=TRAINEE, is_active=True).count(),
        classes=TrainingClass.objects.filter(state=ClassState.OPEN).count(),
        in_training=Enrolment.objects.filter(state=EnrolmentState.ENROLLED).count(),
    )
