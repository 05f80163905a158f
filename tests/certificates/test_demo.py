import pytest

from certificates.models import CertificateScheme
from demo.loaders.certificates import load
from tests.factories.training import ProgrammeFactory

pytestmark = pytest.mark.django_db


def test_every_programme_gets_its_scheme_once(at):
    ProgrammeFactory(code="A")
    ProgrammeFactory(code="B", kind="entrepreneurship", issuer="")

    load(at)
    load(at)

    made = CertificateScheme.objects.values_list("programme__code", "kind_code", "issuer_name")
    issuer = "赣鄱云商职业培训学校(示例)"
    assert list(made) == [("A", "YY", issuer), ("B", "CY", issuer)]
