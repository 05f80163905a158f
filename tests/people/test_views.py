from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditRow
from kit.crypto import encrypt, keyed_hash
from people import roles
from people.models import Competency, Post, RosterImport, Unit, User
from people.services import check_batch, write_batch
from tests.factories.people import PostFactory, ProfileFactory, UnitFactory, UserFactory
from tests.people.roster import id_number, workbook

pytestmark = pytest.mark.django_db
NUMBER = id_number()


@pytest.fixture
def hr(client):
    person = UserFactory(roles=["hr"], name="沈若兰")
    client.force_login(person)
    return person


@pytest.fixture
def administrator(client):
    person = UserFactory(roles=["administrator"])
    client.force_login(person)
    return person


def known(**more):
    sealed = {"id_number_sealed": encrypt(NUMBER), "id_number_hash": keyed_hash(NUMBER)}
    return ProfileFactory(**sealed, **more)


def text(response):
    return response.content.decode()


def names(response):
    return [person.name for person in response.context["page_obj"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["沈若兰", "张小燕", "李大海"]),
        ({"q": "小燕"}, ["张小燕"]),
        ({"q": " zz00001 "}, ["张小燕"]),
        ({"q": "15400000001"}, ["李大海"]),
        ({"category": "student"}, ["李大海"]),
        ({"role": "hr"}, ["沈若兰"]),
        ({"state": "waiting"}, ["李大海"]),
        ({"state": "active"}, ["沈若兰", "张小燕", "李大海"]),
        ({"state": "disabled"}, []),
        ({"role": "king"}, []),
        ({"page": "99"}, ["沈若兰", "张小燕", "李大海"]),
    ],
)
def test_people_are_found(client, hr, query, found):
    known(user__name="张小燕", user__number="ZZ00001")
    other = ProfileFactory(user__name="李大海", user__mobile="15400000001", category="student").user
    other.set_unusable_password()
    other.save()

    response = client.get(reverse("people:person_list"), query)

    assert sorted(names(response)) == sorted(found)
    assert NUMBER not in text(response)


def test_a_whole_id_number_finds_its_person_without_standing_in_an_address(client, hr):
    profile = known()
    url = reverse("people:person_find")

    found = client.post(url, {"id_number": f" {NUMBER.lower()} "})
    part = client.post(url, {"id_number": NUMBER[:12]}, follow=True)

    assert found.url == reverse("people:person_detail", kwargs={"pk": profile.user_id})
    assert "没有登记这个证件号码的人" in text(part)
    assert NUMBER[:12] not in text(part)


def test_people_of_a_unit_and_its_departments_are_found(client, hr):
    company = UnitFactory()
    department = UnitFactory(kind="department", parent=company)
    ProfileFactory(unit=department, user__name="张小燕")
    ProfileFactory(user__name="李大海")

    response = client.get(reverse("people:person_list"), {"unit": company.pk})

    assert names(response) == ["张小燕"]


def test_a_whole_id_number_is_shown_once_for_a_reason(client, hr):
    profile = known()
    url = reverse("people:id_reveal", kwargs={"pk": profile.user_id})

    assert NUMBER not in text(client.post(url, {"reason": " "}))
    shown = client.post(url, {"reason": "核对社保"})

    assert NUMBER in text(shown)
    assert "no-store" in shown["Cache-Control"]
    assert NUMBER not in text(
        client.get(reverse("people:person_detail", kwargs={"pk": profile.user_id}))
    )
    assert AuditRow.objects.get(action="people.id_revealed").reason == "核对社保"


def test_a_person_without_an_id_number_has_none_to_show(client, hr):
    url = reverse("people:id_reveal", kwargs={"pk": hr.pk})

    response = client.post(url, {"reason": "x"}, follow=True)

    assert "没有登记证件号码" in text(response)


def test_a_record_is_corrected(client, hr):
    profile = ProfileFactory()
    post = PostFactory()
    url = reverse("people:person_edit", kwargs={"pk": profile.user_id})
    data = {"name": "王大明", "mobile": "+86 15400000001", "email": "A@b.com", "post": post.pk,
            "category": "student", "unit": profile.unit_id}  # fmt: skip

    bad = client.post(url, {**data, "mobile": "12"})
    assert "12" in text(bad)
    assert client.post(url, data).status_code == 302

    profile.refresh_from_db()
    assert (profile.user.name, profile.user.mobile, profile.user.email, profile.post) == (
        "王大明", "15400000001", "a@b.com", post,
    )  # fmt: skip


