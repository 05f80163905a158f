"""The question bank: drafts, and publishing that freezes."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import CHECK_TYPES, QuestionPool, QuestionState
from exams.models import Question, QuestionVersion, Topic
from exams.permissions import writes_questions
from exams.rules.errors import RuleError
from exams.rules.question_types import RULES
from exams.services.errors import ExamError, from_rule
from kit.canonical import digest


@dataclass(frozen=True)
class Draft:
    """What an author writes of one question."""

    code: str
    topic: Topic
    type: str
    stem: str
    content: dict[str, Any]
    key: dict[str, Any]
    mark: Decimal
    explanation: str = ""
    difficulty: int = 1
    competency: str = ""
    pool: str = QuestionPool.EXAM.value


def save_draft(*, draft: Draft, by: Any, at: datetime) -> Question:
    """Make the question of this code, or bring its draft up to date. `by` None is a command.

    Refuses to move a question that was ever published into the other pool.
    """
    _author_only(by)
    values = {
        "topic": draft.topic, "type": draft.type, "stem": draft.stem, "content": draft.content,
        "key": draft.key, "mark": draft.mark, "explanation": draft.explanation,
        "difficulty": draft.difficulty, "competency": draft.competency,
        "pool": draft.pool,
    }  # fmt: skip
    with transaction.atomic():
        question, made = Question.objects.select_for_update().get_or_create(
            code=draft.code, defaults=values
        )
        changed = sorted(name for name in values if getattr(question, name) != values[name])
        if "pool" in changed and question.live_version_id:
            raise ExamError("pool", stays_in_pool(question))
        if changed:
            for name in changed:
                setattr(question, name, values[name])
            question.save()
        if made or changed:
            record(
                action="exams.question_saved", actor=by, obj=question, at=at,
                detail={"made": made, "changed": changed},
            )  # fmt: skip
    return question


def stays_in_pool(question: Question) -> str:
    """Why a question that was published cannot change its pool, and what to do instead."""
    return _(
        "Question %(code)s has been published and stays in its pool: what was practised is never "
        "secret again. Make a new question instead."
    ) % {"code": question.code}


def check_question(question: Question) -> None:
    """Refuse a question that cannot be asked or scored."""
    if not question.stem.strip():
        raise ExamError("stem", _("the question has no text"))
    if question.pool == QuestionPool.PRACTICE and question.type not in CHECK_TYPES:
        raise ExamError(
            "type",
            _(
                "Practice takes single choice and true or false: choose another type or the exam "
                "pool."
            ),
        )
    try:
        RULES[question.type].check(question.content, question.key)
        RULES[question.type].check_stem(question.stem, question.content)
    except RuleError as error:
        raise from_rule(error) from error


def publish_question(*, question_id: int, by: Any, at: datetime) -> QuestionVersion:
    """Freeze the draft as a new version, or return the live one when nothing has changed."""
    _author_only(by)
    with transaction.atomic():
        question = (
            Question.objects.select_for_update(of=("self",))
            .select_related("live_version")
            .get(pk=question_id)
        )
        check_question(question)
        fingerprint = digest_of(question)
        live = question.live_version
        if live is not None and live.digest == fingerprint:
            if question.state != QuestionState.PUBLISHED:
                _set_live(question, live, by, at)
            return live
        version = QuestionVersion.objects.create(
            question=question, number=question.versions.count() + 1, digest=fingerprint,
            published_at=at, type=question.type, stem=question.stem, content=question.content,
            key=question.key, mark=question.mark, explanation=question.explanation,
        )  # fmt: skip
        _set_live(question, version, by, at)
    return version


def retire_question(*, question_id: int, by: Any, at: datetime) -> None:
    """No new paper draws it; old papers keep their version."""
    _author_only(by)
    with transaction.atomic():
        question = Question.objects.select_for_update().get(pk=question_id)
        question.state = QuestionState.RETIRED
        question.save(update_fields=["state"])
        record(action="exams.question_retired", actor=by, obj=question, at=at)


def digest_of(question: Question) -> str:
    """The fingerprint of what a candidate would be asked and how it would be scored."""
    body = [question.type, question.stem, question.content, question.key]
    mark = format(Decimal(question.mark).normalize(), "f")
    return digest([*body, mark, question.explanation])


def _set_live(question: Question, version: QuestionVersion, by: Any, at: datetime) -> None:
    question.live_version = version
    question.state = QuestionState.PUBLISHED
    question.save(update_fields=["live_version", "state"])
    record(
        action="exams.question_published", actor=by, obj=question, at=at,
        detail={"version": version.number, "digest": version.digest},
    )  # fmt: skip


def _author_only(by: Any) -> None:
    if by is not None and not writes_questions(by):
        raise ExamError("forbidden", _("Only question authors may change the bank."))
