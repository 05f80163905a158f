"""The media library: keeping a file once, describing it, and noting which lessons carry it."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from courses.models import LessonPage, MediaFile, MediaUse
from courses.models.media import needed_fields
from courses.permissions import adds_media
from courses.rules.captions import CaptionsFault, as_webvtt
from courses.rules.media import CONTENT_TYPES, IMAGE, Found, MediaFault, read_media
from courses.rules.streams import media_ids
from kit.http import clean_file_name
from kit.pictures import PictureFault, for_a_page
from kit.refusing import Refused

WIDEST_PICTURE = 1600
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Words:
    """What people write about a file. `source` and `licence` are never left out."""

    title: str
    source: str
    licence: str
    alt_text: str = ""
    transcript: str = ""
    captions: str = ""


def add_media(
    *, upload: BinaryIO, name: str, words: Words, by: Any, at: datetime, may_lack: bool = False
) -> MediaFile:
    """Check, clean and keep a file; the same file with the same words is kept once.

    Pictures are drawn anew, no wider than 1600 px, without EXIF. With `may_lack` (an import) the
    description, transcript or captions may follow later; a lesson is not published without
    them. Refused: forbidden, `upload_…` for the file, `lacks_…` and `captions` for the words.
    Reading and storing happen outside the transaction; a refused row removes its file.
    """
    if not adds_media(by):
        raise Refused("forbidden", _("Only content editors add files to the media library."))
    found, content, size = _cleaned(upload)
    given = _checked_words(words, found, may_lack)
    digest = _sha256(content)
    if (
        kept := MediaFile.objects.filter(kind=found.kind, sha256=digest, **given).first()
    ) is not None:
        return kept
    row = MediaFile(
        **given, kind=found.kind, name=_named(name, found.suffix), size=size, sha256=digest,
        content_type=CONTENT_TYPES[found.suffix], width=found.width, height=found.height,
        duration_seconds=found.seconds, has_sound=found.has_sound, added_at=at, added_by=by,
    )  # fmt: skip
    content.seek(0)
    row.file.save(f"file.{found.suffix}", File(content), save=False)
    try:
        return _kept(row, by, at)
    except BaseException:
        row.file.storage.delete(str(row.file.name))
        raise


def _kept(row: MediaFile, by: Any, at: datetime) -> MediaFile:
    with transaction.atomic():
        row.save()
        told = {"kind": row.kind, "size": row.size, "sha256": row.sha256, "licence": row.licence}
        record(action="courses.media_added", actor=by, obj=row, at=at, detail=told)
    return row


def describe_media(*, media: MediaFile, words: Words, by: Any, at: datetime) -> MediaFile:
    """Write other words about a file; its bytes stay. Refused as in `add_media`."""
    if not adds_media(by):
        raise Refused("forbidden", _("Only content editors add files to the media library."))
    found = Found(media.kind, "", has_sound=media.has_sound)
    given = _checked_words(words, found, may_lack=False)
    with transaction.atomic():
        row = MediaFile.objects.select_for_update().get(pk=media.pk)
        changed = [name for name, value in given.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, given[name])
        row.save(update_fields=changed)
        record(
            action="courses.media_described", actor=by, obj=row, at=at, detail={"changed": changed}
        )
    return row


def note_media_uses(*, lesson: LessonPage) -> int:
    """Note the files that a published lesson carries: its readers may fetch them from now on.
    Returns how many are new."""
    streams = [getattr(lesson, name).get_prep_value() for name in lesson.stream_names()]
    known = set(MediaUse.objects.filter(lesson=lesson).values_list("media_id", flat=True))
    ids = MediaFile.objects.filter(pk__in=media_ids(*streams) - known).values_list("pk", flat=True)
    rows = [MediaUse(media_id=pk, lesson_id=lesson.pk) for pk in ids]
    MediaUse.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _cleaned(upload: BinaryIO) -> tuple[Found, BinaryIO, int]:
    """What the file is, its bytes as they are kept, and how many."""
    try:
        found = read_media(upload)
        if found.kind != IMAGE:
            return found, upload, upload.seek(0, io.SEEK_END)
        upload.seek(0)
        suffix, data, (width, height) = for_a_page(found.suffix, upload.read(), WIDEST_PICTURE)
    except (MediaFault, PictureFault) as fault:
        raise Refused(f"upload_{fault.code}", upload_message(fault.code)) from fault
    return Found(IMAGE, suffix, width=width, height=height), io.BytesIO(data), len(data)


def _checked_words(words: Words, found: Found, may_lack: bool) -> dict[str, str]:
    """The fields as they are stored."""
    try:
        captions = as_webvtt(words.captions)
    except CaptionsFault as fault:
        raise Refused("captions", captions_message(fault)) from fault
    given = {
        "title": words.title.strip()[:160],
        "source": words.source.strip()[:300],
        "licence": words.licence,
        "alt_text": words.alt_text.strip()[:300],
        "transcript": words.transcript.strip(),
        "captions": captions,
    }
    needed = () if may_lack else needed_fields(found.kind, found.has_sound)
    for name in ("title", "source", "licence", *needed):
        if not given[name]:
            raise Refused(f"lacks_{name}", lacks_message(name))
    return given


def _sha256(content: BinaryIO) -> str:
    digest = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _named(name: str, suffix: str) -> str:
    """The name a person gets when saving: as it was, with the ending of what it is."""
    stem = PurePosixPath(clean_file_name(name)).stem or "file"
    return f"{stem[:120]}.{suffix}"


def lacks_message(name: str) -> str:
    """What is missing and what to write."""
    return {
        "title": _("Give the file a title."),
        "source": _("Say where the file comes from."),
        "licence": _("Say on what ground the file may be used."),
        "alt_text": _("Describe the picture in words for those who cannot see it."),
        "transcript": _("Write down what is said or shown: recordings need a transcript."),
        "captions": _("A video with sound needs captions: paste WebVTT or SubRip."),
    }[name]


def captions_message(fault: CaptionsFault) -> str:
    """What is wrong with captions and what to do."""
    return {
        "long": _("The captions are longer than 400,000 characters."),
        "none": _(
            "No caption was found. Write lines such as 00:00:01.000 --> 00:00:04.000, each with its"
            " text below."
        ),
        "backwards": _("This caption ends before it begins: %(line)s") % {"line": fault.line},
    }[fault.code]


def upload_message(code: str) -> str:
    """What is wrong with a file and what to do."""
    return {
        "empty": _("The file is empty. Save it again and choose it once more."),
        "kind": _(
            "This kind of file is not taken. Pictures: PNG, JPEG, WebP, GIF; video: MP4; sound:"
            " MP3, M4A; files: PDF, DOCX, XLSX, PPTX, ZIP."
        ),
        "svg": _("SVG and web pages are not taken. Export the drawing as PNG."),
        "too_big": _("Too large: pictures 10 MB, files 50 MB, sound 100 MB, video 500 MB at most."),
        "old_office": _(
            "The file is protected by a password or in an old Office format. Save it without, as"
            " docx, xlsx or pptx."
        ),
        "damaged": _("The file is damaged. Open it, save it again and choose it once more."),
        "bomb": _("The file unpacks to far too much. Save it in smaller parts."),
        "programs": _("The archive holds programs, macros or web pages. Take them out."),
        "container": _("WebM and MKV do not play on all phones. Export the video as MP4 (H.264)."),
        "codec": _("Not all phones play this. Export it as MP4 with H.264 video and AAC sound."),
        "length": _("The length of the recording cannot be read. Export it again as MP4 or MP3."),
        "pixels": _("The picture has more than 40 million pixels. Make it smaller."),
    }[code]
