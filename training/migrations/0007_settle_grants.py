"""What a class with its result opened waits for no more study time."""

from django.db import migrations
from django.utils import timezone


def settle(apps, schema_editor):
    now = timezone.now()
    grants = apps.get_model("learning", "CourseGrant").objects.filter(settled_at=None)
    places = apps.get_model("training", "Enrolment").objects.exclude(state="enrolled")
    for pk, at in places.values_list("pk", "completed_at").iterator():
        grants.filter(source=f"training.enrolment:{pk}").update(settled_at=at or now)


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0006_study_anomalies"),
        ("learning", "0007_settled_grants"),
    ]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
