"""Facts about a person and a class."""

from typing import Any

from people.roles import HR, TRAINER, has_role
from training.models import TrainingClass


def runs_classes(user: Any) -> bool:
    """HR makes classes and enrols people."""
    return has_role(user, HR)


def teaches(user: Any, training_class: TrainingClass) -> bool:
    """The person is a trainer of this class."""
    return has_role(user, TRAINER) and training_class.trainers.filter(pk=user.pk).exists()


def judges(user: Any, person: Any) -> bool:
    """HR and trainers of a class the person is in; nobody judges the own record."""
    if user.pk == person.pk:
        return False
    if runs_classes(user):
        return True
    taught = TrainingClass.objects.taught_by(user)
    return taught.filter(enrolments__person=person).exists()


def keeps_attendance(user: Any, training_class: TrainingClass) -> bool:
    """Trainers of the class; HR mends."""
    return runs_classes(user) or teaches(user, training_class)
