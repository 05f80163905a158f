"""Which options a stored answer chose, by their number in the bank, for the types that have any.

A type that is not named here has no options: its items have every other figure.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exams.rules.statistics.papers import ChoiceKey

# As the paper shows them: A is "true", B is "false".
TRUE, FALSE = 0, 1

Json = Mapping[str, Any]
KEYS: dict[str, Callable[[Json, Json], ChoiceKey]] = {
    "single": lambda content, key: ChoiceKey(len(content["options"]), frozenset({key["right"]})),
    "multiple": lambda content, key: ChoiceKey(len(content["options"]), frozenset(key["right"])),
    "true_false": lambda content, key: ChoiceKey(2, frozenset({TRUE if key["right"] else FALSE})),
}


def choice_key(type_: str, content: Json, key: Json) -> ChoiceKey | None:
    """The options of a published question; None when its type has none."""
    read = KEYS.get(type_)
    return read(content, key) if read else None


def chosen_options(type_: str, value: Any, order: Sequence[int]) -> frozenset[int]:
    """The options of a clean answer; `order[i]` is the bank's number of what stood at place i."""
    if value is None or type_ not in KEYS:
        return frozenset()
    if type_ == "true_false":
        return frozenset({TRUE if value else FALSE})
    return frozenset(order[place] for place in (value if isinstance(value, list) else [value]))
