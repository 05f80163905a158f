"""The form that every question type has. A new type is one file here and one template.

Answers are stored as the candidate saw the paper: an option is its place on that paper, so
two candidates with shuffled options cannot compare letters. `order[i]` is the bank's index
of what stood at place i. `None` is no answer, for every type.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from exams.rules.errors import RuleError

Json = dict[str, Any]
MAX_OPTIONS = 26
MAX_DIGITS = 60
_HALF = re.compile("[\ud800-\udfff]")


class QuestionRule(ABC):
    """How one type of question is checked, answered, scored and shown."""

    type: str
    hand_marked = False

    @abstractmethod
    def check(self, content: Json, key: Json) -> None:
        """Refuse a question that cannot be asked or scored. Raises RuleError."""

    @abstractmethod
    def clean(self, content: Json, value: Any) -> Any:
        """The answer in its stored form. Raises RuleError naming what is wrong."""

    @abstractmethod
    def fraction(self, content: Json, key: Json, value: Any, order: Sequence[int]) -> Fraction:
        """The part of the mark that a clean answer earns, 0–1."""

    def check_stem(self, stem: str, content: Json) -> None:
        """Refuse a stem without the places that a checked content needs. Raises RuleError."""
        return None

    def on_paper(self, content: Json, seed: str) -> Json:
        """The content as one paper has it: with the candidate's own figures, where there are any.

        What is shown and scored is this content. The same seed gives the same for ever.
        """
        return content

    def worded(self, text: str, content: Json) -> str:
        """A stem or an explanation with the figures of a content `on_paper` in their places."""
        return text

    def shuffled(self, content: Json) -> int:
        """How many things of this question are put in another order on each paper."""
        return 0

    def shown(self, content: Json, order: Sequence[int]) -> Json:
        """What a candidate may see: never anything of the key."""
        return {}

    def is_answered(self, value: Any) -> bool:
        """Whether the candidate has given any answer."""
        return value is not None


def check_texts(texts: Any, name: str, *, least: int) -> list[str]:
    """A list of different, non-empty texts."""
    if not isinstance(texts, list) or not all(isinstance(t, str) and t.strip() for t in texts):
        raise RuleError("texts", "%(name)s must be a list of texts, none empty", name=name)
    if not least <= len(texts) <= MAX_OPTIONS:
        raise RuleError(
            "count",
            "%(name)s needs %(least)s to %(most)s entries, not %(found)s",
            name=name,
            least=least,
            most=MAX_OPTIONS,
            found=len(texts),
        )
    if len({t.strip() for t in texts}) != len(texts):
        raise RuleError("repeated", "%(name)s has the same text twice", name=name)
    return texts


def check_index(value: Any, count: int, name: str) -> int:
    """A whole number from 0 to count - 1; true and false are not numbers here."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < count:
        raise RuleError(
            "index",
            "%(name)s must be a whole number from 0 to %(last)s, not %(value)r",
            name=name,
            last=count - 1,
            value=value,
        )
    return value


def check_indexes(value: Any, count: int, name: str) -> list[int]:
    """A list of different indexes."""
    if not isinstance(value, list):
        raise RuleError("list", "%(name)s must be a list, not %(value)r", name=name, value=value)
    found = [check_index(v, count, name) for v in value]
    if len(set(found)) != len(found):
        raise RuleError("repeated", "%(name)s names the same place twice", name=name)
    return found


def check_number(value: Any, name: str) -> Decimal:
    """A finite decimal written as text, so that 0.1 stays 0.1; no larger than can be reckoned."""
    try:
        number = Decimal(value) if isinstance(value, str) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(value) > MAX_DIGITS or abs(number.adjusted()) > MAX_DIGITS:
        raise RuleError("number", "%(name)s must be a number written as text", name=name)
    return number


def check_text(value: Any, name: str, *, most: int) -> str:
    """A text of limited length. NUL, which PostgreSQL cannot store, is refused.

    Half a character, which a phone leaves where it cuts an emoji, can neither be stored nor
    shown; it becomes U+FFFD, so that it holds up no answer.
    """
    if not isinstance(value, str):
        raise RuleError("text", "%(name)s must be a text, not %(value)r", name=name, value=value)
    if len(value) > most:
        raise RuleError(
            "long", "%(name)s may have at most %(most)s characters", name=name, most=most
        )
    if "\x00" in value:
        raise RuleError("character", "%(name)s has a character that cannot be stored", name=name)
    return _HALF.sub("\ufffd", value)


def in_order(texts: Sequence[str], order: Sequence[int]) -> list[str]:
    """The texts as they stand on this paper."""
    return [texts[i] for i in order]
