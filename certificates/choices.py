"""States and reasons of certificates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificateState(TextChoices):
    """Pending has a number and no paper yet: nobody outside can see it."""

    PENDING = "pending", _("Being made")
    VALID = "valid", _("Valid")
    REVOKED = "revoked", _("Revoked")


LIVE = (CertificateState.PENDING, CertificateState.VALID)


class StuckCode(TextChoices):
    """Why a paper could not be made."""

    MISSING_GLYPHS = "missing_glyphs", _("No installed face can print these characters: {detail}")
    NAME_TOO_LONG = "name_too_long", _("The name is too long for the paper: {detail}")
    NO_IDENTITY = "no_identity", _("The holder's identity number is not on record")
    PAPER_FAILED = "paper_failed", _("The paper could not be made: {detail}")


class RevocationGround(TextChoices):
    """What the public page says; the note beside it stays inside."""

    SCORE_CORRECTED = "score_corrected", _("The score, once corrected, misses the pass line")
    DISHONESTY = "dishonesty", _("Breach of the examination rules")
    RECORDS = "records", _("Training records proved untrue")
    ISSUED_IN_ERROR = "issued_in_error", _("Issued in error")


class RevocationState(TextChoices):
    OPEN = "open", _("Waiting for approval")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


class PaperLanguage(TextChoices):
    CHINESE = "zh-hans", _("Chinese")
    ENGLISH = "en", _("English")
