"""A process beside the test: approves or sweeps on the test's database, under product settings.

python -m tests.deep.certificate_worker approve ASSESSMENT
python -m tests.deep.certificate_worker sweep SECONDS_LATER
"""

import sys
from datetime import timedelta

import django


def main(command, number):
    django.setup()
    from django.utils import timezone

    from exams.models import Assessment
    from exams.signals import assessment_approved
    from jobs.services import publish_waiting

    if command == "approve":
        assessment = Assessment.objects.get(pk=number)
        assessment_approved.send(Assessment, assessment=assessment, at=timezone.now())
    else:
        publish_waiting(at=timezone.now() + timedelta(seconds=int(number)))


if __name__ == "__main__":
    main(*sys.argv[1:])
