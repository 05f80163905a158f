"""Where evidence packs are offered on the pages of the floors below."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from people.signals import person_pages_wanted
from reports.queries.packs.readers import readable_classes, readable_places
from training.signals import class_pages_wanted


@receiver(class_pages_wanted, dispatch_uid="reports.class_pack")
def offer_class_pack(*, training_class: Any, user: Any, **kwargs: Any) -> list[tuple[str, str]]:
    """The file of the class."""
    if not readable_classes(user).filter(pk=training_class.pk).exists():
        return []
    return [(_("Class file"), reverse("reports:class_pack", args=[training_class.pk]))]


@receiver(person_pages_wanted, dispatch_uid="reports.person_packs")
def offer_person_packs(*, person: Any, user: Any, **kwargs: Any) -> list[tuple[str, str]]:
    """The person's file in each class, newest first."""
    places = readable_places(user).filter(person=person).select_related("training_class")
    return [
        (
            str(each.training_class),
            reverse("reports:person_pack", args=[each.training_class_id, each.pk]),
        )
        for each in places.order_by("-training_class__opens_on", "-pk")
    ]
