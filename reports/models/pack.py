"""A frozen evidence pack: its content and its paper, kept as they were made."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kit.storage import private_storage
from people.roles import has_role
from reports.choices import MONEY_READERS, Audience


class PackFrozenError(RuntimeError):
    """Somebody tried to change or delete a pack."""


class EvidencePackQuerySet(models.QuerySet["EvidencePack"]):
    def visible_to(self, user: Any) -> "EvidencePackQuerySet":
        """Every pack tells of money: the office that reads money reads all, a person their own."""
        if has_role(user, *MONEY_READERS):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(enrolment__person=user, audience=Audience.OWN)

    def update(self, **kwargs: Any) -> NoReturn:
        raise PackFrozenError("a pack is never changed: make a newer one")

    def delete(self) -> NoReturn:
        raise PackFrozenError("a pack is never deleted")


class EvidencePack(models.Model):
    """The file of a class, or of one person in it. A newer one supersedes it, nothing changes it.

    `digest` is the SHA-256 of the canonical JSON of the content, which lies in `content_file`; it
    is printed on the paper, whose own SHA-256 is `file_sha256`.
    """

    training_class = models.ForeignKey(
        "training.TrainingClass", models.PROTECT, related_name="evidence_packs"
    )
    enrolment = models.ForeignKey(
        "training.Enrolment", models.PROTECT, related_name="evidence_packs", null=True, blank=True
    )
    audience = models.CharField(max_length=6, choices=Audience)
    number = models.PositiveIntegerField(_("number"))
    digest = models.CharField(max_length=64)
    content_file = models.FileField(storage=private_storage, max_length=120)
    file = models.FileField(storage=private_storage, max_length=120)
    file_sha256 = models.CharField(max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence pack")
        verbose_name_plural = _("evidence packs")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["training_class", "number"],
                condition=Q(enrolment__isnull=True),
                name="evidencepack_number_once_a_class",
            ),
            models.UniqueConstraint(
                fields=["enrolment", "audience", "number"],
                condition=Q(enrolment__isnull=False),
                name="evidencepack_number_once_a_place",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(file="") & ~Q(content_file=""),
                name="evidencepack_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} #{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise PackFrozenError("a pack is never changed: make a newer one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise PackFrozenError("a pack is never deleted")

    @property
    def code(self) -> str:
        """What it is the file of: the class's code, and the person's number in it."""
        of = f"-{self.enrolment.person.number}" if self.enrolment else ""
        return f"{self.training_class.code}{of}"

    @property
    def file_name(self) -> str:
        """What a download is called."""
        kind = "一人一档" if self.enrolment_id else "一班一档"
        return f"{kind}_{self.code}_{self.number:03d}.pdf"
