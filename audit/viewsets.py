"""What the editing screens of the back office share: one audit row a write, refusals in words."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.log_actions import log

from audit.services import record


class TellsRefusals:
    """What a service refuses (`refusals`, each with a `message`, or a ValidationError) stands on
    the form, and nothing has been written."""

    refusals: tuple[type[Exception], ...] = ()
    request: Any
    form: Any

    def form_valid(self, form: Any) -> HttpResponse:
        told: tuple[type[Exception], ...] = (ValidationError, *self.refusals)
        try:
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except told as error:
            words = error if isinstance(error, ValidationError) else getattr(error, "message", "")
            form.add_error(None, words)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            answer = self.form_invalid(form)  # type: ignore[attr-defined]
        return answer


class SavesByService(TellsRefusals):
    """A create or edit view whose write is a service; the view keeps Wagtail's own history."""

    def save_by(self, by: Any, at: datetime) -> Model:
        """Write what the form holds and return it."""
        raise NotImplementedError

    def save_instance(self) -> Model:
        is_new = self.form.instance.pk is None
        saved = self.save_by(self.request.user, timezone.now())
        log(
            instance=saved,
            action="wagtail.create" if is_new else "wagtail.edit",
            user=self.request.user,
            content_changed=self.form.has_changed(),
        )
        return saved


class Recorded(TellsRefusals):
    """A plain save of one row and its lists, with its audit row in the same transaction."""

    audit_action = ""

    def save_instance(self) -> Model:
        saved: Model = super().save_instance()  # type: ignore[misc]
        record(
            action=self.audit_action,
            at=timezone.now(),
            actor=self.request.user,
            obj=saved,
            detail={"changed": self.form.changed_data},
        )
        return saved


def recorded(action: str) -> dict[str, Any]:
    """The create and edit view classes of a viewset whose plain saves are recorded so."""
    return {
        "add_view_class": type("RecordedCreate", (Recorded, CreateView), {"audit_action": action}),
        "edit_view_class": type("RecordedEdit", (Recorded, EditView), {"audit_action": action}),
    }
