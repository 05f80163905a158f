"""What a course and a lesson can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseKind(models.TextChoices):
    CORE = "core", _("Core course")
    EXTENSION = "extension", _("Extension course")


class Level(models.TextChoices):
    """Difficulty inside the platform; not a national certificate level."""

    ASSISTANT = "assistant", _("Assistant level")
    OPERATOR = "operator", _("Operator level")
    SENIOR = "senior", _("Senior level")
