from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("training", "0002_late_entries")]

    operations = [
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "made_up"), _negated=True),
                    models.Q(("late_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="attendance_made_up_has_a_reason",
            ),
        ),
    ]
