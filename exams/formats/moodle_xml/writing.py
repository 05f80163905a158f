"""Writing Moodle XML. What cannot be said in it is refused by name, never bent."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from html import escape

from exams.formats import checks
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
    Answer,
    Category,
    Fault,
    Item,
    ItemError,
    Text,
    Written,
)
from exams.formats.moodle_xml.texts import FORMAT_NAMES
from exams.formats.numbers import plain_decimal, write_percent

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'


def write(items: Iterable[Item], categories: Sequence[Category] = ()) -> Written:
    """The items as a Moodle XML file; those it cannot say are left out and named.

    Items without a category come first, then categories nobody stands in.
    """
    known = {category.path: category for category in categories}
    ordered = sorted(items, key=lambda each: bool(each.category))
    idle = [_category(each) for path, each in known.items()
            if path not in {item.category for item in ordered}]  # fmt: skip
    parts: list[str] = []
    errors: list[Fault] = []
    current = ""
    for item in ordered:
        try:
            text = _question(item)
        except ItemError as error:
            errors.append(Fault(item.name, item.line, error.reason))
            continue
        if item.category != current:
            current = item.category
            parts += [*idle, _category(known.get(current, Category(current)))]
            idle = []
        parts.append(text)
    return Written(f"{_HEAD}{''.join(parts + idle)}</quiz>\n", tuple(errors))


def _category(category: Category) -> str:
    return (
        '<question type="category">\n'
        f"<category>{_words(category.path)}</category>\n"
        f"{_text('info', category.info)}"
        f"{_said('idnumber', category.idnumber)}</question>\n"
    )


def _question(item: Item) -> str:
    checks.check_item(item)
    writer = WRITERS.get(item.type)
    if writer is None:
        raise ItemError(
            item.line, "questions of the type %(type)s are not written", type=item.type
        )  # fmt: skip
    if item.files:
        raise ItemError(item.line, "embedded files are not written")
    mark = "" if item.max_mark is None else _said("defaultgrade", plain_decimal(item.max_mark))
    tags = "".join(f"<tag>{_words(tag)}</tag>" for tag in item.tags)
    return (
        f'<question type="{item.type}">\n<name>{_words(item.name)}</name>\n'
        f"{_text('questiontext', item.stem)}{_text('generalfeedback', item.general_feedback)}"
        f"{mark}{_said('idnumber', item.idnumber)}{writer(item)}"
        f"{''.join(_text(tag, text) for tag, text in item.feedbacks.items())}"
        f"{''.join(_text('hint', text) for text in item.hints)}"
        f"{f'<tags>{tags}</tags>' if tags else ''}</question>\n"
    )


def _words(text: str) -> str:
    return f"<text>{escape(text)}</text>"


def _said(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>\n"


def _text(tag: str, text: Text) -> str:
    return f'<{tag} format="{FORMAT_NAMES[text.format]}">{_words(text.text)}</{tag}>\n'


def _answer(item: Item, answer: Answer, *, more: str = "", share: str = "") -> str:
    share = share or _percent(item, answer.fraction)
    return (
        f'<answer fraction="{share}" format="{FORMAT_NAMES[answer.text.format]}">'
        f"{_words(answer.text.text)}{_text('feedback', answer.feedback)}{more}</answer>\n"
    )


def _percent(item: Item, share: Fraction) -> str:
    try:
        return write_percent(share)
    except ValueError as error:
        raise ItemError(item.line, "the share %(share)s cannot be written as a percentage",
                        share=share) from error  # fmt: skip


def _answers(item: Item) -> str:
    return "".join(_answer(item, answer) for answer in item.answers)


def _plain_answers(item: Item) -> str:
    if any(answer.text.format != PLAIN for answer in item.answers):
        raise ItemError(item.line, "an accepted answer is plain text")
    return _answers(item)


def _multichoice(item: Item) -> str:
    single = "true" if item.single else "false"
    return _said("single", single) + _said("shuffleanswers", "true") + _answers(item)


def _short_answer(item: Item) -> str:
    return _said("usecase", "1" if item.case_sensitive else "0") + _plain_answers(item)


def _numerical(item: Item) -> str:
    answers = "".join(
        _answer(item, answer, more=_said("tolerance", plain_decimal(answer.tolerance)))
        for answer in item.answers
    )
    units = "".join(
        f"<unit>{_said('multiplier', plain_decimal(unit.multiplier))}"
        f"{_said('unit_name', unit.name)}</unit>\n"
        for unit in item.units
    )
    grading = _said("unitgradingtype", "1" if item.unit_penalty else "0")
    return answers + grading + (f"<units>{units}</units>\n" if units else "")


def _matching(item: Item) -> str:
    return _said("shuffleanswers", "true") + "".join(
        f'<subquestion format="{FORMAT_NAMES[pair.stem.format]}">{_words(pair.stem.text)}'
        f"<answer>{_words(pair.answer)}</answer></subquestion>\n"
        for pair in item.pairs
    )


def _ordering(item: Item) -> str:
    answers = "".join(
        _answer(item, answer, share=str(place)) for place, answer in enumerate(item.answers, 1)
    )
    return (
        _said("gradingtype", item.grading or ALL_OR_NOTHING)
        + _said("selecttype", "RANDOM" if item.select_count else "ALL")
        + _said("selectcount", str(item.select_count))
        + answers
    )


def _essay(item: Item) -> str:
    return _text("graderinfo", item.guide)


def _nothing(item: Item) -> str:
    return ""


WRITERS: dict[str, Callable[[Item], str]] = {
    MULTICHOICE: _multichoice, TRUE_FALSE: _plain_answers, SHORT_ANSWER: _short_answer,
    NUMERICAL: _numerical, MATCHING: _matching, ORDERING: _ordering, ESSAY: _essay,
    DESCRIPTION: _nothing,
}  # fmt: skip
