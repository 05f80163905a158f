"""Moodle XML, the format in which Moodle says everything: `read` and `write`."""

from exams.formats.moodle_xml.reading import read
from exams.formats.moodle_xml.writing import write

__all__ = ["read", "write"]
