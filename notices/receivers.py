"""What other apps announce and people are told."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from jobs.choices import JobState
from jobs.models import Job
from jobs.signals import job_closed
from notices.services import notify


@receiver(job_closed, dispatch_uid="notices.job_closed")
def tell_owner(sender: Any, job: Job, at: datetime, **kwargs: Any) -> None:
    """Whoever started a job may have left its page."""
    done = job.state == JobState.DONE
    title = _("Finished: %(title)s") if done else _("Failed: %(title)s")
    notify(
        person=job.owner,
        event="jobs.finished" if done else "jobs.failed",
        title=title % {"title": job.title},
        body=job.message if done else job.error,
        url=reverse("jobs:job_detail", kwargs={"pk": job.pk}),
        key=f"job:{job.pk}",
        at=at,
    )
