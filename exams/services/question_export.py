"""Questions of the bank as a file of another format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import QuestionState
from exams.formats.bank_export import from_bank
from exams.formats.bank_items import BankQuestion
from exams.formats.items import Fault, Item, ItemError, Written
from exams.formats.registry import FORMATS
from exams.models import Question, Topic
from exams.permissions import writes_questions
from exams.services.errors import ExamError


@dataclass(frozen=True)
class QuestionExport:
    """The file, how many questions are in it, and those that the format cannot say."""

    text: str
    count: int
    errors: tuple[Fault, ...]


def export_questions(
    *, bank: str, format_name: str, pool: str, by: Any, at: datetime
) -> QuestionExport:
    """The drafts of one topic and pool that are not retired, in order of their codes.

    The export of the exam pool leaves an audit row: whoever has the file knows the keys.
    """
    if by is not None and not writes_questions(by):
        raise ExamError("forbidden", _("Only question authors may export the bank."))
    topic = Topic.objects.filter(slug=bank).first()
    if topic is None:
        raise ExamError("bank", _("There is no bank %(slug)s.") % {"slug": bank})
    found = Question.objects.filter(topic=topic, pool=pool).exclude(state=QuestionState.RETIRED)
    items, errors = as_items(list(found), f"top/{topic.name.replace('/', '//')}")
    written: Written = FORMATS[format_name].write(items, ())
    done = QuestionExport(
        written.text, len(items) - len(written.errors), (*errors, *written.errors)
    )
    record(
        action="exams.questions_exported", actor=by, obj=topic, at=at,
        detail={"format": format_name, "pool": pool, "questions": done.count},
    )  # fmt: skip
    return done


def as_items(questions: Sequence[Question], category: str) -> tuple[list[Item], list[Fault]]:
    """The questions as items, and those that cannot be items."""
    items: list[Item] = []
    errors: list[Fault] = []
    for row in questions:
        question = BankQuestion(
            row.type, row.stem, row.content, row.key, row.mark, row.explanation
        )  # fmt: skip
        try:
            items.append(from_bank(question, code=row.code, category=category))
        except ItemError as error:
            errors.append(Fault(row.code, 0, error.reason))
    return items, errors
