"""What every item must have, whichever file it came from."""

import re
from fractions import Fraction

from exams.formats.items import (
    ESSAY,
    MATCHING,
    MULTICHOICE,
    NUMERICAL,
    ORDERING,
    SHORT_ANSWER,
    TRUE_FALSE,
    Item,
    ItemError,
    Text,
)

MAX_TEXT = 100_000  # characters
_BAD = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def check_item(item: Item) -> None:
    """Refuse an item that cannot be asked, or whose full marks nobody can reach."""
    for text in texts_of(item):
        check_text(text, item.line)
    if not item.stem.text:
        raise ItemError(item.line, "the question has no text")
    CHECKS.get(item.type, _nothing)(item)


def check_text(text: str, line: int) -> None:
    """Refuse what cannot be stored or shown."""
    if len(text) > MAX_TEXT:
        raise ItemError(line, "a text is longer than %(most)s characters", most=MAX_TEXT)
    found = _BAD.search(text)
    if found:
        raise ItemError(line, "the character %(code)s cannot be stored",
                        code=f"U+{ord(found[0]):04X}")  # fmt: skip


def texts_of(item: Item) -> list[str]:
    """Every text of an item."""
    texts: list[Text] = [item.stem, item.general_feedback, item.guide, *item.hints]
    texts += item.feedbacks.values()
    for answer in item.answers:
        texts += [answer.text, answer.feedback]
    texts += [pair.stem for pair in item.pairs]
    plain = [item.name, item.idnumber, item.category, *item.tags]
    plain += [unit.name for unit in item.units]
    return [text.text for text in texts] + plain + [pair.answer for pair in item.pairs]


def _nothing(item: Item) -> None:
    """Types that ask nothing of their answers, and those we do not know."""


def _choices(item: Item) -> None:
    _different(item, least=2)
    shares = [answer.fraction for answer in item.answers]
    reached = max(shares) if item.single else sum((s for s in shares if s > 0), Fraction(0))
    if reached != 1:
        raise _unreachable(item, reached)


def _filled(item: Item, *, least: int) -> list[str]:
    texts = [answer.text.text for answer in item.answers]
    if len(texts) < least:
        raise ItemError(item.line, "at least %(least)s answers are needed", least=least)
    if not all(texts):
        raise ItemError(item.line, "an answer is empty")
    return texts


def _different(item: Item, *, least: int) -> list[str]:
    texts = _filled(item, least=least)
    seen: set[str] = set()
    for text in texts:
        if text in seen:
            raise ItemError(item.line, "the answer “%(text)s” comes twice", text=text[:80])
        seen.add(text)
    return texts


def _accepted(item: Item) -> None:
    _different(item, least=1)
    _best(item)


def _numbers(item: Item) -> None:
    _filled(item, least=1)  # the same number may stand with a wider tolerance for less
    _best(item)


def _best(item: Item) -> None:
    best = max(answer.fraction for answer in item.answers)
    if best != 1:
        raise _unreachable(item, best)


def _unreachable(item: Item, reached: Fraction) -> ItemError:
    percent = float(round(reached * 100, 3))
    return ItemError(
        item.line, "full marks cannot be reached: the right answers make %(percent)s %%",
        percent=f"{percent:g}",
    )  # fmt: skip


def _true_false(item: Item) -> None:
    words = [answer.text.text for answer in item.answers]
    shares = sorted(answer.fraction for answer in item.answers)
    if words != ["true", "false"] or shares != [0, 1]:
        raise ItemError(item.line, "exactly one of true and false must be right")


def _pairs(item: Item) -> None:
    if sum(bool(pair.stem.text) for pair in item.pairs) < 2:
        raise ItemError(item.line, "at least %(least)s pairs are needed", least=2)
    if not all(pair.answer for pair in item.pairs):
        raise ItemError(item.line, "an answer is empty")


def _order(item: Item) -> None:
    _filled(item, least=2)


CHECKS = {
    MULTICHOICE: _choices, TRUE_FALSE: _true_false, SHORT_ANSWER: _accepted,
    NUMERICAL: _numbers, MATCHING: _pairs, ORDERING: _order, ESSAY: _nothing,
}  # fmt: skip
