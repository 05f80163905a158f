from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import (
    ActivationSlip,
    Competency,
    CompetencyItem,
    Post,
    Profile,
    RosterImport,
    RosterImportRow,
    SetupLink,
    Unit,
    User,
)
from tests.factories.people import PostFactory, ProfileFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()
    return True


def test_accounts():
    UserFactory(number="A1", email="a@b.com", mobile="15400000001")

    assert refused(lambda: UserFactory(number="A1"))
    assert refused(lambda: User.objects.create(number="a2", name="x"))
    assert refused(lambda: UserFactory(email="a@b.com"))
    assert refused(lambda: UserFactory(mobile="15400000001"))


def test_units():
    top = UnitFactory(name="甲", uscc="91369900MA0DEM013H")
    UnitFactory(name="乙", kind="department", parent=top)

    assert refused(lambda: UnitFactory(name="甲"))
    assert refused(lambda: UnitFactory(uscc="91369900MA0DEM013H"))
    assert refused(lambda: UnitFactory(name="乙", kind="department", parent=top))
    assert refused(lambda: UnitFactory(kind="department"))
    assert refused(lambda: Unit.objects.filter(pk=top.pk).update(parent=top.pk))


def test_posts_and_competencies():
    PostFactory(name="主播")
    data = Competency.objects.create(code="data", name="数据", weight_percent=25)
    CompetencyItem.objects.create(competency=data, name="解读", max_points=15)

    assert refused(lambda: Post.objects.create(name="主播", family="other"))
    assert refused(lambda: Competency.objects.create(code="data", name="x", weight_percent=1))
    assert refused(lambda: Competency.objects.create(code="a", name="x", weight_percent=0))
    assert refused(lambda: Competency.objects.create(code="b", name="x", weight_percent=101))
    assert refused(
        lambda: CompetencyItem.objects.create(competency=data, name="解读", max_points=1)
    )
    assert refused(
        lambda: CompetencyItem.objects.create(competency=data, name="应用", max_points=0)
    )


def test_profiles():
    profile = ProfileFactory(id_number_hash="a" * 64)
    mine = Profile.objects.filter(pk=profile.pk)

    assert refused(lambda: ProfileFactory(id_number_hash="a" * 64))
    assert refused(lambda: mine.update(id_number_sealed=""))
    assert refused(lambda: mine.update(bank_account_hash="x"))
    assert refused(lambda: mine.update(supervisor=profile.user))
    assert refused(lambda: mine.update(hired_on=date(1990, 1, 1)))
    assert refused(lambda: Profile.objects.create(user=profile.user))


def test_slips_and_links():
    person, later = UserFactory(), NOW + timedelta(days=1)
    times = {"issued_at": NOW, "expires_at": later}
    slip = ActivationSlip.objects.create(person=person, code_hash="a", **times)

    assert refused(lambda: ActivationSlip.objects.create(person=person, code_hash="b", **times))
    assert refused(
        lambda: ActivationSlip.objects.create(person=UserFactory(), code_hash="a", **times)
    )
    assert refused(lambda: ActivationSlip.objects.filter(pk=slip.pk).update(expires_at=NOW))
    assert refused(
        lambda: ActivationSlip.objects.filter(pk=slip.pk).update(used_at=NOW, withdrawn_at=NOW)
    )
    assert refused(lambda: SetupLink.objects.create(token_hash="a", created_at=NOW, expires_at=NOW))


def test_roster_imports():
    fields = {"file_name": "a.xlsx", "file_sha256": "0" * 64, "created_at": NOW}
    batch = RosterImport.objects.create(**fields)
    RosterImportRow.objects.create(batch=batch, row=2, outcome="same")

    assert refused(lambda: RosterImport.objects.create(**fields, state="written"))
    assert refused(lambda: RosterImport.objects.create(**fields, written_at=NOW))
    assert refused(lambda: RosterImportRow.objects.create(batch=batch, row=2, outcome="same"))


def test_what_things_are_called():
    person = UserFactory(name="张小燕", number="A1")
    unit = UnitFactory(name="示例公司")
    names = [person, ProfileFactory(user=person), unit, PostFactory(name="主播"),
             Competency(name="数据"), CompetencyItem(name="解读"), RosterImport(file_name="a.xlsx"),
             ActivationSlip(person=person, issued_at=NOW)]  # fmt: skip

    assert [str(each) for each in names[:-1]] == [
        "张小燕 (A1)", "张小燕 (A1)", "示例公司", "主播", "数据", "解读", "a.xlsx",
    ]  # fmt: skip
    assert str(names[-1]).startswith("张小燕 (A1) ")
    assert (person.get_full_name(), person.get_short_name(), person.first_name, person.last_name) \
        == ("张小燕", "张小燕", "张小燕", "")  # fmt: skip
    assert (unit.full_name, unit.organisation) == ("示例公司", unit)
