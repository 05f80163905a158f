"""Writing GIFT. What the format cannot say is refused by name, never bent."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from exams.formats import checks
from exams.formats.gift.answers import ANY
from exams.formats.gift.pieces import FORMATS, escape
from exams.formats.items import (
    ALL_OR_NOTHING,
    DESCRIPTION,
    ESSAY,
    MATCHING,
    MULTICHOICE,
    NUMERICAL,
    ORDERING,
    PLAIN,
    SHORT_ANSWER,
    TRUE_FALSE,
    Fault,
    Item,
    ItemError,
    Text,
    Written,
)
from exams.formats.numbers import plain_decimal, write_percent


def write(items: Iterable[Item]) -> Written:
    """The items as a GIFT file; those it cannot say are left out and named.

    Items without a category come first: GIFT has no way back out of one.
    """
    parts: list[str] = []
    errors: list[Fault] = []
    category = ""
    for item in sorted(items, key=lambda each: bool(each.category)):
        try:
            text = _question(item)
        except ItemError as error:
            errors.append(Fault(item.name, item.line, error.reason))
            continue
        if item.category != category:
            category = item.category
            parts.append(f"$CATEGORY: {category}\n")
        parts.append(text)
    return Written("\n".join(parts), tuple(errors))


def _question(item: Item) -> str:
    checks.check_item(item)
    writer = WRITERS.get(item.type)
    if writer is None:
        raise ItemError(item.line, "GIFT has no questions of the type %(type)s", type=item.type)
    _sayable(item)
    head = f"{_comment(item)}::{escape(item.name)}::{_marked(item.stem)}"
    body = writer(item)
    if item.type == DESCRIPTION:
        return f"{head}\n"
    if item.general_feedback.text:
        # A blank line would end the question.
        general = _formatted(item.general_feedback, item.stem.format)
        body = f"{body.rstrip()}\n####{general}\n"
    return f"{head}{{{body}}}\n"


def _sayable(item: Item) -> None:
    if item.units or item.guide.text or item.case_sensitive:
        raise ItemError(item.line, "GIFT has no units, no marking guide and no letter case")
    if item.type == DESCRIPTION and item.general_feedback.text:
        raise ItemError(item.line, "GIFT has no general feedback without a question")
    if "\n" in item.category or not item.name:
        raise ItemError(item.line, "GIFT needs a name, and categories on one line")


def _comment(item: Item) -> str:
    labels = [f"[id:{_label(item, item.idnumber)}]"] if item.idnumber else []
    labels += [f"[tag:{_label(item, tag)}]" for tag in item.tags]
    return f"// {' '.join(labels)}\n" if labels else ""


def _label(item: Item, value: str) -> str:
    if "\\" in value or "\n" in value or not value:
        raise ItemError(item.line, "“%(text)s” cannot be a label in GIFT", text=value[:80])
    return value.replace("]", "\\]")


def _marked(text: Text) -> str:
    """With its format always named, so that the words cannot be taken for one."""
    return f"[{text.format}]{escape(text.text)}"


def _formatted(text: Text, default: str) -> str:
    """With its format where it is another, or where the words look like one or like a comment."""
    looks = any(text.text.lower().startswith(f"[{name}]") for name in FORMATS)
    comment = text.text.lstrip().startswith("//")
    return _marked(text) if text.format != default or looks or comment else escape(text.text)


def _nothing(item: Item) -> str:
    return ""


def _told(feedback: Text, item: Item) -> str:
    return f"#{_formatted(feedback, item.stem.format)}" if feedback.text else ""


def _share(item: Item, share: Fraction) -> str:
    try:
        return f"%{write_percent(share)}%"
    except ValueError as error:
        raise ItemError(item.line, "the share %(share)s cannot be written as a percentage",
                        share=share) from error  # fmt: skip


def _multichoice(item: Item) -> str:
    """The first right option of a single choice has `=`, all others `~`: that tells the types."""
    lines, right = [], item.single
    for answer in item.answers:
        text = _formatted(answer.text, item.stem.format)
        plain = not text.lstrip().startswith("%")
        if right and answer.fraction == 1:
            sign, right = "=" if plain else "=%100%", False
        else:
            sign = "~" if answer.fraction == 0 and plain else f"~{_share(item, answer.fraction)}"
        lines.append(f"\n\t{sign}{text}{_told(answer.feedback, item)}")
    return "".join(lines) + "\n"


def _short_answer(item: Item) -> str:
    lines = []
    for answer in item.answers:
        share = "" if answer.fraction == 1 and not answer.text.text.startswith("%") else (
            _share(item, answer.fraction)
        )  # fmt: skip
        lines.append(f"\n\t={share}{escape(answer.text.text)}{_told(answer.feedback, item)}")
    body = "".join(lines)
    if "->" in body or any(answer.text.format != PLAIN for answer in item.answers):
        raise ItemError(item.line, "an accepted answer in GIFT is plain and without ->")
    return f"{body}\n"


def _true_false(item: Item) -> str:
    true, false = item.answers
    right, wrong = (true, false) if true.fraction == 1 else (false, true)
    word = "TRUE" if right is true else "FALSE"
    if right.feedback.text:
        return f"{word}#{_formatted(wrong.feedback, item.stem.format)}{_told(right.feedback, item)}"
    return f"{word}{_told(wrong.feedback, item)}"


def _matching(item: Item) -> str:
    lines = []
    for pair in item.pairs:
        stem = _formatted(pair.stem, item.stem.format)
        if "->" in stem:
            raise ItemError(item.line, "the left of a pair in GIFT cannot hold ->")
        lines.append(f"\n\t={stem} -> {escape(pair.answer)}")
    return "".join(lines) + "\n"


def _numerical(item: Item) -> str:
    lines, wrong = [], ""
    for place, answer in enumerate(item.answers, 1):
        if answer.text.text == ANY and answer.fraction == 0 and place == len(item.answers):
            wrong = f"\n\t~#{_formatted(answer.feedback, item.stem.format)}"
            continue
        number = answer.text.text
        if number != ANY:
            number += f":{plain_decimal(answer.tolerance)}"
        share = "" if answer.fraction == 1 else _share(item, answer.fraction)
        lines.append(f"\n\t={share}{number}{_told(answer.feedback, item)}")
    return f"#{''.join(lines)}{wrong}\n"


def _ordering(item: Item) -> str:
    lines = [_formatted(answer.text, item.stem.format) for answer in item.answers]
    if any(answer.feedback.text for answer in item.answers):
        raise ItemError(item.line, "GIFT has no feedback to the parts of an ordering")
    count = item.select_count or len(lines)
    kind = "RANDOM" if item.select_count else "ALL"
    grading = item.grading or ALL_OR_NOTHING
    return f">{count} {kind} VERTICAL {grading} SHOW NONE\n" + "\n".join(lines) + "\n"


WRITERS: dict[str, Callable[[Item], str]] = {
    DESCRIPTION: _nothing, ESSAY: _nothing, MULTICHOICE: _multichoice, TRUE_FALSE: _true_false,
    SHORT_ANSWER: _short_answer, NUMERICAL: _numerical, MATCHING: _matching, ORDERING: _ordering,
}  # fmt: skip
