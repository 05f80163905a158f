from django.core.files.base import ContentFile

from subsidies import services
from tests.access import Row
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, PDF, make_enrolment, make_policy, make_ready

LOOKERS = {"hr", "finance", "approver", "auditor"}


def build(world):
    """The trainee has a handed-in claim in a batch; other people have a fee and a ready place."""
    enrolment = make_ready(certified=False)
    maker = UserFactory(roles=["hr"])
    version = make_policy("P4", requires_certificate=False)
    claim = services.make_claim(
        enrolment_id=enrolment.pk, policy_version=version, by=maker, at=APPROVED_AT
    )
    claim.documents.create(
        kind="receipt", name="r.pdf", sha256="0" * 64, size=3, added_by=maker, added_at=APPROVED_AT,
        file=ContentFile(PDF, "r.pdf"),
    )  # fmt: skip
    services.add_document(
        claim_id=claim.pk, kind="returnee_proof", name="p.pdf", content=PDF, by=maker,
        at=APPROVED_AT,
    )  # fmt: skip
    services.submit_claim(claim_id=claim.pk, by=maker, at=APPROVED_AT)
    world.people["trainee"] = enrolment.person
    world.claim, world.document, world.version = claim, claim.documents.first(), version
    world.batch = services.file_batch(
        training_class=enrolment.training_class, policy_version=version, by=maker, at=APPROVED_AT
    )
    world.dossier = services.request_application(claim_id=claim.pk, by=maker, at=APPROVED_AT)
    world.dossier.file.save("d.pdf", ContentFile(PDF), save=False)
    world.dossier.sha256, world.dossier.made_at = "0" * 64, APPROVED_AT
    world.dossier.save()
    student = make_enrolment("student", kind="entrepreneurship")
    world.receivable = student.receivable
    world.waiver = services.request_waiver(
        receivable_id=make_enrolment("student", kind="entrepreneurship").receivable.pk,
        policy_version=make_policy("P2"), evidence="x", by=maker, at=APPROVED_AT,
    )  # fmt: skip


def claim(world):
    return {"pk": world.claim.pk}


def batch(world):
    return {"pk": world.batch.pk}


ANYONE = {
    "trainee", "other_trainee", "trainer", "other_trainer", "grader", "hr", "finance", "author",
    "officer", "approver", "editor", "reviewer", "auditor", "administrator",
}  # fmt: skip

ROWS = [
    Row("subsidies:own_claim_list", ok=ANYONE),
    Row(
        "subsidies:claim_make", ok={"trainee", "hr"}, method="post", status=302,
        kwargs=lambda w: {"enrolment_id": w.claim.enrolment_id, "version_id": w.version.pk},
    ),
    Row("subsidies:claim_detail", ok={"trainee", *LOOKERS}, kwargs=claim),
    Row(
        "subsidies:claim_submit", ok={"trainee", *LOOKERS}, kwargs=claim, method="post", status=302
    ),
    Row(
        "subsidies:claim_withdraw", ok={"trainee", *LOOKERS}, kwargs=claim, method="post",
        status=302,
    ),
    Row(
        "subsidies:application_request", ok={"trainee", *LOOKERS}, kwargs=claim, method="post",
        status=302,
    ),
    Row(
        "subsidies:document_download", ok={"trainee", *LOOKERS},
        kwargs=lambda w: {"pk": w.document.pk},
    ),
    Row(
        "subsidies:dossier_download", ok={"trainee", *LOOKERS},
        kwargs=lambda w: {"pk": w.dossier.pk},
    ),
    Row("subsidies:claim_list", ok=LOOKERS),
    Row(
        "subsidies:claim_decide", ok={"hr", "approver", "finance"}, kwargs=claim, method="post",
        status=400,
    ),
    Row("subsidies:batch_file", ok={"hr"}, method="post", status=302),
    Row("subsidies:batch_detail", ok=LOOKERS, kwargs=batch),
    Row("subsidies:roster_request", ok={"hr", "finance"}, kwargs=batch, method="post", status=302),
    Row("subsidies:finance_overview", ok=LOOKERS),
    Row("subsidies:receivable_detail", ok=LOOKERS, kwargs=lambda w: {"pk": w.receivable.pk}),
    Row(
        "subsidies:waiver_request", ok={"hr", "finance"}, method="post", status=400,
        kwargs=lambda w: {"pk": w.receivable.pk},
    ),
    Row(
        "subsidies:waiver_decide", ok={"approver"}, method="post", status=302,
        kwargs=lambda w: {"pk": w.waiver.pk}, data=lambda w: {"approve": "no", "reason": "x"},
    ),
]  # fmt: skip
