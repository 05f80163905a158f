"""Posts a lesson names that nobody holds: each would open a path of its own."""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

MOST_NEAR = 3
ALIKE = 0.5  # one of two characters is the same


def unknown_posts(
    named: Iterable[str], *, known: Collection[str]
) -> list[tuple[str, tuple[str, ...]]]:
    """Every post that is not known, in its order, with the known ones most like it."""
    return [
        (name, tuple(get_close_matches(name, sorted(known), MOST_NEAR, ALIKE)))
        for name in named
        if name not in known
    ]
