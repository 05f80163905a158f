"""Signs of life of the workers."""

from django.db import models


class Heartbeat(models.Model):
    """When a worker of one machine last did something."""

    host = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host} {self.seen_at:%Y-%m-%d %H:%M:%S}"
