"""Reading the raw values of a lesson's streams."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Stream = Iterable[Mapping[str, Any]]
CARRIES_MEDIA = frozenset({"image", "video", "audio", "file"})


def media_parts(*streams: Stream) -> Iterator[Mapping[str, Any]]:
    """The parts that carry a file of the media library."""
    for stream in streams:
        for part in stream:
            if part["type"] in CARRIES_MEDIA:
                yield part


def media_ids(*streams: Stream) -> set[int]:
    """The keys of the files that these streams carry."""
    found = (part["value"].get("media") for part in media_parts(*streams))
    return {pk for pk in found if isinstance(pk, int)}
