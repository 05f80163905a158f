"""GIFT, the plain-text question format of Moodle: `read` and `write`."""

from exams.formats.gift.reading import read
from exams.formats.gift.writing import write

__all__ = ["read", "write"]
