"""Pin every class that was filed or opened to its courses as they stand."""

from django.db import migrations
from django.utils import timezone


def pin(apps, schema_editor):
    at = timezone.now()
    version_of = dict(
        apps.get_model("courses", "CourseVersion").objects.values_list("course_id", "pk")
    )
    for made in apps.get_model("training", "TrainingClass").objects.exclude(state="draft"):
        places = [f"training.enrolment:{pk}" for pk in made.enrolments.values_list("pk", flat=True)]
        grants = apps.get_model("learning", "CourseGrant").objects.filter(source__in=places)
        for course in made.programme.courses.all():
            if course.pk not in version_of:
                continue
            apps.get_model("training", "ClassCourse").objects.create(
                training_class=made, course=course, version_id=version_of[course.pk], pinned_at=at
            )
            grants.filter(course=course).update(course_version_id=version_of[course.pk])


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0004_class_courses"),
        ("courses", "0007_freeze_what_is_published"),
        ("learning", "0005_read_versions"),
    ]

    operations = [migrations.RunPython(pin, migrations.RunPython.noop)]
