"""Text that a spreadsheet program would run as a formula, and how it is made harmless in CSV.

`defuse` and `restore` are each other's inverse, so what was exported can be imported again.
"""

import re

_TRIGGER = re.compile(r"[\s']*[=+\-@＝＋－＠\t\r\n]")


def defuse(text: str) -> str:
    """The text, led by an apostrophe if a program might take it for a formula."""
    return f"'{text}" if _TRIGGER.match(text) else text


def restore(text: str) -> str:
    """The text as it was before `defuse`."""
    return text[1:] if text.startswith("'") and _TRIGGER.match(text, 1) else text
