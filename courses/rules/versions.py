"""What of a lesson is frozen when it is published, and when two freezings are the same.

A version is what a learner reads: two publishings that read the same have the same digest.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kit.canonical import digest

# The streams of a lesson, in the order in which a learner meets them.
STREAMS = ("goals", "body", "worked_example", "drill", "case", "checks")
# Everything else of a lesson that a learner reads or whose hours it decides.
PLAIN = ("title", "level", "planned_seconds", "sources")
LINE_END = re.compile(r"\r\n?")
# Draftail's name of a paragraph, given anew whenever a text passes through the editor.
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def as_read(value: Any) -> Any:
    """A raw stream value without what nobody reads.

    Rich text loses the keys that an editor gives its paragraphs, and lines end the same way.
    Items of lists lose the ids an editor's browser gives them anew, and empty optional parts are
    left out; the ids of the parts themselves stay, for answers and anchors point at them.
    """
    if isinstance(value, Mapping):
        if value.get("type") == "item" and "value" in value:
            return as_read(value["value"])
        kept = {key: as_read(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each is not None and each != ""}
    if isinstance(value, list | tuple):
        return [as_read(each) for each in value]
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    lines = LINE_END.sub("\n", text)
    return BLOCK_KEY.sub("", lines) if "<" in lines else lines


def lesson_content(
    *, fields: Mapping[str, Any], streams: Mapping[str, Any], posts: Iterable[str]
) -> dict[str, Any]:
    """The frozen JSON of a lesson from its plain fields, raw streams and posts."""
    return {
        **{name: as_read(fields[name]) for name in PLAIN},
        **{name: as_read(list(streams[name])) for name in STREAMS},
        "posts": sorted(posts),
    }


def check_ids(content: Mapping[str, Any]) -> list[str]:
    """The ids of the quick checks of a frozen lesson, in order; answers name them."""
    return [str(part["id"]) for part in content["checks"]]


def lesson_digest(content: Mapping[str, Any]) -> str:
    """64 hex digits; equal content has the same."""
    return digest(content)


def course_digest(*, course: Mapping[str, Any], lessons: Iterable[tuple[int, str, str]]) -> str:
    """The digest of a course: its own words, its modules, and (lesson, module, digest) in order."""
    return digest({"course": course, "lessons": [list(each) for each in lessons]})
