"""Names used by more than one room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# People's role of that name; the floor of people lies above this one.
READERS = "auditor"


class FaultKind(TextChoices):
    """What can be wrong with a sealed chain."""

    CHANGED = "changed", _("the row was changed after it was sealed")
    MISSING = "missing", _("a sealed row is missing")
    SEAL_CHANGED = "seal_changed", _("the seal does not match its rows")
    CHAIN_BROKEN = "chain_broken", _("the seal does not follow the one before it")
    SEAL_MISSING = "seal_missing", _("a seal is missing")
