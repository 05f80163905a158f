import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.models import AuditRow
from kit.crypto import decrypt, keyed_hash
from kit.refusing import Refused
from people import roles
from people.choices import UnitKind
from people.models import Post, Profile, Unit, User
from people.services import check_roster, import_roster
from tests.factories.people import ProfileFactory, UnitFactory, UserFactory
from tests.people.roster import id_number, workbook

DEMO = Path(__file__).resolve().parents[2] / "demo"
pytestmark = pytest.mark.django_db
COMPANY = {"unit": "示例公司", "uscc": "91369900MA0DEM013H"}


def run(path, at, **options):
    with path.open("rb") as file:
        return import_roster(file=file, name=path.name, by=None, at=at, **options)


def take(at, *rows, **options):
    return import_roster(file=workbook(*rows), name="a.xlsx", by=None, at=at, **options)


def codes(result):
    return [(error["column"], error["code"]) for error in result.errors]


def test_the_demo_roster_makes_125_people_once(at):
    first = run(DEMO / "roster_2026Q4.xlsx", at)
    second = run(DEMO / "roster_2026Q4.xlsx", at)

    assert first.as_json() == {
        "rows": 125, "accepted": 125, "rejected": 0, "created": 125, "updated": 0,
        "errors": [], "flags": [],
    }  # fmt: skip
    assert (second.created, second.updated) == (0, 0)
    assert User.objects.count() == Profile.objects.count() == 125
    assert User.objects.filter(groups__name=roles.TRAINEE).count() == 125
    assert User.objects.filter(number__startswith="XY26").count() == 40
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert AuditRow.objects.filter(action="people.roster_imported").count() == 1


def test_the_csv_of_gb18030_names_the_same_people(at):
    run(DEMO / "roster_2026Q4.xlsx", at)

    result = run(DEMO / "roster_gb18030.csv", at)

    assert (result.rows, result.created, result.updated, result.errors) == (20, 0, 0, [])


def test_the_csv_alone_makes_its_people(at):
    result = run(DEMO / "roster_gb18030.csv", at)

    assert (result.created, result.flags) == (20, [])


def test_the_messy_roster_comes_out_as_expected(at):
    expected = json.loads((DEMO / "roster_messy.expected.json").read_text())

    result = run(DEMO / "roster_messy.xlsx", at)

    found = dict.fromkeys(range(2, 27), ("accept", None))
    found |= {flag["row"]: ("accept", flag["column"]) for flag in result.flags}
    found |= {error["row"]: ("reject", error["column"]) for error in result.errors}
    assert found == {each["row"]: (each["verdict"], each["column"]) for each in expected}
    assert len(result.errors) == result.rejected == 18
    assert (result.rows, result.accepted, result.created) == (25, 7, 0)
    assert User.objects.count() == 0


def test_good_rows_of_the_messy_roster_are_written_when_told_to(at):
    result = run(DEMO / "roster_messy.xlsx", at, skip_bad=True)

    assert (result.created, result.rejected) == (7, 18)
    assert User.objects.get(number="MX00012").name == "𠮷田正"
    assert User.objects.get(number="MX00026").name == "刘小燕"
    assert User.objects.get(number="MX00008").mobile == "15400138000"


def test_checking_writes_nothing(at):
    with (DEMO / "roster_2026Q4.xlsx").open("rb") as file:
        result = check_roster(file=file, name="a.xlsx", at=at)

    assert result.created == 125
    assert (User.objects.count(), Unit.objects.count()) == (0, 0)


