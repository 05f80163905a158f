"""Bringing a bank file into the bank: all or nothing, and again without a trace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from exams.formats.bank_jsonl import BankLine, TopicName
from exams.models import Question, QuestionVersion, Topic
from exams.services.bank import Draft, publish_question, save_draft
from exams.services.errors import ExamError


@dataclass(frozen=True)
class BankImport:
    """What a load did: questions in the file, versions it froze, questions it left alone."""

    questions: int
    published: int
    unchanged: int


def import_bank(
    *, lines: Iterable[BankLine], topics: Mapping[str, TopicName], by: Any, at: datetime
) -> BankImport:
    """Save and publish every line. A question that has not changed gets no new version.

    Raises ExamError naming the line of the first question that cannot be asked.
    """
    before = QuestionVersion.objects.count()
    count = 0
    with transaction.atomic():
        found = {slug: _topic(slug, name) for slug, name in topics.items()}
        for line in lines:
            topic = found.get(line.topic) or _topic(line.topic, TopicName(line.topic, line.field))
            found[line.topic] = topic
            _load(line, topic, by, at)
            count += 1
        published = QuestionVersion.objects.count() - before
    return BankImport(count, published, count - published)


def _topic(slug: str, name: TopicName) -> Topic:
    return Topic.objects.update_or_create(
        slug=slug, defaults={"name": name.name, "field": name.field}
    )[0]


def _load(line: BankLine, topic: Topic, by: Any, at: datetime) -> Question:
    draft = Draft(
        code=line.code, topic=topic, type=line.type, stem=line.stem, content=line.content,
        key=line.key, mark=line.mark, explanation=line.explanation,
        difficulty=line.difficulty, competency=line.competency,
        pool=line.pool,
    )  # fmt: skip
    try:
        question = save_draft(draft=draft, by=by, at=at)
        publish_question(question_id=question.pk, by=by, at=at)
    except ExamError as error:
        raise ExamError(error.code, f"{line.line}: {line.code}: {error.message}") from error
    return question
