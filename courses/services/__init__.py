"""Writing the course tree and the media library."""

from courses.services.importing import (
    Draft,
    Rights,
    clean_sources,
    import_lesson,
    keep_source,
    read_draft,
    read_source,
)
from courses.services.media import Words, add_media, describe_media, note_media_uses
from courses.services.tree import ensure_catalog, load_tree

__all__ = [
    "Draft",
    "Rights",
    "Words",
    "add_media",
    "clean_sources",
    "describe_media",
    "ensure_catalog",
    "import_lesson",
    "keep_source",
    "load_tree",
    "note_media_uses",
    "read_draft",
    "read_source",
]
