"""Checks that were typed into lessons become questions of the practice pool.

The page, and the drafts that may still be published, point there afterwards; published versions
and older revisions stay as they were.
"""

import json

from django.db import migrations
from django.utils import timezone

from kit.canonical import digest


def move(apps, schema_editor):
    at = timezone.now()
    for lesson in apps.get_model("courses", "LessonPage").objects.order_by("pk"):
        made = {}
        raw = [dict(part) for part in lesson.checks.get_prep_value()]
        if _moved(apps, lesson, raw, made, at):
            lesson.checks = json.dumps(raw)
            lesson.save(update_fields=["checks"])
        _move_drafts(apps, lesson, made, at)


def _move_drafts(apps, lesson, made, at):
    """The last revision and one that waits for its hour or its review."""
    revisions = apps.get_model("wagtailcore", "Revision").objects
    waiting = {lesson.latest_revision_id, lesson.live_revision_id}
    waiting |= set(
        revisions.filter(
            object_id=str(lesson.pk), content_type__app_label="courses",
            content_type__model="lessonpage", approved_go_live_at__isnull=False,
        ).values_list("pk", flat=True)
    )  # fmt: skip
    for revision in revisions.filter(pk__in=waiting - {None}):
        raw = json.loads(revision.content.get("checks") or "[]")
        if _moved(apps, lesson, raw, made, at):
            revision.content["checks"] = json.dumps(raw)
            revision.save(update_fields=["content"])


def _moved(apps, lesson, raw, made, at):
    """Whether one of these parts was typed; each now names its question."""
    typed = [part for part in raw if part["type"] == "check" and _askable(part["value"])]
    for part in typed:
        check = part["value"]
        words = json.dumps(check, sort_keys=True)
        if words not in made:
            made[words] = _question(apps, lesson, check, at)
        part.update(type="question", value=made[words])
    return bool(typed)


def _options(check):
    found = check.get("options") or []
    return [each["value"] if isinstance(each, dict) else each for each in found]


def _askable(check):
    """A draft may hold a check that is not finished: it stays for its author."""
    answer, options = check.get("answer"), _options(check)
    whole = check.get("stem") and len(options) >= 2 and all(options)
    return bool(whole and isinstance(answer, int) and 0 <= answer < len(options))


def _question(apps, lesson, check, at):
    topic = apps.get_model("exams", "Topic").objects.get_or_create(
        slug=lesson.slug[:80], defaults={"name": lesson.title[:120]}
    )[0]
    questions = apps.get_model("exams", "Question").objects
    body = {
        "type": "single", "stem": check["stem"], "content": {"options": _options(check)},
        "key": {"right": check["answer"]}, "mark": 1,
        "explanation": check.get("explanation") or "",
    }  # fmt: skip
    number = 1
    while questions.filter(code=(code := f"LC-{lesson.slug[:32]}-{number}")).exists():
        number += 1
    question = questions.create(code=code, topic=topic, pool="practice", **body)
    question.live_version = apps.get_model("exams", "QuestionVersion").objects.create(
        question=question, number=1, published_at=at, **body,
        digest=digest(
            [body["type"], body["stem"], body["content"], body["key"], "1", body["explanation"]]
        ),
    )  # fmt: skip
    question.state = "published"
    question.save()
    return question.pk


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0013_checks_from_the_bank"),
        ("exams", "0002_question_pools"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
