"""Papers handed in with a claim: kind and content checked, stored under a random name."""

import hashlib
import uuid
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from kit.http import clean_file_name
from kit.pictures import FORMATS as PICTURES
from kit.pictures import PictureFault, clean_picture
from kit.refusing import Refused
from people import roles
from people.permissions import need_role
from subsidies.choices import OPEN_CLAIM_STATES
from subsidies.models import Claim, ClaimDocument

MAX_BYTES = 5 * 1024 * 1024
MAX_DOCUMENTS = 20
# The first bytes decide, not the name.
SIGNATURES = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


def checked(content: bytes) -> tuple[str, bytes]:
    """What a file is by its bytes, and what of it is kept: a picture is drawn anew, so that a
    photograph tells nothing of its place. Refused: empty, size, type, pixels, damaged."""
    if not content:
        raise Refused("empty", _("The file is empty."))
    if len(content) > MAX_BYTES:
        raise Refused("size", _("The file is larger than 5 MB."))
    kind = next((kind for start, kind in SIGNATURES.items() if content.startswith(start)), "")
    if not kind:
        raise Refused("type", _("Only PDF, PNG and JPEG files are accepted."))
    try:
        return kind, clean_picture(kind, content) if kind in PICTURES else content
    except PictureFault as fault:
        raise Refused(fault.code, _picture_words()[fault.code]) from fault


def _picture_words() -> dict[str, str]:
    return {
        "pixels": _("The picture has more than 40 million pixels. Make it smaller."),
        "damaged": _("The file is damaged. Open it, save it again and choose it once more."),
    }


def add_document(
    *, claim_id: int, kind: str, name: str, content: bytes, by: Any, at: datetime
) -> ClaimDocument:
    """Add a paper while the claim is open. The same file twice is kept once."""
    suffix, content = checked(content)
    return _add(claim_id, kind, clean_file_name(name), suffix, content, by=by, at=at)


@transaction.atomic
def _add(
    claim_id: int, kind: str, name: str, suffix: str, content: bytes, *, by: Any, at: datetime
) -> ClaimDocument:
    claim = Claim.objects.select_for_update().get(pk=claim_id)
    if claim.person_id != by.pk:
        need_role(by, roles.HR)
    if claim.state not in OPEN_CLAIM_STATES:
        raise Refused("state", _("The claim has been handed in; papers are fixed now."))
    digest = hashlib.sha256(content).hexdigest()
    same = claim.documents.filter(kind=kind, sha256=digest).first()
    if same is not None:
        return same
    if claim.documents.count() >= MAX_DOCUMENTS:
        raise Refused("many", _("A claim holds at most 20 files."))
    paper = ClaimDocument(
        claim=claim,
        kind=kind,
        name=name,
        sha256=digest,
        size=len(content),
        added_by=by,
        added_at=at,
    )
    paper.file.save(f"{uuid.uuid4().hex}.{suffix}", ContentFile(content), save=False)
    paper.save()
    detail = {"kind": kind, "sha256": digest}
    record(action="subsidies.document_added", at=at, actor=by, obj=claim, detail=detail)
    return paper
