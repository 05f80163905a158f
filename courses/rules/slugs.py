"""Addresses made from titles: plain letters that can be pasted into a chat."""

import re
from collections.abc import Container

from pypinyin import lazy_pinyin

LONGEST_SLUG = 60


def plain_slug(title: str, *, otherwise: str) -> str:
    """A title in pinyin, lower-case letters, digits and hyphens; `otherwise` when none is left."""
    words = re.sub(r"[^a-z0-9]+", "-", " ".join(lazy_pinyin(title)).lower()).strip("-")
    return words[:LONGEST_SLUG].strip("-") or otherwise


def first_free(base: str, taken: Container[str]) -> str:
    """The slug itself or with the first number, from 2, that nobody has taken."""
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def is_made_from(slug: str, base: str) -> bool:
    """Whether a slug is what `first_free` makes of this base."""
    return re.fullmatch(rf"{re.escape(base)}(-\d+)?", slug) is not None
