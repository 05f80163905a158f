from django.core.files.base import ContentFile
from django.utils import timezone

from tests.access import SIGNED_IN, Row
from tests.factories.jobs import JobFactory


def build(world):
    world.job = JobFactory(
        owner=world.people["trainee"],
        state="done",
        finished_at=timezone.now(),
        file=ContentFile(b"x", "x.csv"),
        file_name="x.csv",
    )


def one(world):
    return {"pk": world.job.pk}


ROWS = [
    Row("jobs:job_list", ok=SIGNED_IN),
    Row("jobs:job_detail", ok={"trainee"}, kwargs=one),
    Row("jobs:job_progress", ok={"trainee"}, kwargs=one),
    Row("jobs:job_download", ok={"trainee"}, kwargs=one),
]
