from jobs.models.heartbeat import Heartbeat
from jobs.models.job import Job
from jobs.models.outbox import OutboxMessage

__all__ = ["Heartbeat", "Job", "OutboxMessage"]
