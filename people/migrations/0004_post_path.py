from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_working_hours")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="path",
            field=models.CharField(
                blank=True,
                default="",
                help_text="The post as lessons name it; empty: the name of the post.",
                max_length=60,
                verbose_name="learning path",
            ),
        ),
    ]
