"""Lesson drafts out of Word and PowerPoint files. In words: docs/rules.md, 导入."""

import hashlib
import io
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from audit.services import record
from courses.models import AdvertisingWord, ImportTicket, LessonPage, ModulePage
from courses.models.editing import free_slug
from courses.models.lesson import HOUR_STREAMS, LONGEST_LESSON_SECONDS
from courses.permissions import may_add_lesson
from courses.rules.drafting import Block, drafted
from courses.rules.hours import honest_parts, honest_seconds
from courses.rules.wording import Found, found_words, texts_of
from courses.services.lesson_content import stream
from courses.services.media import Words, add_media
from kit.documents.errors import DocumentError
from kit.documents.parts import Document, LeftOut, Picture
from kit.documents.pasted import read_pasted, read_plain
from kit.documents.reading import read_document
from kit.refusing import Refused
from kit.storage import private_storage, put_once, remove_orphans

FOLDER = "lesson-imports"
LONGEST_TITLE = 120
PICTURE = "picture"  # a block that still holds its bytes
MOST_PICTURES = 60
SPENT_FOR = timedelta(days=1)  # longer than any preview can be answered
MOST_NAMED = 100  # in the audit row; the screen names them all


@dataclass(frozen=True)
class Rights:
    """Where the pictures of a file come from and on what ground they are used."""

    source: str
    licence: str


@dataclass(frozen=True)
class Draft:
    """What an import would bring; nothing has been written yet."""

    title: str
    file_name: str
    sha256: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def has_text(self) -> bool:
        """Whether there is more than pictures."""
        return len(self.blocks) > len(self.pictures)

    @property
    def pictures(self) -> list[Picture]:
        """The pictures in their order."""
        return [value for kind, value in self.blocks if kind == PICTURE]

    def absolute_words(self) -> tuple[Found, ...]:
        """Words of the Advertising Law in the text, as hints; one query."""
        values = [value for kind, value in self.blocks if kind != PICTURE]
        return found_words(texts_of(values), words=AdvertisingWord.objects.as_rules())

    @property
    def planned_seconds(self) -> int:
        """What the text honestly takes, at least one second, at most the longest lesson."""
        parts = honest_parts(
            **{name: [] for name in HOUR_STREAMS if name != "body"},
            body=[{"type": kind, "value": value} for kind, value in self.blocks if kind != PICTURE],
        )
        return min(max(1, honest_seconds(parts)), LONGEST_LESSON_SECONDS)


def read_draft(*, data: bytes, name: str) -> Draft:
    """What a .docx or .pptx would become. DocumentError when the file is refused, also when it
    has no text."""
    draft = draft_of(document=read_document(io.BytesIO(data), name), data=data, name=name)
    if not draft.has_text:
        remedy = _(
            "Look whether it is the file that was meant; have scanned pages recognised first."
        )
        raise DocumentError(no_text(), f"{remedy} {_first_left_out(draft)}".strip())
    return draft


def _first_left_out(draft: Draft) -> str:
    """What the file does hold, where that alone is why nothing of it could come."""
    first = "；".join(f"{each.place} {each.what}" for each in draft.left_out[:3])
    return _("What cannot come along: %(what)s") % {"what": first} if first else ""


def read_paste(*, data: bytes, is_markup: bool) -> Draft:
    """What a pasted article (HTML, or text in which a `<` is a `<`; UTF-8) would become.
    DocumentError when it is too long, cannot be read or has no text."""
    source = data.decode("utf-8", "replace")
    document = read_pasted(source) if is_markup else read_plain(source)
    draft = draft_of(document=document, data=data, name=_("pasted article"))
    if not draft.has_text:
        raise DocumentError(_("There is no text in what was pasted."), _("Copy the article anew."))
    return draft


def no_text() -> str:
    """Why a file with nothing in it, or with pictures alone, is refused."""
    return _("There is no text in the file that a lesson could hold.")


def draft_of(*, document: Document, data: bytes, name: str) -> Draft:
    """What a read document would become."""
    made = drafted(document.parts)
    cut = tuple(
        LeftOut(
            grid.place,
            _("table of %(rows)d rows and %(columns)d columns (too large for a lesson)")
            % {"rows": len(grid.rows), "columns": len(grid.rows[0])},
        )
        for grid in made.cut
    )
    kept, over = _first_pictures(made.blocks)
    return Draft(
        title=document.title[:LONGEST_TITLE].strip(),
        file_name=PurePath(name).name[-LONGEST_TITLE:],
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=kept,
        left_out=document.left_out + cut + over,
    )


