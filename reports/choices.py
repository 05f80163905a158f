"""Words of the evidence packs, and the roles that read what they tell of money."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people import roles

MONEY_READERS = (roles.HR, roles.APPROVER, roles.FINANCE, roles.AUDITOR)


class Audience(TextChoices):
    """For whom a pack was made: the office's names markers, a trainee's own does not."""

    OFFICE = "office", _("office")
    OWN = "own", _("the person")
