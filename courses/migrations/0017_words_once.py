"""A word of the Advertising Law stands once, however wide its letters are written."""

from django.db import migrations, models

from courses.rules.wording import normal


def fold(apps, schema_editor):
    """Of words that read the same the first stays, with the hints and phrases of all."""
    kept = {}
    for row in apps.get_model("courses", "AdvertisingWord").objects.order_by("-is_active", "pk"):
        row.folded = normal(row.word)
        first = kept.setdefault(row.folded, row)
        if first is not row:
            first.hint = first.hint or row.hint
            if row.is_active:
                first.exceptions = "\n".join(filter(None, [first.exceptions, row.exceptions]))
            row.delete()
    for row in kept.values():
        row.save()


class Migration(migrations.Migration):
    dependencies = [("courses", "0016_lesson_plan_help")]

    operations = [
        migrations.AddField(
            model_name="advertisingword",
            name="folded",
            field=models.CharField(default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="advertisingword",
            name="folded",
            field=models.CharField(editable=False, max_length=400, unique=True),
        ),
        migrations.AlterField(
            model_name="advertisingword",
            name="word",
            field=models.CharField(max_length=20, verbose_name="absolute word"),
        ),
    ]
