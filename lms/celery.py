"""The Celery application and the whole beat schedule, in one place."""

import os
import time
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import worker_init
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
# kombu 5.7 refuses dotted URL schemes, so the folder broker gets a short name.
TRANSPORT_ALIASES["folder"] = "kit.broker:Transport"

app = Celery("lms")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "close-overdue-exams": {"task": "exams.close_overdue", "schedule": 3.0},
    "publish-waiting": {"task": "jobs.publish_waiting", "schedule": 10.0},
    "expired-files": {"task": "jobs.remove_expired_files", "schedule": 3600.0},
    "worker-heartbeat": {"task": "jobs.heartbeat", "schedule": 20.0},
    "clean-certificate-orphans": {"task": "certificates.clean_orphans", "schedule": 3600.0},
    "remind-lesson-reviews": {"task": "courses.remind_reviews", "schedule": 6 * 3600.0},
    "clean-lesson-imports": {"task": "courses.clean_imports", "schedule": 3600.0},
    "clean-pack-orphans": {"task": "reports.clean_orphans", "schedule": 3600.0},
    "clean-dossier-orphans": {"task": "subsidies.clean_orphans", "schedule": 3600.0},
    "find-anomalies": {"task": "training.find_anomalies", "schedule": 6 * 3600.0},
    "seal-audit": {"task": "audit.seal_rows", "schedule": 60.0},
}


@worker_init.connect
def restore_inflight(**kwargs: Any) -> None:
    """Embedded broker: put back what a killed worker held."""
    from django.conf import settings

    from kit import broker

    if settings.EMBEDDED_BROKER:
        options: dict[str, Any] = settings.CELERY_BROKER_TRANSPORT_OPTIONS
        broker.restore(
            Path(options["data_folder_in"]), Path(options["inflight_folder"]), now=time.time()
        )
