"""Numbers that run on: `DEMO-2026-YY-0001287` is a prefix, a sequence and a check character.

The check character is ISO 7064 MOD 37,36 over the letters and digits before it. Sequences whose
check character would be I or O are skipped, for nobody can tell those from 1 and 0 on paper:
that, and nothing else, leaves gaps in a series. Pure.
"""

from kit.identifiers import check_character

SEQUENCE_DIGITS = 6
LAST_SEQUENCE = 10**SEQUENCE_DIGITS - 1
UNREADABLE = frozenset("IO")


class SeriesFull(Exception):
    """A series has no number left."""


def printed(prefix: str, sequence: int) -> str:
    """One number as it is printed. ValueError for a sequence out of range."""
    if not 1 <= sequence <= LAST_SEQUENCE:
        raise ValueError("sequence out of range")
    body = f"{prefix}-{sequence:0{SEQUENCE_DIGITS}d}"
    return body + check_character(body.replace("-", ""))


def next_sequence(prefix: str, last: int) -> int:
    """The sequence after `last` (0: none yet) whose check character can be read."""
    for sequence in range(last + 1, LAST_SEQUENCE + 1):
        if printed(prefix, sequence)[-1] not in UNREADABLE:
            return sequence
    raise SeriesFull(prefix)
