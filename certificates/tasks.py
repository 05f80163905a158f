"""Queue doors of certificates."""

from celery import shared_task
from django.utils import timezone

from certificates import services


@shared_task(name="certificates.render_certificate")
def render_certificate(certificate_id: int) -> None:
    """Make one certificate's paper."""
    services.render_certificate(certificate_id=certificate_id, at=timezone.now())


@shared_task(name="certificates.clean_orphans", expires=600)
def clean_orphans() -> None:
    """Beat: remove papers that no certificate names."""
    services.clean_orphans(at=timezone.now())
