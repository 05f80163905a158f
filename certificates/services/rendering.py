"""Making the paper: outside any transaction, from the snapshot alone, any number of times."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from audit.services import record
from certificates.choices import CertificateState, StuckCode
from certificates.models import Certificate
from certificates.permissions import issues_certificates
from certificates.rules.paper import paper_context, printed_text
from certificates.rules.wording import name_size
from certificates.services.issuing import ask_for_paper, freeze
from kit.pdf import PdfError, face_for, missing_glyphs, render_pdf
from kit.qr import qr_svg
from kit.refusing import Refused
from kit.storage import put_once, remove_orphans
from notices.services import notify

TEMPLATE = "paper/certificate.html"
FOLDER = "certificates"


def what_stops(snapshot: dict[str, Any]) -> tuple[str, str]:
    """Why this snapshot cannot be printed, as (StuckCode, detail); ("", "") when it can."""
    if not snapshot["id_masked"]:
        return StuckCode.NO_IDENTITY, ""
    if name_size(snapshot["name"]) is None:
        return StuckCode.NAME_TOO_LONG, snapshot["name"]
    if missing := missing_glyphs(printed_text(snapshot)):
        return StuckCode.MISSING_GLYPHS, " ".join(missing)
    if face_for(snapshot["name"]) is None:
        return StuckCode.MISSING_GLYPHS, snapshot["name"]
    return "", ""


def paper_of(snapshot: dict[str, Any]) -> bytes:
    """The PDF of a snapshot. The same snapshot gives the same bytes. PdfError."""
    context = paper_context(snapshot, qr=qr_svg(snapshot["verify_url"]))
    context["c"]["name_face"] = face_for(snapshot["name"])
    return render_pdf(TEMPLATE, context)


def render_certificate(*, certificate_id: int, at: datetime) -> bool:
    """Make the paper of a numbered certificate, which so becomes valid; True if this call did it.

    Safe to run twice at once and after a kill at any point: equal snapshots make equal bytes under
    one name, and one update decides who wins. Stops with a reason where the paper cannot be
    printed; raises PdfError, to be tried again, where making it failed.
    """
    certificate = Certificate.objects.get(pk=certificate_id)
    if certificate.state != CertificateState.PENDING:
        return False
    Certificate.objects.filter(pk=certificate.pk).update(render_tries=F("render_tries") + 1)
    code, detail = what_stops(certificate.snapshot)
    if code:
        _hold(certificate, code, detail)
        return False
    try:
        data = paper_of(certificate.snapshot)
    except PdfError as error:
        _hold(certificate, StuckCode.PAPER_FAILED, str(error))
        raise
    name, content = put_once(FOLDER, data)
    return _make_valid(certificate, name, content, at)


def _hold(certificate: Certificate, code: str, detail: str) -> None:
    Certificate.objects.filter(pk=certificate.pk, state=CertificateState.PENDING).update(
        stuck_code=code, stuck_detail=detail[:500]
    )


@transaction.atomic
def _make_valid(certificate: Certificate, name: str, content: str, at: datetime) -> bool:
    """One update decides: only the first paper, and only that of the snapshot still standing."""
    won = Certificate.objects.filter(
        pk=certificate.pk, state=CertificateState.PENDING, digest=certificate.digest
    ).update(
        state=CertificateState.VALID,
        file=name,
        file_sha256=content,
        ready_at=at,
        stuck_code="",
        stuck_detail="",
    )
    if not won:
        return False
    record(action="certificates.issued", at=at, obj=certificate, detail={"sha256": content})
    notify(
        person=certificate.person,
        event="certificates.issued",
        title=_("Your certificate has been issued"),
        body=f"{certificate.snapshot['programme']} · {certificate.number}",
        url=reverse("certificates:certificate_wall"),
        at=at,
        key=f"certificate:{certificate.pk}",
    )
    return True


@transaction.atomic
def rerun_rendering(*, certificate: Certificate, by: Any, at: datetime) -> None:
    """Ask again for a paper that is stuck, from what is on record now (a mended name, say).

    The number stays. Refused once the paper exists: issued words never change.
    """
    if not issues_certificates(by):
        raise Refused("not_allowed", _("Only exam officers start the paper again."))
    locked = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if locked.state != CertificateState.PENDING:
        raise Refused("already_made", _("The paper of this certificate already exists."))
    before = locked.digest
    freeze(locked)
    locked.render_round += 1
    locked.stuck_code = locked.stuck_detail = ""
    locked.save(update_fields=["snapshot", "digest", "render_round", "stuck_code", "stuck_detail"])
    record(
        action="certificates.paper_asked_again",
        at=at,
        actor=by,
        obj=locked,
        detail={"round": locked.render_round, "digest_before": before, "digest": locked.digest},
    )
    ask_for_paper(certificate=locked, at=at)


def clean_orphans(*, at: datetime) -> int:
    """Remove papers no certificate names, left by workers that died; how many went."""
    known = set(Certificate.objects.exclude(file="").values_list("file", flat=True))
    return remove_orphans(FOLDER, known=known, at=at)
