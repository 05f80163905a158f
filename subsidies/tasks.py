"""Queue doors of the dossiers."""

from celery import shared_task
from django.utils import timezone

from subsidies import services


@shared_task(name="subsidies.render_dossier")
def render_dossier(dossier_id: int) -> None:
    """Make one dossier's PDF; safe to run twice."""
    services.render_dossier(dossier_id=dossier_id, at=timezone.now())


@shared_task(name="subsidies.clean_orphans", expires=600)
def clean_orphans() -> None:
    """Beat: remove papers that no dossier names."""
    services.clean_orphans(at=timezone.now())
