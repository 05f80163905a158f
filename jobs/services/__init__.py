from jobs.services.delivery import deliver
from jobs.services.life import note_heartbeat
from jobs.services.outbox import enqueue, publish_waiting, revive
from jobs.services.watching import (
    fail_job,
    finish_job,
    remove_expired_files,
    report_progress,
    start_job,
)

__all__ = [
    "deliver",
    "enqueue",
    "fail_job",
    "finish_job",
    "note_heartbeat",
    "publish_waiting",
    "remove_expired_files",
    "report_progress",
    "revive",
    "start_job",
]