def test_a_person_is_stored_with_sealed_numbers_and_the_whole_record(at):
    take(
        at,
        {"number": "B1", "name": "上级", "id_number": id_number("36990119900307003"), **COMPANY},
        {
            "number": "A1", "sex": "男", "mobile": "15400000001", "email": "a@b.com",
            "department": "电商部", "post": "店铺运营", "family": "运营类", "category": "企业职工",
            "hired_on": date(2020, 1, 2), "education": "本科", "household": "江西省",
            "permit": "369964", "bank_name": "江西银行", "bank_account": "9999616750043432145",
            "supervisor": "B1", **COMPANY,
        },
    )  # fmt: skip

    person = User.objects.get(number="A1")
    profile = person.profile
    assert decrypt(profile.id_number_sealed) == id_number()
    assert profile.id_number_hash == keyed_hash(id_number())
    assert profile.id_number_masked == "369***********001X"
    assert decrypt(profile.bank_account_sealed) == "9999616750043432145"
    assert (profile.unit.name, profile.unit.organisation.uscc) == ("电商部", COMPANY["uscc"])
    assert profile.unit.full_name == "示例公司 · 电商部"
    assert (profile.post.name, profile.post.in_coverage) == ("店铺运营", True)
    assert profile.supervisor.number == "B1"
    assert (profile.sex, profile.born_on, profile.hired_on) == (
        "M", date(1990, 3, 7), date(2020, 1, 2),
    )  # fmt: skip
    assert roles.roles_of(person) == {roles.TRAINEE}


def test_a_role_column_is_ignored(at):
    result = import_roster(file=workbook({}, extra=["角色"]), name="a.xlsx", by=None, at=at)

    assert result.ignored == ["角色"]
    assert roles.roles_of(User.objects.get()) == {roles.TRAINEE}


def test_people_without_a_number_get_the_next_free_one(at):
    UserFactory(number="XY2600007")

    take(at, {})

    assert User.objects.get(profile__isnull=False).number == "XY2600008"


def test_what_differs_is_changed_and_blank_cells_change_nothing(at):
    take(at, {"number": "A1", "mobile": "15400000001", "education": "本科", **COMPANY})

    result = take(
        at,
        {"number": "A1", "name": "王大明", "mobile": "15400000002", "post": "美工",
         "id_type": "身份证",
         "bank_account": "9999616750043432145", "department": "电商部", **COMPANY},
    )  # fmt: skip

    person = User.objects.get(number="A1")
    assert (result.created, result.updated) == (0, 1)
    assert result.targets[0].changed == ["姓名", "手机号", "银行账号", "单位", "岗位"]
    assert (person.name, person.mobile, person.profile.education) == (
        "王大明", "15400000002", "本科",
    )  # fmt: skip
    assert Post.objects.get(name="美工").in_coverage is False


def test_a_changed_kind_of_document_and_a_supervisor_are_noticed(at):
    UserFactory(number="BOSS")
    take(at, {"number": "A1"})

    result = take(at, {"number": "A1", "id_type": "港澳台居民居住证", "supervisor": "BOSS"})

    assert result.targets[0].changed == ["证件类型", "直属上级工号"]
    assert Profile.objects.get().id_type == "residence_permit"


def test_an_account_known_by_number_gets_its_record_and_the_role(at):
    person = UserFactory(number="A1", name="王小明")

    result = take(at, {"number": "A1"})

    assert result.updated == 1
    person.refresh_from_db()
    assert person.profile.id_number_masked == "369***********001X"
    assert roles.has_role(User.objects.get(pk=person.pk), roles.TRAINEE)


def test_a_known_person_who_only_lacks_the_role_gets_it(at):
    take(at, {"number": "A1"})
    User.objects.get().groups.clear()

    result = take(at, {"number": "A1"})

    assert (result.updated, result.targets[0].changed) == (1, ["工号"])


def test_a_person_registered_under_another_number_is_refused(at):
    take(at, {"number": "A1"})

    assert codes(take(at, {"number": "A2"})) == [("工号", "id_has_other_number")]


def test_a_number_of_another_person_is_refused(at):
    take(at, {"number": "A1"})
    other = {"number": "A1", "id_number": id_number("36990119900307003")}

    assert codes(take(at, other)) == [("证件号码", "number_has_other_id")]


def test_mobile_and_address_of_another_person_are_refused(at):
    UserFactory(mobile="15400000001", email="a@b.com")

    result = take(at, {"mobile": "15400000001", "email": "A@b.com"})

    assert codes(result) == [("邮箱", "email_taken"), ("手机号", "mobile_taken")]
    assert result.errors[1]["value"] == "154****0001"


