"""Writing the course tree and the media library, and freezing what is published."""

from courses.services.flagging import decide_flags
from courses.services.freezing import freeze_course, frozen_once
from courses.services.importing import (
    Draft,
    Rights,
    clean_sources,
    import_lesson,
    keep_source,
    read_draft,
    read_paste,
    read_source,
)
from courses.services.indexing import reindex_lessons
from courses.services.media import Words, add_media, describe_media, note_media_uses
from courses.services.reviewing import (
    record_lesson_review,
    remind_reviews,
    require_review,
    submit_newest,
)
from courses.services.tree import ensure_catalog, load_tree

__all__ = [
    "Draft",
    "Rights",
    "Words",
    "add_media",
    "clean_sources",
    "decide_flags",
    "describe_media",
    "ensure_catalog",
    "freeze_course",
    "frozen_once",
    "import_lesson",
    "keep_source",
    "load_tree",
    "note_media_uses",
    "read_draft",
    "read_paste",
    "read_source",
    "record_lesson_review",
    "reindex_lessons",
    "remind_reviews",
    "require_review",
    "submit_newest",
]