def _first_pictures(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks without the pictures beyond the limit, and those by name."""
    kept: list[Block] = []
    over: list[LeftOut] = []
    words, seen = _("picture “%(name)s” (an import takes %(most)d pictures)"), 0
    for kind, value in blocks:
        seen += kind == PICTURE
        if kind == PICTURE and seen > MOST_PICTURES:
            named = words % {"name": value.name, "most": MOST_PICTURES}
            over.append(LeftOut(value.place, named))
        else:
            kept.append((kind, value))
    return tuple(kept), tuple(over)


def keep_source(*, data: bytes, suffix: str) -> str:
    """Keep an uploaded file for about an hour, until its preview has been answered; its name."""
    return put_once(FOLDER, data, suffix)[0]


def read_source(*, name: str) -> bytes:
    """A kept file. Refused: import_expired."""
    try:
        with private_storage().open(name) as file:
            data: bytes = file.read()
    except FileNotFoundError as error:
        raise expired() from error
    return data


def expired() -> Refused:
    """The preview has waited too long."""
    return Refused("import_expired", _("This preview has expired. Upload the file again."))


def clean_sources(*, at: datetime) -> int:
    """Remove what previews have left behind; how many files went."""
    ImportTicket.objects.filter(spent_at__lt=at - SPENT_FOR).delete()
    return remove_orphans(FOLDER, known=(), at=at)


@dataclass(frozen=True)
class Imported:
    """The draft and all that did not come along; not `is_new`: an earlier post has made it."""

    lesson: LessonPage
    left_out: tuple[LeftOut, ...]
    is_new: bool = True


def import_lesson(
    *, draft: Draft, module: ModulePage, title: str, by: Any, at: datetime,
    rights: Rights | None = None, ticket: str = "",
) -> Imported:  # fmt: skip
    """A new lesson draft at the end of a module; it is never published here.

    `by` is None when an operator works at the command line. Pictures come along when a person
    says by what `rights`; each goes to the media library before the transaction, and one that
    is refused there is named. One `ticket` makes one draft, however often and at once it comes.
    Refused: import_forbidden, import_no_title, import_empty, import_spent.
    """
    if by is not None and not may_add_lesson(by, module):
        raise Refused("import_forbidden", _("You may not add lessons to this module."))
    title = " ".join(title.split())[:LONGEST_TITLE]
    if not title:
        raise Refused("import_no_title", _("The lesson needs a title."))
    if not draft.has_text:
        raise Refused("import_empty", no_text())
    if (spent := ImportTicket.objects.filter(ticket=ticket).first()) is not None:
        return _made_before(spent)
    blocks, refused = _with_media(draft, rights, by, at)
    left_out = draft.left_out + refused
    with transaction.atomic():
        spent, is_first = ImportTicket.objects.get_or_create(
            ticket=ticket or token_hex(16), defaults={"spent_at": at}
        )
        if not is_first:  # another request came between
            return _made_before(spent)
        spent.lesson = _written(draft, blocks, left_out, module, title, by, at)
        spent.save(update_fields=["lesson"])
        return Imported(spent.lesson, left_out)


def _made_before(spent: ImportTicket) -> Imported:
    if spent.lesson is None:
        raise Refused(
            "import_spent", _("This import became a draft, and that lesson was deleted later.")
        )
    return Imported(spent.lesson, (), is_new=False)


def _with_media(
    draft: Draft, rights: Rights | None, by: Any, at: datetime
) -> tuple[list[Block], tuple[LeftOut, ...]]:
    """The blocks with their pictures in the library, and what of them did not get there."""
    blocks: list[Block] = []
    refused: list[LeftOut] = []
    for kind, value in draft.blocks:
        if kind != PICTURE:
            blocks.append((kind, value))
            continue
        try:
            blocks.append(("image", _kept_picture(value, rights, by, at)))
        except Refused as error:
            words = _("picture “%(name)s”: %(reason)s")
            reason = {"name": value.name, "reason": error.message}
            refused.append(LeftOut(value.place, words % reason))
    return blocks, tuple(refused)


def _kept_picture(picture: Picture, rights: Rights | None, by: Any, at: datetime) -> dict[str, Any]:
    if rights is None or by is None:
        raise Refused("no_rights", _("Nobody said where it comes from and why it may be used."))
    words = Words(
        title=picture.alt or picture.name, source=rights.source, licence=rights.licence,
        alt_text=picture.alt,
    )  # fmt: skip
    media = add_media(
        upload=io.BytesIO(picture.data), name=picture.name, words=words, by=by, at=at,
        may_lack=True,
    )  # fmt: skip
    return {"media": media.pk, "caption": ""}


def _written(
    draft: Draft, blocks: list[Block], left_out: tuple[LeftOut, ...], module: ModulePage,
    title: str, by: Any, at: datetime,
) -> LessonPage:  # fmt: skip
    slug = free_slug(LessonPage, title)
    page = LessonPage(
        title=title, slug=slug, live=False, owner=by, planned_seconds=draft.planned_seconds,
        body=json.dumps(stream(slug, "body", blocks)),
    )  # fmt: skip
    lesson: LessonPage = module.add_child(instance=page)
    log(instance=lesson, action="wagtail.create", user=by, content_changed=True)
    lesson.save_revision(user=by)
    named = [f"{each.place} {each.what}" for each in left_out[:MOST_NAMED]]
    told = {"file": draft.file_name, "sha256": draft.sha256, "blocks": len(blocks),
            "left_out": named, "module": module.slug}  # fmt: skip
    record(action="courses.lesson_imported", at=at, actor=by, obj=lesson, detail=told)
    return lesson
