"""Bringing the questions of a file into the bank: all or, when asked, the good ones.

Questions come as drafts, so that a second person sees them before they are asked; doing it again
changes nothing. A draft that exists keeps what the file does not say: difficulty, competency and,
where the format knows none, the mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import QuestionPool
from exams.formats.bank_export import read_back
from exams.formats.bank_items import BankQuestion, to_bank
from exams.formats.items import Category, Fault, Item, ItemError, Outcome, Remark
from exams.models import Question, Topic
from exams.permissions import writes_questions
from exams.services.bank import Draft, check_question, publish_question, save_draft
from exams.services.errors import ExamError
from kit.canonical import digest

CODE_LENGTH = 40


@dataclass(frozen=True)
class Wishes:
    """How to import. `bank` is the slug of the topic; it is made when there is none.

    `mark` is what a new question is worth where the file says nothing.
    """

    bank: str
    pool: str = QuestionPool.EXAM.value
    mark: Decimal = Decimal(1)
    partial: bool = False
    publish: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Taken:
    """One question that was read: its code, and our type of it, "" when it was refused."""

    item: Item
    code: str
    bank_type: str = ""
    notes: tuple[Remark, ...] = ()
    state: str = "refused"  # or created, changed, unchanged


@dataclass
class QuestionImport:
    """What an import did, or would do. `written` False: nothing is in the bank."""

    questions: list[Taken] = field(default_factory=list)
    categories: tuple[Category, ...] = ()
    errors: list[Fault] = field(default_factory=list)
    notes: tuple[Remark, ...] = ()
    written: bool = False

    def count(self, state: str) -> int:
        """How many questions are in this state."""
        return sum(taken.state == state for taken in self.questions)


def import_questions(*, outcome: Outcome, wishes: Wishes, by: Any, at: datetime) -> QuestionImport:
    """Write what was read as drafts of one topic.

    With an error anywhere nothing is written, unless `wishes.partial`. Every fault is in the
    result; ExamError only for a person who may not write questions.
    """
    if by is not None and not writes_questions(by):
        raise ExamError("forbidden", _("Only question authors may change the bank."))
    _check_wishes(wishes)
    done = QuestionImport(
        categories=outcome.categories, errors=list(outcome.errors), notes=outcome.notes
    )
    with transaction.atomic():
        topic, _made = Topic.objects.get_or_create(slug=wishes.bank, defaults={"name": wishes.bank})
        for item, code, twice in coded(outcome.questions, wishes.bank):
            _take(done, item, code, twice, topic, wishes, by, at)
        done.errors.sort(key=lambda fault: fault.line)
        changed = done.count("created") + done.count("changed")
        refused = bool(done.errors) and not wishes.partial
        if wishes.dry_run or refused or not any(taken.bank_type for taken in done.questions):
            transaction.set_rollback(True)
            return done
        done.written = True
        if changed:
            _record(done, topic, by, at)
    return done


def _check_wishes(wishes: Wishes) -> None:
    """A bank that no page could be made for, and a pool that is none, are refused at once."""
    try:
        Topic._meta.get_field("slug").run_validators(wishes.bank)
    except ValidationError as error:
        raise ExamError("bank", error.messages[0]) from error
    if not wishes.bank or wishes.pool not in QuestionPool.values:
        raise ExamError("bank", _("Say which bank and which pool the questions are for."))


def _record(done: QuestionImport, topic: Topic, by: Any, at: datetime) -> None:
    states = ("created", "changed", "unchanged", "refused")
    record(
        action="exams.questions_imported", actor=by, obj=topic, at=at,
        detail={state: done.count(state) for state in states},
    )  # fmt: skip


def coded(items: tuple[Item, ...], bank: str) -> Iterator[tuple[Item, str, Item | None]]:
    """Each item with the code it has in the bank, and the item before it that took the same.

    The code is the id number of the file, or made of bank, name, type and text: the same file
    gives the same codes. A question that comes twice without an id number is two questions.
    """
    seen: dict[str, Item] = {}
    for item in items:
        made = f"{bank[:24]}-{digest([bank, item.name, item.type, item.stem.text])[:12]}"
        own = 0 < len(item.idnumber) <= CODE_LENGTH
        code, turn = (item.idnumber, 1) if own else (made, 1)
        while code in seen and not own:
            turn += 1
            code = f"{made[: CODE_LENGTH - 4]}-{turn}"
        yield item, code, seen.get(code)
        seen.setdefault(code, item)


def _take(
    done: QuestionImport, item: Item, code: str, twice: Item | None, topic: Topic,
    wishes: Wishes, by: Any, at: datetime,
) -> None:  # fmt: skip
    taken = Taken(item, code)
    try:
        if twice is not None:
            raise ItemError(
                item.line, "the id number %(code)s stands at line %(other)s already",
                code=code, other=twice.line,
            )  # fmt: skip
        taken = _written(taken, topic, wishes, by, at)
    except ItemError as error:
        done.errors.append(Fault(item.name, error.line or item.line, error.reason))
    except ExamError as error:
        done.errors.append(Fault(item.name, item.line, Remark(error.message)))
    done.questions.append(taken)


def _written(taken: Taken, topic: Topic, wishes: Wishes, by: Any, at: datetime) -> Taken:
    found = Question.objects.select_related("topic").filter(code=taken.code).first()
    if found is not None and found.topic_id != topic.pk:
        raise ItemError(
            taken.item.line, "the code %(code)s is a question of the topic %(topic)s",
            code=taken.code, topic=found.topic.slug,
        )  # fmt: skip
    question = to_bank(taken.item, mark=found.mark if found else wishes.mark)
    question = _unless_same(question, found)
    draft = _draft(question, taken.code, topic, wishes, found)
    changed = found is None or _differs(found, draft)
    with transaction.atomic():
        saved = save_draft(draft=draft, by=by, at=at)
        check_question(saved)
        if wishes.publish:
            publish_question(question_id=saved.pk, by=by, at=at)
    state = "created" if found is None else "changed" if changed else "unchanged"
    return Taken(taken.item, taken.code, question.type, question.notes, state)


def _unless_same(question: BankQuestion, found: Question | None) -> BankQuestion:
    """The body that stands already when the file says the same in another order or spelling."""
    if found is None:
        return question
    stands = BankQuestion(found.type, found.stem, found.content, found.key, found.mark)
    try:
        same = read_back(stands) == (question.type, question.content, question.key)
    except ValueError:  # the draft was not finished
        return question
    return replace(question, content=found.content, key=found.key) if same else question


def _draft(
    question: BankQuestion, code: str, topic: Topic, wishes: Wishes, found: Question | None
) -> Draft:
    return Draft(
        code=code, topic=topic, type=question.type, stem=question.stem, content=question.content,
        key=question.key, mark=question.mark,
        explanation=question.explanation,
        difficulty=found.difficulty if found else 1, competency=found.competency if found else "",
        pool=wishes.pool,
    )  # fmt: skip


def _differs(found: Question, draft: Draft) -> bool:
    names = ("type", "stem", "content", "key", "mark", "explanation", "pool")
    return any(getattr(found, name) != getattr(draft, name) for name in names)
