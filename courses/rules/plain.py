"""Raw values of a lesson as plain lines, as a person reads them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from courses.rules.words import ENTITIES, ENTITY, TAG

BREAK = re.compile(r"<(?:/p|/li|/h[1-6]|br)\b[^>]*>", re.IGNORECASE)


def plain_lines(text: str) -> list[str]:
    """Rich or plain text line by line: a paragraph or an item of a list is one line.

    Other marks leave no blank behind: <b>1</b>2% is 12%.
    """
    if "<" in text:
        text = TAG.sub("", BREAK.sub("\n", text))
    plain = ENTITY.sub(lambda found: ENTITIES[found.group()], text)
    lines = (" ".join(line.split()) for line in plain.splitlines())
    return [line for line in lines if line]


def value_lines(value: Any, *, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """All lines of a raw value, in order; values under the keys of `without` are left out.

    The cells of a row stand in one line, as they are read.
    """
    if isinstance(value, str):
        yield from plain_lines(value)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            if key not in without:
                yield from value_lines(each, without=without)
    elif isinstance(value, list | tuple):
        for each in value:
            lines = value_lines(each, without=without)
            row = isinstance(each, list | tuple)
            yield from ([" | ".join(lines)] if row else lines)
