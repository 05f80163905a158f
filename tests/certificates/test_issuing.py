import io

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from certificates.models import Certificate, NumberCounter
from certificates.queries import classroom_seconds, passed_without_certificate, valid_certificate
from certificates.services import (
    issue_certificate,
    issue_missing,
    render_certificate,
)
from exams.signals import assessment_approved
from jobs.models import OutboxMessage
from kit.canonical import digest
from kit.refusing import Refused
from kit.storage import private_storage
from tests.factories.certificates import (
    APPROVED_AT,
    CertificateSchemeFactory,
    make_certificate,
    make_pass,
)
from tests.factories.people import UserFactory
from tests.factories.training import AttendanceFactory, ClassSessionFactory

pytestmark = pytest.mark.django_db


def text_of(certificate):
    reader = pypdf.PdfReader(io.BytesIO(private_storage().open(certificate.file.name).read()))
    return "".join(page.extract_text() for page in reader.pages)


def test_an_approved_pass_becomes_a_certificate_and_a_message():
    assessment = make_pass()

    assessment_approved.send(type(assessment), assessment=assessment, at=APPROVED_AT)

    certificate = Certificate.objects.get()
    assert certificate.number == "DEMO-2026-YY-000001H"
    assert certificate.state == "pending"
    assert certificate.snapshot["total"] == "83.60"
    assert certificate.digest == digest(certificate.snapshot)
    message = OutboxMessage.objects.get(key=f"certificate:{certificate.pk}:1")
    assert (message.task, message.args) == (
        "certificates.render_certificate",
        {"certificate_id": certificate.pk},
    )


def test_the_paper_can_be_read_back():
    certificate = make_certificate()

    text = text_of(certificate).replace(" ", "")
    words = (
        certificate.number,
        "陈晓岚",
        "369***********001X",
        "集中培训40学时",
        "83.60",
        "演示样张",
    )
    assert [word for word in words if word not in text] == []


def test_without_the_demo_there_is_no_watermark(settings):
    settings.DEMO = False

    assert "演示样张" not in text_of(make_certificate())


def test_the_watermark_is_of_the_day_of_issue(settings):
    certificate = issue_certificate(assessment=make_pass(), at=APPROVED_AT)
    settings.DEMO = False

    render_certificate(certificate_id=certificate.pk, at=APPROVED_AT)

    certificate.refresh_from_db()
    assert "演示样张" in text_of(certificate)


def test_the_same_assessment_again_gives_the_same_certificate():
    assessment = make_pass()
    first = issue_certificate(assessment=assessment, at=APPROVED_AT)

    again = issue_certificate(assessment=assessment, at=APPROVED_AT)

    assert (again, NumberCounter.objects.get().last) == (first, 1)
    assert OutboxMessage.objects.filter(task="certificates.render_certificate").count() == 1


def test_a_rolled_back_issue_leaves_no_gap():
    assessment = make_pass()
    with transaction.atomic():
        issue_certificate(assessment=assessment, at=APPROVED_AT)
        transaction.set_rollback(True)

    assert issue_certificate(assessment=assessment, at=APPROVED_AT).number[-7:-1] == "000001"


@pytest.mark.parametrize("change", [{"passed": False}, {"scheme": False}])
def test_nothing_is_due(change):
    assert issue_certificate(assessment=make_pass(**change), at=APPROVED_AT) is None


@pytest.mark.parametrize(
    "context", ["other.thing:1", "training.enrolment:x", "training.enrolment:0"]
)
def test_nothing_is_due_outside_a_class(context):
    assessment = make_pass()
    assessment.context = context

    assert issue_certificate(assessment=assessment, at=APPROVED_AT) is None


def test_nothing_is_due_before_approval():
    assessment = make_pass()
    assessment.state = "ready"

    assert issue_certificate(assessment=assessment, at=APPROVED_AT) is None


def test_a_holder_without_a_profile_is_numbered_too():
    certificate = issue_certificate(assessment=make_pass(identity=False), at=APPROVED_AT)

    assert certificate.snapshot["id_masked"] == ""


def test_only_attended_class_time_counts():
    assessment = make_pass()
    certificate = issue_certificate(assessment=assessment, at=APPROVED_AT)
    enrolment = certificate.enrolment
    session = ClassSessionFactory(training_class=enrolment.training_class, day=2, seconds=2700)
    AttendanceFactory(session=session, enrolment=enrolment, state="absent")

    assert classroom_seconds(enrolment) == 108_000


def test_passes_without_a_scheme_are_issued_later():
    assessment = make_pass(scheme=False)
    assert issue_certificate(assessment=assessment, at=APPROVED_AT) is None
    assert list(passed_without_certificate()) == [assessment]
    programme = assessment.person.enrolments.get().training_class.programme
    CertificateSchemeFactory(programme=programme)

    officer = UserFactory(roles=["officer"])
    assert issue_missing(by=officer, at=APPROVED_AT) == 1
    assert list(passed_without_certificate()) == []


def test_only_officers_issue_later():
    with pytest.raises(Refused, match=r"考务|officers"):
        issue_missing(by=UserFactory(roles=["hr"]), at=APPROVED_AT)


def test_valid_certificate_of_an_enrolment():
    certificate = make_certificate()

    assert valid_certificate(certificate.enrolment) == certificate
    assert valid_certificate(certificate.enrolment, APPROVED_AT) == certificate
    late = APPROVED_AT.replace(year=2030)
    assert valid_certificate(certificate.enrolment, late) is None


def test_a_paper_that_waits_is_no_valid_certificate():
    certificate = make_certificate(rendered=False)

    assert valid_certificate(certificate.enrolment) is None


def test_a_certificate_is_never_deleted():
    with pytest.raises(TypeError, match="never deleted"):
        make_certificate(rendered=False).delete()


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"state": "valid"}, "certificate_valid_has_its_paper"),
        ({"file": "a.pdf"}, "certificate_paper_whole_or_absent"),
        ({"ready_at": timezone.now()}, "certificate_paper_whole_or_absent"),
        ({"state": "revoked"}, "certificate_revoked_has_its_time"),
        ({"revoked_at": timezone.now()}, "certificate_revoked_has_its_time"),
        ({"expires_on": "2000-01-01"}, "certificate_expires_after_issue"),
    ],
)
def test_the_database_refuses(change, name):
    certificate = make_certificate(rendered=False)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(**change)


def test_one_live_certificate_per_enrolment():
    certificate = make_certificate(rendered=False)
    certificate.pk, certificate.number, certificate.code = None, "X", "Y"
    certificate.uid = "00000000-0000-0000-0000-000000000000"
    certificate._state.adding = True

    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save()
