"""The one door for audit rows."""

from datetime import datetime
from typing import Any

from django.db import models

from audit.context import actor_of, current_actor
from audit.models import AuditRow


def record(
    *,
    action: str,
    at: datetime,
    actor: Any = None,
    obj: models.Model | None = None,
    detail: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditRow:
    """Write one audit row in the caller's transaction.

    `actor` is an account; None means whoever makes the request, or the system.
    `detail` must be JSON and must not hold secrets or whole ID numbers.
    """
    who = actor_of(actor, current_actor().ip) if actor is not None else current_actor()
    return AuditRow.objects.create(
        at=at,
        actor_id=who.id,
        actor_label=who.label[:160],
        ip=who.ip,
        action=action,
        object_kind=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        object_label=str(obj)[:200] if obj is not None else "",
        detail=detail or {},
        reason=reason,
    )
