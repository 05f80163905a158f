"""Late entries carry their reason; those made before a reason was asked for say so."""

from datetime import datetime, time, timedelta, timezone

from django.conf import settings
from django.db import migrations, models

CHINA = timezone(timedelta(hours=8))
UNKNOWN = "（当时未要求填写原因）"


def name_late_entries(apps, schema_editor):
    """The rule of training/rules/lateness.py as it stood when this was written."""
    rows = apps.get_model("training", "Attendance").objects.using(schema_editor.connection.alias)
    late = []
    fields = ("pk", "state", "recorded_at", "session__ends_at")
    for pk, state, recorded_at, ends_at in rows.order_by("pk").values_list(*fields).iterator():
        tomorrow = ends_at.astimezone(CHINA).date() + timedelta(days=1)
        deadline = max(datetime.combine(tomorrow, time(), CHINA), ends_at + timedelta(hours=2))
        if state == "made_up" or recorded_at >= deadline:
            late.append(pk)
    for start in range(0, len(late), 500):
        rows.filter(pk__in=late[start : start + 500]).update(late_reason=UNKNOWN)


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="late_reason",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="reason for entering it later"
            ),
        ),
        migrations.RunPython(name_late_entries, migrations.RunPython.noop),
    ]
