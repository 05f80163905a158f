"""Handing in practical work: a draft that is never lost, then a frozen submission."""

import hashlib
import secrets
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from audit.services import record
from exams.choices import SubmissionState
from exams.models import Submission, SubmissionFile, TaskAssignment
from exams.rules.uploads import MAX_FILES, MAX_TOTAL_BYTES, Checked, UploadFault, check_upload
from exams.services.errors import ExamError
from exams.services.previews import preview_of
from kit.canonical import digest
from kit.pictures import FORMATS as PICTURES
from kit.pictures import PictureFault, clean_picture

TEXT_MAX = 20_000
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def save_submission(*, assignment_id: int, person: Any, text: str, at: datetime) -> Submission:
    """Keep the text of the draft, making one (with the last number + 1) where there is none.

    ExamError `not_found` for somebody else's task, `handed_in` when it is frozen, `too_long`.
    """
    text = text.replace("\r\n", "\n").replace("\x00", "")
    if len(text) > TEXT_MAX:
        raise ExamError("too_long", _("The text is longer than %d characters.") % TEXT_MAX)
    with transaction.atomic():
        submission = _draft(assignment_id, person, at)
        submission.text, submission.saved_at = text, at
        submission.save(update_fields=["text", "saved_at"])
    return submission


def add_file(
    *, assignment_id: int, person: Any, name: str, data: bytes, at: datetime
) -> SubmissionFile:
    """Check and keep one file of the draft. ExamError `upload` says what is wrong with it.

    A picture is drawn anew, so that it tells nothing of its place and camera. Reading and
    storing happen outside the transaction; a refused row removes its blob.
    """
    try:
        checked = check_upload(name, data)
        if checked.kind in PICTURES:
            data = clean_picture(checked.kind, data)
    except (UploadFault, PictureFault) as fault:
        raise ExamError(f"upload_{fault.code}", upload_message(fault.code)) from fault
    row = SubmissionFile(
        name=checked.name, kind=checked.kind, sha256=hashlib.sha256(data).hexdigest(),
        size=len(data), preview=preview_of(checked.kind, data), uploaded_at=at,
    )  # fmt: skip
    row.file.save(checked.name, ContentFile(data), save=False)
    try:
        return _attach(row, checked, assignment_id, person, at)
    except BaseException:
        row.file.storage.delete(str(row.file.name))
        raise


def _attach(
    row: SubmissionFile, checked: Checked, assignment_id: int, person: Any, at: datetime
) -> SubmissionFile:
    with transaction.atomic():
        submission = _draft(assignment_id, person, at)
        files = submission.files
        if files.filter(sha256=row.sha256).exists():
            raise ExamError("upload_twice", _("This file is already in the list."))
        if files.count() >= MAX_FILES:
            raise ExamError("upload_many", _("At most %d files.") % MAX_FILES)
        total = files.aggregate(total=Sum("size"))["total"] or 0
        if total + row.size > MAX_TOTAL_BYTES:
            raise ExamError("upload_total", upload_message("too_big"))
        row.name = _free_name(checked.name, set(files.values_list("name", flat=True)))
        row.submission = submission
        row.save()
        submission.saved_at = at
        submission.save(update_fields=["saved_at"])
    return row


def _free_name(name: str, taken: set[str]) -> str:
    stem, dot, suffix = name.rpartition(".")
    free, number = name, 2
    while free in taken:
        free, number = f"{stem[:110]} ({number}){dot}{suffix}", number + 1
    return free


def remove_file(*, file_id: int, person: Any, at: datetime) -> None:
    """Take a file out of the draft; a blob that an earlier number still holds stays."""
    with transaction.atomic():
        row = (
            SubmissionFile.objects.select_related("submission")
            .filter(pk=file_id, submission__assignment__person=person)
            .first()
        )
        if row is None:
            raise ExamError("not_found", _("There is no such file."))
        _draft(row.submission.assignment_id, person, at)
        if not row.submission.is_draft:
            raise _frozen()
        name, storage = str(row.file.name), row.file.storage
        row.delete()
        shared = SubmissionFile.objects.filter(file=name).exists()
        if not shared:
            transaction.on_commit(lambda: storage.delete(name), robust=True)


def hand_in_submission(*, assignment_id: int, person: Any, at: datetime) -> Submission:
    """Freeze the draft. Once: a second call on the same hand-in changes nothing.

    ExamError `nothing` for an empty draft.
    """
    with transaction.atomic():
        assignment = _assignment(assignment_id, person)
        standing = _standing(assignment)
        if standing is not None and not standing.is_draft:
            return standing
        submission = standing or _draft(assignment_id, person, at)
        files = list(submission.files.values_list("name", "sha256", "size"))
        if not submission.text.strip() and not files:
            raise ExamError("nothing", _("There is nothing to hand in yet: add a text or a file."))
        submission.state, submission.handed_in_at = SubmissionState.HANDED_IN, at
        submission.digest = digest({"text": submission.text, "files": files})
        submission.save(update_fields=["state", "handed_in_at", "digest"])
        record(
            action="exams.practical_handed_in", actor=person, obj=submission, at=at,
            detail={"digest": submission.digest, "files": len(files)},
        )  # fmt: skip
    return submission


def _assignment(assignment_id: int, person: Any) -> TaskAssignment:
    assignment = (
        TaskAssignment.objects.select_for_update().filter(pk=assignment_id, person=person).first()
    )
    if assignment is None:
        raise ExamError("not_found", _("There is no such task."))
    return assignment


def _standing(assignment: TaskAssignment) -> Submission | None:
    return assignment.submissions.exclude(state=SubmissionState.RETURNED).first()


def _draft(assignment_id: int, person: Any, at: datetime) -> Submission:
    """The draft to work on; after a return the next number starts from what was handed in."""
    assignment = _assignment(assignment_id, person)
    standing = _standing(assignment)
    if standing is not None:
        if not standing.is_draft:
            raise _frozen()
        return standing
    last = assignment.submissions.first()
    draft = Submission.objects.create(
        assignment=assignment, number=last.number + 1 if last else 1, code=_free_code(),
        text=last.text if last else "", started_at=at, saved_at=at,
    )  # fmt: skip
    for file in last.files.all() if last else ():
        file.pk, file.submission = None, draft
        file.save()
    return draft


def _frozen() -> ExamError:
    return ExamError("handed_in", _("This has been handed in and can no longer be changed."))


def _free_code() -> str:
    """What a blind marker sees: says nothing about the person."""
    while True:
        code = "P-" + "".join(secrets.choice(ALPHABET) for _i in range(5))
        if not Submission.objects.filter(code=code).exists():
            return code


def upload_message(code: str) -> str:
    """What is wrong with a file and what to do."""
    return {
        "empty": _("The file is empty. Save it again and choose it once more."),
        "too_big": _("Too large: 20 MB a file and 60 MB in all. Make the file smaller."),
        "extension": _("Only xlsx, csv, pdf, docx, png and jpg are taken. Save it as one of them."),
        "content": _("The content is not what the name says. Export it again, do not rename it."),
        "protected": _(
            "The file is protected by a password or in an old Office format."
            " Save it without, as xlsx or docx."
        ),
        "damaged": _("The file is damaged. Open it, save it again and choose it once more."),
        "macros": _("Files with macros are not taken. Save it without macros."),
        "bomb": _("The file unpacks to far too much. Save it in smaller parts."),
        "pixels": _("The picture has more than 40 million pixels. Make it smaller."),
        "encoding": _("The text is neither UTF-8 nor GB18030. Save the CSV as UTF-8."),
    }[code]
