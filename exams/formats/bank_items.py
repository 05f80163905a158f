"""Items as questions of our bank and back: only what is scored here exactly as in the file.

A question whose partial marks, penalties or wildcards our rules do not know is refused with the
reason, never taken over as something near. See docs/rules.md, "Question files".
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from exams.formats.items import (
    ALL_OR_NOTHING,
    ESSAY,
    MATCHING,
    MULTICHOICE,
    NUMERICAL,
    ORDERING,
    SHORT_ANSWER,
    TRUE_FALSE,
    Answer,
    Item,
    ItemError,
    Remark,
)
from exams.formats.numbers import plain_decimal
from exams.formats.plain import plain_text
from exams.rules.errors import RuleError
from exams.rules.notation import from_text
from exams.rules.numbers import fold_answer
from exams.rules.question_types import RULES
from exams.rules.question_types.fill import normal

Json = dict[str, Any]
Body = tuple[str, Json, Json]
ANY = "*"
WHOLE_ANSWER = "整体作答"  # the one marking point of an essay that brings no guide
CASE_TAG = "案例分析"  # tells a case analysis from a short answer in files that know only essays
LEAST_MARK, MOST_MARK = Decimal("0.01"), Decimal("9999.99")


@dataclass(frozen=True)
class BankQuestion:
    """What our bank keeps of a question. `notes` say what of the file was left behind."""

    type: str
    stem: str
    content: Json
    key: Json
    mark: Decimal
    explanation: str = ""
    notes: tuple[Remark, ...] = ()


def to_bank(item: Item, *, mark: Decimal = Decimal(1)) -> BankQuestion:
    """The question as our bank asks and scores it; `mark` where the file says none.

    Raises ItemError when it cannot be scored exactly as the file means it.
    """
    reader = READERS.get(item.type)
    if reader is None:
        raise ItemError(
            item.line, "questions of the type %(type)s cannot be scored here", type=item.type
        )  # fmt: skip
    worth = _mark(item, mark)
    type_, content, key = reader(item, worth)
    try:
        RULES[type_].check(content, key)
    except RuleError as error:
        raise ItemError(item.line, error.message, **error.params) from error
    return BankQuestion(
        type_, plain_text(item.stem), content, key, worth, _explanation(item), _notes(item)
    )  # fmt: skip


def _mark(item: Item, default: Decimal) -> Decimal:
    mark = default if item.max_mark is None else item.max_mark
    if not LEAST_MARK <= mark <= MOST_MARK or mark != mark.quantize(LEAST_MARK):
        raise ItemError(
            item.line, "the mark %(mark)s is not from 0.01 to 9999.99 in hundredths", mark=mark
        )  # fmt: skip
    return mark.quantize(LEAST_MARK)


def _explanation(item: Item) -> str:
    """The general feedback, then what is said to each answer."""
    lines = [plain_text(item.general_feedback)]
    words = {"true": "正确", "false": "错误"} if item.type == TRUE_FALSE else {}
    for answer in item.answers:
        told = plain_text(answer.feedback)
        if told:
            name = plain_text(answer.text)
            lines.append(f"{words.get(name, name)}：{told}")
    return "\n".join(line for line in lines if line)


def _notes(item: Item) -> tuple[Remark, ...]:
    notes = []
    if item.files:
        files = ", ".join(item.files)
        notes.append(Remark("left behind: the embedded files %(files)s", {"files": files}))
    if item.feedbacks or item.hints:
        notes.append(Remark("left behind: hints and feedback that depends on the score"))
    if item.tags and item.tags != (CASE_TAG,):
        notes.append(Remark("left behind: tags"))
    return tuple(notes)


def _options(item: Item) -> list[str]:
    return [plain_text(answer.text) for answer in item.answers]


def _multichoice(item: Item, mark: Decimal) -> Body:
    shares = [answer.fraction for answer in item.answers]
    right = [n for n, share in enumerate(shares) if share > 0]
    wrong = {share for share in shares if share <= 0}
    content = {"options": _options(item)}
    if item.single:
        if len(right) != 1 or wrong - {0}:
            raise ItemError(
                item.line,
                "a single choice here has one right option, the others earn nothing and cost "
                "nothing",
            )
        return "single", content, {"right": right[0]}
    if any(shares[n] != Fraction(1, len(right)) for n in right):
        raise ItemError(item.line, "here all right options of a question are worth the same")
    if wrong - {-1}:
        raise ItemError(
            item.line,
            "here a wrong choice leaves nothing of the mark; the file takes less away: write -100 "
            "% at every wrong option, or choose another type",
        )
    return "multiple", content, {"right": right}


def _true_false(item: Item, mark: Decimal) -> Body:
    return "true_false", {}, {"right": item.answers[0].fraction == 1}


def _accepted(item: Item) -> list[Answer]:
    """The answers for full marks; those for nothing are what every other answer earns anyway."""
    if any(answer.fraction not in (0, 1) for answer in item.answers):
        raise ItemError(item.line, "here an answer earns the whole mark or nothing")
    return [answer for answer in item.answers if answer.fraction == 1]


def _fill(item: Item, mark: Decimal) -> Body:
    if item.case_sensitive:
        raise ItemError(item.line, "letter case never matters here")
    accepted = [answer.text.text for answer in _accepted(item)]
    if any(ANY in text.replace("\\*", "") for text in accepted):
        raise ItemError(item.line, "here * stands for itself, not for any text")
    accepted = [text.replace("\\*", ANY) for text in accepted]
    wrong = [answer.text.text for answer in item.answers if answer.fraction == 0]
    if {normal(text) for text in accepted} & {normal(text) for text in wrong if text != ANY}:
        raise ItemError(item.line, "a right and a wrong answer differ only in blanks or width")
    return "fill", {"blanks": 1}, {"accepted": [accepted]}


def _numeric(item: Item, mark: Decimal) -> Body:
    right = _accepted(item)
    wrong = [a for a in item.answers if a.fraction == 0 and a.text.text != ANY]
    if len(right) != 1 or wrong or right[0].text.text == ANY:
        raise ItemError(item.line, "here a number has one right value with a tolerance")
    if item.unit_penalty or len(item.units) > 1 or any(u.multiplier != 1 for u in item.units):
        raise ItemError(item.line, "here a number has one unit at most, and no penalty for it")
    unit = item.units[0].name if item.units else ""
    key = {"value": right[0].text.text, "tolerance": plain_decimal(right[0].tolerance)}
    return "numeric", {"unit": unit}, key


def _matching(item: Item, mark: Decimal) -> Body:
    right = list(dict.fromkeys(pair.answer for pair in item.pairs))
    asked = [pair for pair in item.pairs if pair.stem.text]
    content = {"left": [plain_text(pair.stem) for pair in asked], "right": right}
    return "matching", content, {"pairs": [right.index(pair.answer) for pair in asked]}


def _ordering(item: Item, mark: Decimal) -> Body:
    if item.grading != ALL_OR_NOTHING or item.select_count:
        raise ItemError(
            item.line, "an ordering here asks all parts and scores only when the whole order is "
            "right",
        )  # fmt: skip
    options = _options(item)
    return "ordering", {"options": options}, {"order": list(range(len(options)))}


def _short(item: Item, mark: Decimal) -> Body:
    by_file = item.facts.get("responseformat", "") in {"noinline", "editorfilepicker"}
    if by_file or item.facts.get("attachmentsrequired", "0") not in {"", "0"}:
        raise ItemError(item.line, "an answer by file cannot be handed in here")
    guide = plain_text(item.guide)
    kind = "case" if CASE_TAG in item.tags else "short"
    points = _points(guide, mark)
    if points is None:
        words = guide or WHOLE_ANSWER
        points = [{"point": words, "keywords": [], "mark": plain_decimal(mark)}]
    return kind, {}, {"points": points}


def _points(guide: str, mark: Decimal) -> list[Json] | None:
    """Marking points when the guide is written as we write them and they make the mark."""
    try:
        points: list[Json] = from_text("short", guide)[1]["points"]
    except RuleError:
        return None
    total = sum((Decimal(fold_answer(point["mark"])) for point in points), Decimal(0))
    return points if total == mark else None


READERS: dict[str, Callable[[Item, Decimal], Body]] = {
    MULTICHOICE: _multichoice, TRUE_FALSE: _true_false, SHORT_ANSWER: _fill, NUMERICAL: _numeric,
    MATCHING: _matching, ORDERING: _ordering, ESSAY: _short,
}  # fmt: skip
