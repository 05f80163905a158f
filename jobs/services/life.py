"""Signs of life."""

import socket
from datetime import datetime

from jobs.models import Heartbeat


def note_heartbeat(*, at: datetime) -> None:
    """This machine's worker is alive."""
    Heartbeat.objects.update_or_create(host=socket.gethostname(), defaults={"seen_at": at})
