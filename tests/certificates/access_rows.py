from tests.access import EVERYBODY, SIGNED_IN, Row
from tests.factories.certificates import make_certificate
from tests.factories.training import EnrolmentFactory

STAFF = {"officer", "approver", "auditor"}


def build(world):
    from certificates.services import request_revocation
    from tests.factories.certificates import APPROVED_AT, CertificateSchemeFactory

    enrolment = EnrolmentFactory(person=world.people["trainee"])
    world.certificate = make_certificate(enrolment=enrolment)
    world.revocation = request_revocation(
        certificate=world.certificate,
        ground="records",
        note="note",
        by=world.people["officer"],
        at=APPROVED_AT,
    )
    world.certificate_scheme = CertificateSchemeFactory()


def certificate(world):
    return {"uid": world.certificate.uid}


ROWS = [
    Row("certificates:certificate_wall", ok=SIGNED_IN),
    Row("certificates:certificate_file", ok={"trainee", "hr", *STAFF}, kwargs=certificate),
    Row("certificates:verify_form", ok=EVERYBODY),
    Row(
        "certificates:verify_code",
        ok=EVERYBODY,
        kwargs=lambda w: {"code": w.certificate.code},
    ),
    Row("certificates:office_list", ok=STAFF),
    Row("certificates:office_detail", ok=STAFF, kwargs=certificate),
    Row("certificates:missing_issue", ok={"officer"}, method="post", status=302),
    Row("certificates:scheme_list", ok={"officer"}),
    Row(
        "certificates:scheme_edit",
        ok={"officer"},
        kwargs=lambda w: {"pk": w.certificate_scheme.programme_id},
    ),
    Row(
        "certificates:paper_rerun",
        ok={"officer"},
        method="post",
        status=302,
        kwargs=certificate,
    ),
    Row(
        "certificates:revocation_request",
        ok={"officer"},
        method="post",
        status=422,
        kwargs=certificate,
    ),
    Row(
        "certificates:revocation_decide",
        ok={"approver"},
        method="post",
        status=302,
        data=lambda w: {"decision": "decline"},
        kwargs=lambda w: {"pk": w.revocation.pk},
    ),
]
