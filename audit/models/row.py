"""Append-only audit rows. The actor is an id and a label, so no account deletion touches them."""

from typing import Any, NoReturn

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.choices import READERS


def reads_audit(user: Any) -> bool:
    """Whether a person is an auditor. A superuser is none by being one."""
    if not (user.is_authenticated and user.is_active):
        return False
    held: bool = user.groups.filter(name=READERS).exists()
    return held


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or delete what may only be added to."""


class AuditRowQuerySet(models.QuerySet["AuditRow"]):
    def visible_to(self, user: Any) -> "AuditRowQuerySet":
        """Only auditors read the trail."""
        return self if reads_audit(user) else self.none()

    def unsealed(self) -> "AuditRowQuerySet":
        """Committed, but not yet in the chain."""
        sealed = apps.get_model("audit.SealedRow").objects.filter(row_id=OuterRef("pk"))
        return self.filter(~Exists(sealed))

    def about(self, text: str) -> "AuditRowQuerySet":
        """Rows about an object: "exams.attempt:12", a kind alone, or a part of its label."""
        kind, colon, number = text.partition(":")
        if colon and "." in kind:
            return self.filter(object_kind=kind, object_id=number)
        return self.filter(Q(object_label__icontains=text) | Q(object_kind=text))

    def by(self, text: str) -> "AuditRowQuerySet":
        """Rows of an actor: his number or a part of his label."""
        return self.filter(actor_label__icontains=text)

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("audit rows are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("audit rows are never deleted")


class AuditRow(models.Model):
    """One thing that somebody did: who, what, to what, when, from where and why."""

    at = models.DateTimeField(_("time"), db_index=True)
    actor_id = models.BigIntegerField(_("actor"), null=True, db_index=True)
    actor_label = models.CharField(_("actor"), max_length=160)
    ip = models.CharField("IP", max_length=45, blank=True)
    action = models.CharField(_("action"), max_length=80, db_index=True)
    object_kind = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_label = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)

    objects = AuditRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit row")
        verbose_name_plural = _("audit rows")
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_kind", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_label} {self.action} {self.object_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("audit rows are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("audit rows are never deleted")

    @property
    def action_label(self) -> str:
        """The action in words: its translation, else what the code says."""
        words = gettext(self.action)
        return words if words != self.action else self.action.partition(".")[2].replace("_", " ")

    def content(self) -> dict[str, Any]:
        """Everything the row says, as it is sealed."""
        return {field.attname: getattr(self, field.attname) for field in self._meta.concrete_fields}