def test_a_taken_mobile_is_said_and_a_person_without_profile_gets_one(client, hr):
    UserFactory(mobile="15400000001")
    url = reverse("people:person_edit", kwargs={"pk": hr.pk})
    data = {"name": "沈若兰", "mobile": "15400000001", "category": "employee"}

    assert "已被别人使用" in text(client.post(url, data))
    assert client.post(url, {**data, "mobile": ""}).status_code == 302
    assert User.objects.get(pk=hr.pk).profile.category == "employee"


def test_an_account_is_disabled_with_a_reason(client, hr):
    person = UserFactory()
    url = reverse("people:person_state", kwargs={"pk": person.pk})

    refused = client.post(url, {"active": "0"}, follow=True)
    client.post(url, {"active": "0", "reason": "离职"})

    assert "理由" in text(refused)
    assert User.objects.get(pk=person.pk).is_active is False


def test_slips_are_printed_with_codes_and_qr(client, hr):
    people = [UserFactory(roles=["trainee"]) for _ in range(3)]
    for person in people:
        person.set_unusable_password()
        person.save()

    page = client.get(reverse("people:slip_print"))
    assert len(page.context["people"]) == 3
    sheet = client.post(reverse("people:slip_print"), {"people": [p.pk for p in people]})

    assert text(sheet).count("<svg") >= 3
    assert [card["slip"].person.pk for card in sheet.context["cards"]] == [p.pk for p in people]
    assert all(card["slip"].code in text(sheet) for card in sheet.context["cards"])
    assert "no-store" in sheet["Cache-Control"]


def test_slips_say_why_they_are_not_printed(client, hr):
    url = reverse("people:slip_print")
    one, two = UserFactory(roles=["trainee"]), UserFactory(roles=["trainee"])

    assert "请先勾选" in text(client.post(url, {"people": ["x", "9" * 30]}, follow=True))
    assert "写明怎样核对" in text(client.post(url, {"people": one.pk}, follow=True))
    both = client.post(url, {"people": [one.pk, two.pk]}, follow=True)
    assert "写明怎样核对" in text(both)


def test_roles_are_changed_on_the_page(client, administrator):
    person = UserFactory(number="GR009")
    url = reverse("people:role_change", kwargs={"pk": person.pk})

    assert "GR009" in text(client.get(reverse("people:role_list"), {"q": "gr009"}))
    assert "没有这个工号" in text(client.get(reverse("people:role_list"), {"q": "no"}))
    granted = client.post(url, {"role": "grader", "action": "grant"}, follow=True)
    assert roles.has_role(User.objects.get(pk=person.pk), "grader")
    withdrawn = client.post(url, {"role": "grader", "action": "withdraw"}, follow=True)
    wrong = client.post(url, {"role": "king", "action": "grant"}, follow=True)
    own = reverse("people:role_change", kwargs={"pk": administrator.pk})
    last = client.post(own, {"role": "administrator", "action": "withdraw"}, follow=True)

    assert "已授予" in text(granted)
    assert "已收回" in text(withdrawn)
    assert "没有这个角色" in text(wrong)
    assert "最后一位管理员" in text(last)


def test_units_and_posts_are_kept(client, hr):
    company = UnitFactory(name="示例公司")
    Competency.objects.create(code="data", name="数据分析能力", weight_percent=25)
    unit = {"name": "电商部", "kind": "department", "parent": company.pk, "is_active": "on"}

    assert client.post(reverse("people:unit_new"), unit).status_code == 302
    wrong = {**unit, "name": "坏", "uscc": "91369900MA0DEM0131"}
    assert "is-invalid" in text(client.post(reverse("people:unit_new"), wrong))
    good = {"name": "改名", "kind": "enterprise", "uscc": "91369900ma0dem013h"}
    client.post(reverse("people:unit_edit", kwargs={"pk": company.pk}), good)
    client.post(reverse("people:post_new"), {"name": "主播", "family": "operation"})
    post = Post.objects.get()
    client.post(
        reverse("people:post_edit", kwargs={"pk": post.pk}),
        {"name": "主播", "family": "operation", "in_coverage": "on"},
    )

    page = text(client.get(reverse("people:organisation_list")))
    assert Unit.objects.get(pk=company.pk).uscc == "91369900MA0DEM013H"
    assert Post.objects.get().in_coverage is True
    assert all(word in page for word in ("电商部", "改名", "主播", "数据分析能力"))


