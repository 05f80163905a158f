"""The papers of a claim and of a batch, made in the background and kept as they were made.

Making one opens sealed numbers (ID, bank account); each making leaves an audit row.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.services import record
from jobs.services import enqueue
from kit.pdf import render_pdf
from kit.refusing import Refused
from kit.storage import put_once, remove_orphans
from people import roles
from people.permissions import need_role
from subsidies.choices import DossierKind
from subsidies.models import Claim, ClaimBatch, Dossier
from subsidies.services.papers import application_context, roster_context

TASK = "subsidies.render_dossier"
FOLDER = "dossiers"


@transaction.atomic
def request_application(*, claim_id: int, by: Any, at: datetime) -> Dossier:
    """Ask for the application form of a handed-in claim; the same claim state asks once."""
    claim = Claim.objects.select_for_update().get(pk=claim_id)
    if claim.person_id != by.pk:
        need_role(by, roles.HR, roles.FINANCE)
    if not claim.digest:
        raise Refused("state", _("Hand the claim in first; the form is made from it."))
    same = claim.dossiers.filter(snapshot__digest=claim.digest).first()
    if same is not None:
        return same
    dossier = Dossier.objects.create(
        kind=DossierKind.APPLICATION,
        claim=claim,
        version=claim.dossiers.count() + 1,
        snapshot={"digest": claim.digest, "claim": claim.snapshot},
        requested_by=by,
        requested_at=at,
    )
    _ask(dossier, by=by, at=at)
    return dossier


@transaction.atomic
def request_roster(*, batch_id: int, by: Any, at: datetime) -> Dossier:
    """Ask for the roster of a batch; made once, for the batch does not change."""
    need_role(by, roles.HR, roles.FINANCE)
    batch = ClaimBatch.objects.select_for_update().get(pk=batch_id)
    same = batch.dossiers.first()
    if same is not None:
        return same
    dossier = Dossier.objects.create(
        kind=DossierKind.ROSTER, batch=batch, requested_by=by, requested_at=at
    )
    _ask(dossier, by=by, at=at)
    return dossier


def _ask(dossier: Dossier, *, by: Any, at: datetime) -> None:
    enqueue(task=TASK, args={"dossier_id": dossier.pk}, at=at, key=f"dossier:{dossier.pk}")
    record(action="subsidies.dossier_requested", at=at, actor=by, obj=dossier)


def render_dossier(*, dossier_id: int, at: datetime) -> Dossier:
    """Make the PDF outside any transaction and store it once; running again changes nothing."""
    dossier = Dossier.objects.select_related(
        "claim__policy_version__policy", "batch__policy_version__policy", "requested_by"
    ).get(pk=dossier_id)
    if dossier.file:
        return dossier
    with override("zh-hans"):
        if dossier.kind == DossierKind.APPLICATION:
            content = render_pdf("paper/claim_form.html", application_context(dossier))
        else:
            content = render_pdf("paper/claim_roster.html", roster_context(dossier))
    name, digest = put_once(FOLDER, content)
    return _keep(dossier_id, name, digest, at)


@transaction.atomic
def _keep(dossier_id: int, name: str, digest: str, at: datetime) -> Dossier:
    dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
    if dossier.file:
        return dossier
    dossier.file.name, dossier.sha256, dossier.made_at = name, digest, at
    dossier.save(update_fields=["sha256", "made_at", "file"])
    record(action="subsidies.dossier_made", at=at, obj=dossier, detail={"sha256": dossier.sha256})
    return dossier


def clean_orphans(*, at: datetime) -> int:
    """Remove papers no dossier names, left by workers that died; how many went."""
    known = set(Dossier.objects.exclude(file="").values_list("file", flat=True))
    return remove_orphans(FOLDER, known=known, at=at)
