"""Give every published course its first version, as it stands."""

from django.db import migrations
from django.utils import timezone

from courses.rules.versions import PLAIN, STREAMS, course_digest, lesson_content, lesson_digest
from courses.rules.words import readable, tokens

STEP = 4


def freeze(apps, schema_editor):
    at = timezone.now()
    for course in apps.get_model("courses", "CoursePage").objects.filter(live=True):
        _freeze_course(apps, course, at)


def _freeze_course(apps, course, at):
    modules = list(
        apps.get_model("courses", "ModulePage")
        .objects.filter(live=True, path__startswith=course.path)
        .order_by("path")
    )
    outline = {
        "slug": course.slug, "title": course.title, "intro": course.intro, "kind": course.kind,
        "modules": [{"id": one.pk, "title": one.title, "slug": one.slug} for one in modules],
    }  # fmt: skip
    places = {module.path: place for place, module in enumerate(modules)}
    lessons = [
        (lesson, places[lesson.path[:-STEP]], *_frozen(apps, lesson))
        for lesson in apps.get_model("courses", "LessonPage")
        .objects.filter(live=True, path__startswith=course.path)
        .order_by("path")
        if lesson.path[:-STEP] in places
    ]
    marks = ((lesson.pk, str(module), mark) for lesson, module, _content, mark in lessons)
    version = apps.get_model("courses", "CourseVersion").objects.create(
        course=course, number=1, outline=outline, published_at=course.last_published_at or at,
        digest=course_digest(course=outline, lessons=marks),
    )  # fmt: skip
    for place, (lesson, module, content, mark) in enumerate(lessons):
        made = _lesson_version(apps, lesson, content, mark, at)
        apps.get_model("courses", "VersionLesson").objects.create(
            course_version=version, lesson=lesson, lesson_version=made, module=module, place=place
        )


def _frozen(apps, lesson):
    links = apps.get_model("courses", "LessonPost").objects.filter(content_object_id=lesson.pk)
    content = lesson_content(
        fields={name: getattr(lesson, name) for name in PLAIN},
        streams={name: getattr(lesson, name).get_prep_value() for name in STREAMS},
        posts=links.values_list("tag__name", flat=True),
    )
    return content, lesson_digest(content)


def _lesson_version(apps, lesson, content, mark, at):
    made = apps.get_model("courses", "LessonVersion").objects.create(
        lesson=lesson, number=1, digest=mark, title=content["title"], level=content["level"],
        planned_seconds=content["planned_seconds"], content=content,
        frozen_at=lesson.last_published_at or at,
    )  # fmt: skip
    text = " ".join([made.title, *readable(content, STREAMS)])
    apps.get_model("courses", "LessonText").objects.create(
        version=made, text=text, tokens=tokens(text)
    )
    return made


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0006_course_versions"),
    ]

    operations = [migrations.RunPython(freeze, migrations.RunPython.noop)]
