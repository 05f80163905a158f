from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

import factory

from certificates.models import CertificateScheme
from certificates.services import issue_certificate, render_certificate
from exams.models import Assessment, AssessmentScheme
from people.models import Profile
from tests.factories.people import UserFactory
from tests.factories.training import (
    AttendanceFactory,
    ClassSessionFactory,
    EnrolmentFactory,
    ProgrammeFactory,
)

ZONE = ZoneInfo("Asia/Shanghai")
APPROVED_AT = datetime(2026, 3, 20, 10, tzinfo=ZONE)


class CertificateSchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CertificateScheme

    programme = factory.SubFactory(ProgrammeFactory)
    title = "电商运营岗位能力提升培训（2026年第一季度）"
    issuer_name = "赣鄱云商职业培训学校（示例）"
    issuer_uscc = ""
    issuer_code = "DEMO"
    kind_code = "YY"
    validity_months = 36


class AssessmentSchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AssessmentScheme

    code = factory.Sequence(lambda n: f"S{n}")
    title = "综合评定"
    weights = {"theory": 40, "practical": 40, "process": 20}
    floors = {"theory": 60, "practical": 60, "total": 60}
    practical_split = {"tasks": 80, "showcase": 20}
    process_items = {"participation": 20, "case": 25, "discussion": 20, "drill": 35}


def pair(part, text):
    value = Fraction(text)
    return {
        f"{part}_numerator": value.numerator,
        f"{part}_denominator": value.denominator,
        f"{part}_score": text,
    }


def make_identity(person, masked="369***********001X"):
    Profile.objects.create(
        user=person,
        id_number_sealed="k1:x",
        id_number_hash=f"h{person.pk}",
        id_number_masked=masked,
    )


def make_pass(*, enrolment=None, scheme=True, passed=True, identity=True, at=APPROVED_AT, **user):
    """An approved assessment of a class member: 86.00, 78.00, 90.00, total 83.60."""
    enrolment = enrolment or EnrolmentFactory(
        person=UserFactory(roles=["trainee"], **{"name": "陈晓岚", **user})
    )
    if identity:
        make_identity(enrolment.person)
    programme = enrolment.training_class.programme
    if scheme and not CertificateScheme.objects.filter(programme=programme).exists():
        CertificateSchemeFactory(programme=programme)
    session = ClassSessionFactory(training_class=enrolment.training_class, day=1, seconds=108_000)
    AttendanceFactory(session=session, enrolment=enrolment)
    return Assessment.objects.create(
        person=enrolment.person,
        context=enrolment.context,
        title="综合评定",
        scheme=AssessmentSchemeFactory(),
        scheme_snapshot={},
        state="approved",
        **pair("theory", "86"),
        **pair("practical", "78"),
        **pair("process", "90"),
        **pair("total", "83.6"),
        passed=passed,
        inputs={"a": 1},
        inputs_digest="d" * 64,
        opened_at=at,
        computed_at=at,
        submitted_by=UserFactory(roles=["officer"]),
        submitted_at=at,
        approved_by=UserFactory(roles=["approver"]),
        approved_at=at,
    )


def make_certificate(*, rendered=True, at=APPROVED_AT, **more):
    """A certificate as the approval makes it; rendered, it is valid."""
    certificate = issue_certificate(assessment=make_pass(at=at, **more), at=at)
    if rendered:
        render_certificate(certificate_id=certificate.pk, at=at)
        certificate.refresh_from_db()
    return certificate