def test_nobody_is_moved_to_another_unit_in_silence(at):
    take(at, {"number": "A1", **COMPANY})
    elsewhere = {"number": "A1", "unit": "果业合作社", "uscc": "91369900MA0DEM021C"}
    UnitFactory(name="果业合作社", uscc="91369900MA0DEM021C")

    refused = take(at, elsewhere)
    moved = take(at, elsewhere, allow_move=True)

    assert codes(refused) == [("单位", "works_elsewhere")]
    assert "示例公司" in refused.errors[0]["reason"]
    assert moved.updated == 1
    assert Profile.objects.get().unit.name == "果业合作社"


def test_units_are_found_by_code_or_name_and_made_by_code(at):
    UnitFactory(name="赣江中心", uscc="52369900MA0DEM03X5")

    take(
        at,
        {"unit": "赣江中心", "id_number": id_number("36990119900307003")},
        {"unit": "赣鄱学校", "uscc": "52369900MA0DEM013J"},
    )

    assert Unit.objects.get(name="赣鄱学校").kind == UnitKind.PROVIDER
    assert Unit.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"unit": "江右优选电商"}, ("单位", "unit_unknown")),
        ({"uscc": "91369900MA0DEM021C"}, ("单位", "unit_missing")),
        (
            {"unit": "江右优选", "uscc": "91369900MA0DEM021C"},
            ("统一社会信用代码", "unit_has_other_code"),
        ),
        ({"unit": "旧公司"}, ("单位", "unit_archived")),
    ],
)  # fmt: skip
def test_a_unit_that_cannot_be_is_refused(at, row, code):
    UnitFactory(name="江右优选", uscc="91369900MA0DEM013H")
    UnitFactory(name="旧公司", is_active=False)

    assert codes(take(at, row)) == [code]


def test_an_unknown_unit_is_answered_with_the_nearest_names(at):
    UnitFactory(name="江右优选")

    assert "江右优选" in take(at, {"unit": "江右优先"}).errors[0]["reason"]


def test_a_unit_called_otherwise_keeps_its_name_and_is_pointed_out(at):
    UnitFactory(name="江右优选", uscc=COMPANY["uscc"])

    result = take(at, COMPANY)

    assert [flag["code"] for flag in result.flags] == ["unit_name_differs"]
    assert Profile.objects.get().unit.name == "江右优选"


def test_a_record_without_unit_gets_one(at):
    ProfileFactory(unit=None, user__number="A1", user__name="王小明")
    profile = Profile.objects.get()
    profile.id_number_hash = keyed_hash(id_number())
    profile.save()

    assert take(at, {"number": "A1", **COMPANY}).updated == 1
    assert Profile.objects.get().unit.name == "示例公司"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空"),
        (b"%PDF-1.4", "PDF"),
        ("姓名,手机号\n王小明,15400000001\n".encode(), "证件号码"),
        ("姓名,证件号码\n".encode(), "没有人员"),
        ("姓名,证件号码,身份证号\n王,1,1\n".encode(), "身份证号"),
    ],
)
def test_a_file_that_is_no_roster_is_refused_with_the_reason(at, tmp_path, content, words):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(Refused, match=words) as caught:
        run(path, at)

    assert caught.value.code == "file_refused"


def command(*args):
    out, err = StringIO(), StringIO()
    call_command("import_roster", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_prints_json_of_one_shape(at):
    out, _err = command(str(DEMO / "roster_messy.xlsx"), "--json")

    found = json.loads(out)
    assert list(found) == [
        "rows", "accepted", "rejected", "created", "updated", "errors", "flags",
    ]  # fmt: skip
    assert list(found["errors"][0]) == ["row", "column", "value", "reason"]
    assert list(found["flags"][0]) == ["row", "column", "reason"]
    assert "369901199003070011" not in out


def test_the_command_checks_only_when_told_so(at):
    out, _err = command(str(DEMO / "roster_gb18030.csv"), "--dry-run", "--json")

    assert json.loads(out)["created"] == 20
    assert User.objects.count() == 0


def test_the_command_tells_a_person_what_to_mend(at):
    out, err = command(str(DEMO / "roster_messy.xlsx"))

    assert "18" in out
    assert "a@b.com␊Bcc: x@y.com" in err
    assert "--skip-bad" in err


def test_the_command_refuses_what_it_cannot_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"")

    with pytest.raises(CommandError, match="空"):
        command(str(tmp_path / "a.csv"))
    with pytest.raises(CommandError, match="nowhere"):
        command("/nowhere.xlsx")
