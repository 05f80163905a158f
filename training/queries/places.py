"""Whether a class takes anybody."""

from django.utils.translation import gettext as _

from training.choices import TAKING_PEOPLE
from training.models import TrainingClass


def enrolment_barrier(training_class: TrainingClass) -> str:
    """Why nobody can be enrolled now, in words; empty while the class takes people."""
    if training_class.state not in TAKING_PEOPLE:
        return _("People are enrolled while a class is filed or open.")
    if training_class.enrolments.count() >= training_class.capacity:
        return _("The class is full: all its places are taken.")
    return ""
