"""Writing the course tree and the media library."""

from courses.services.media import Words, add_media, describe_media, note_media_uses
from courses.services.tree import ensure_catalog, load_tree

__all__ = [
    "Words",
    "add_media",
    "describe_media",
    "ensure_catalog",
    "load_tree",
    "note_media_uses",
]
