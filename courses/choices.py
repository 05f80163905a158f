"""What a course and a lesson can be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseKind(models.TextChoices):
    CORE = "core", _("Core course")
    EXTENSION = "extension", _("Extension course")


class ReviewOutcome(models.TextChoices):
    """What somebody found who went through a published lesson again."""

    CURRENT = "current", _("still right")
    CHANGED = "changed", _("was changed")
    TO_CHANGE = "to_change", _("must be changed")


class FlagVerdict(models.TextChoices):
    """What the author of a question decided whose lesson changed a figure."""

    STANDS = "stands", _("still right")
    CORRECTED = "corrected", _("was corrected")
    WITHDRAWN = "withdrawn", _("is withdrawn")


class CourseField(models.TextChoices):
    """领域: the five subject areas of the founding handbook (五大模块), and what spans them."""

    PLATFORM = "platform", _("Platform operations")
    DATA = "data", _("Data analysis")
    USERS = "users", _("User operations")
    MARKETING = "marketing", _("Marketing strategy")
    CONTENT = "content", _("Content operations")
    GENERAL = "general", _("General extension")


class Level(models.TextChoices):
    """Difficulty inside the platform; not a national certificate level."""

    ASSISTANT = "assistant", _("Assistant level")
    OPERATOR = "operator", _("Operator level")
    SENIOR = "senior", _("Senior level")


class MediaKind(models.TextChoices):
    IMAGE = "image", _("Picture")
    VIDEO = "video", _("Video")
    AUDIO = "audio", _("Recording")
    FILE = "file", _("File")


class Licence(models.TextChoices):
    """On what ground a file may be used here."""

    OWN = "own", _("Made by ourselves")
    PERMITTED = "permitted", _("Used with written permission")
    BOUGHT = "bought", _("Bought licence")
    OPEN = "open", _("Open licence (CC and the like)")
    PUBLIC = "public", _("Public domain or official document")
    QUOTED = "quoted", _("Quoted within the limits of the Copyright Law")
