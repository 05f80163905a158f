"""What a question file says, in words of no format: readers make items, writers take them.

An item may be of a type that our bank cannot score; `bank_items` decides that. Texts come without
outer blanks and with plain line ends, whatever the file had. Fractions are exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

HTML, MOODLE, PLAIN, MARKDOWN = "html", "moodle", "plain", "markdown"

MULTICHOICE, TRUE_FALSE, SHORT_ANSWER = "multichoice", "truefalse", "shortanswer"
NUMERICAL, MATCHING, ORDERING = "numerical", "matching", "ordering"
ESSAY, DESCRIPTION, CLOZE = "essay", "description", "cloze"

MAX_NAME = 80  # characters of a name made from the text, as Moodle cuts it
ALL_OR_NOTHING = "ALL_OR_NOTHING"


@dataclass(frozen=True)
class Remark:
    """An English msgid and what stands in its %(name)s places; translated where it is shown."""

    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class ItemError(ValueError):
    """One item, or a whole file, that cannot be read or written: the line and the reason."""

    def __init__(self, line: int, message: str, **params: Any) -> None:
        self.line = line
        self.reason = Remark(message, params)
        super().__init__(f"line {line}: {self.reason}")


@dataclass(frozen=True)
class Text:
    """Words with the format they are written in; outer blanks never count."""

    text: str = ""
    format: str = PLAIN

    def __post_init__(self) -> None:
        plain = self.text.replace("\r\n", "\n").replace("\r", "\n").strip()
        object.__setattr__(self, "text", plain)


@dataclass(frozen=True)
class Answer:
    """An option or an accepted answer. `fraction` is −1 to 1; `tolerance` is for numbers only."""

    text: Text
    fraction: Fraction = Fraction(0)
    feedback: Text = Text()
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True)
class Pair:
    """What belongs together; a pair without a stem is a spare answer."""

    stem: Text
    answer: str


@dataclass(frozen=True)
class Unit:
    """A unit a number may be given in: the typed number × multiplier is what counts."""

    name: str
    multiplier: Decimal = Decimal(1)


@dataclass(frozen=True)
class Item:
    """One question of a file. `max_mark` None: the file does not say.

    A truefalse has the answers "true" and "false" in this order, an ordering its answers in their
    right order. `facts` are plain settings of the file that nothing here depends on.
    """

    type: str
    name: str
    stem: Text
    line: int = field(default=0, compare=False)
    max_mark: Decimal | None = None
    category: str = ""
    idnumber: str = ""
    tags: tuple[str, ...] = ()
    general_feedback: Text = Text()
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    single: bool = True
    case_sensitive: bool = False
    units: tuple[Unit, ...] = ()
    unit_penalty: bool = False
    select_count: int = 0  # of an ordering: how many of its answers are asked; 0 is all
    grading: str = ""
    guide: Text = Text()  # for the marker of an essay
    feedbacks: Mapping[str, Text] = field(default_factory=dict)
    hints: tuple[Text, ...] = ()
    files: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Category:
    """A place for questions as the file writes it, such as $course$/top/定价."""

    path: str
    info: Text = Text()
    idnumber: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Fault:
    """Why an item is not taken. `item` is its name, "" where there is none yet."""

    item: str
    line: int
    reason: Remark


@dataclass(frozen=True)
class Outcome:
    """What was read, in the order of the file, and every fault with its line."""

    questions: tuple[Item, ...] = ()
    categories: tuple[Category, ...] = ()
    errors: tuple[Fault, ...] = ()
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Written:
    """A file's text, and the items that its format cannot say."""

    text: str
    errors: tuple[Fault, ...] = ()


def names_in(path: str) -> list[str]:
    """The names along a category path without its anchor; `//` in a name is one slash."""
    names = [part.strip().replace("\0", "/") for part in path.replace("//", "\0").split("/")]
    if names and names[0] in {"$course$", "$module$", "$system$", "$cat1$"}:
        names = names[1:]
    if names and names[0] == "top":
        names = names[1:]
    return [name for name in names if name]
