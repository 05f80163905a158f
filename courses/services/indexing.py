"""The words of lesson versions for searching."""

from courses.models import LessonText, LessonVersion
from courses.rules.versions import STREAMS
from courses.rules.words import readable, tokens

BATCH = 200


def index_row(version: LessonVersion) -> LessonText:
    """The searchable row of a version, not yet stored."""
    text = " ".join([version.title, *readable(version.content, STREAMS)])
    return LessonText(version=version, text=text, tokens=tokens(text))


def reindex_lessons() -> int:
    """Make every searchable row anew; returns how many. Safe to run at any time, twice too."""
    done = 0
    for version in LessonVersion.objects.order_by("pk").iterator(chunk_size=BATCH):
        row = index_row(version)
        LessonText.objects.update_or_create(
            version=version, defaults={"text": row.text, "tokens": row.tokens}
        )
        done += 1
    return done