def test_a_department_without_its_organisation_is_refused(client, hr):
    response = client.post(reverse("people:unit_new"), {"name": "电商部", "kind": "department"})

    assert (response.status_code, Unit.objects.count()) == (200, 0)


def upload(client, *rows):
    file = SimpleUploadedFile("花名册.xlsx", workbook(*rows).read())
    response = client.post(reverse("people:roster_import"), {"file": file})
    return RosterImport.objects.get(), response


def test_a_roster_goes_from_upload_to_people(client, hr):
    batch, response = upload(client, {"number": "A1", "mobile": "１５４００００００01"})
    detail = reverse("people:roster_detail", kwargs={"pk": batch.pk})
    assert response.url == detail
    assert 'http-equiv="refresh"' in text(client.get(detail))

    check_batch(batch_id=batch.pk, at=timezone.now())
    page = text(client.get(detail))
    assert "试运行：还没有写入任何人" in page
    assert "写入 1 人" in page
    assert "全角数字" in page
    client.post(reverse("people:roster_write", kwargs={"pk": batch.pk}), {"mode": "all"})
    write_batch(batch_id=batch.pk, at=timezone.now())

    assert "打印登录条" in text(client.get(detail))
    assert User.objects.get(number="A1").name == "王小明"
    assert "花名册.xlsx" in text(client.get(reverse("people:roster_import")))


def test_bad_rows_are_listed_filtered_and_downloaded(client, hr):
    batch, _response = upload(
        client, {"name": "王_x0007_明", "mobile": "12"}, {"id_number": "369901199003070011"}
    )
    check_batch(batch_id=batch.pk, at=timezone.now())
    detail = reverse("people:roster_detail", kwargs={"pk": batch.pk})

    page = client.get(detail)
    refused = client.post(reverse("people:roster_write", kwargs={"pk": batch.pk}), {}, follow=True)
    filtered = client.get(detail, {"column": "手机号"})
    download = client.get(reverse("people:roster_errors", kwargs={"pk": batch.pk}))

    assert '<span class="ctl">BEL</span>' in text(page)
    assert "369901199003070011" not in text(page)
    assert "先改好" in text(refused)
    assert [error["column"] for error in filtered.context["errors"]] == ["手机号"]
    sheet = openpyxl.load_workbook(BytesIO(b"".join(download.streaming_content))).worksheets[0]
    assert [cell.value for cell in sheet[2]][:4] == [2, None, None, "姓名"]


def test_the_same_file_again_is_pointed_out(client, hr):
    first, _response = upload(client, {"number": "A1"})
    content = first.file.open("rb").read()
    RosterImport.objects.update(state="written", written_at=timezone.now())
    file = SimpleUploadedFile("again.xlsx", content)
    client.post(reverse("people:roster_import"), {"file": file})
    second = RosterImport.objects.latest("created_at")
    check_batch(batch_id=second.pk, at=timezone.now())

    page = text(client.get(reverse("people:roster_detail", kwargs={"pk": second.pk})))

    assert "同一个文件已在" in page


def test_an_empty_upload_is_refused_on_the_page(client, hr):
    empty = SimpleUploadedFile("a.xlsx", b"")

    response = client.post(reverse("people:roster_import"), {"file": empty})

    assert (response.status_code, RosterImport.objects.count()) == (400, 0)


def test_a_refused_file_says_why(client, hr):
    file = SimpleUploadedFile("a.xlsx", b"%PDF-1.4")
    client.post(reverse("people:roster_import"), {"file": file})
    batch = RosterImport.objects.get()
    check_batch(batch_id=batch.pk, at=timezone.now())

    page = text(client.get(reverse("people:roster_detail", kwargs={"pk": batch.pk})))

    assert "文件读不了" in page
    assert "PDF" in page


def test_the_template_is_a_roster_that_reads_back(client, hr):
    from people.rules.roster import EXPECTED

    response = client.get(reverse("people:roster_template"))

    book = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert [cell.value for cell in book.worksheets[0][1]] == list(EXPECTED)


def test_pages_speak_english_too(client, hr):
    known(user__name="张小燕")

    page = text(client.get(reverse("people:person_list"), headers={"accept-language": "en"}))

    assert "Nobody" not in page
    assert "2 people" in page


def test_a_filter_that_is_not_known_is_refused_and_shows_nobody(client):
    client.force_login(UserFactory(roles=["hr"]))

    assert client.get(reverse("people:person_list"), {"unti": "1"}).status_code == 400
