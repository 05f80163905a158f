"""The administrator keeps the organisation in the Wagtail admin."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from audit.models import AuditRow
from kit.refusing import Refused
from people.models import Competency, Post, Unit, User
from people.services import save_competency, save_unit, sync_roles
from tests.factories.people import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
FIVE = {"code": "data", "name": "数据分析能力", "weight_percent": 100, "position": 1}


@pytest.fixture
def administrator(client):
    sync_roles()
    person = UserFactory(roles=["administrator"])
    client.force_login(person)
    return person


def actions():
    return list(AuditRow.objects.order_by("pk").values_list("action", flat=True))


def test_a_unit_is_added_and_changed_with_a_trace(client, administrator):
    data = {"name": "示例公司", "kind": "enterprise", "uscc": "91369900ma0dem013h",
            "is_active": "on"}  # fmt: skip
    client.post(reverse("unit:add"), data)
    unit = Unit.objects.get()
    client.post(reverse("unit:edit", args=[unit.pk]), {**data, "name": "改名"})

    unit.refresh_from_db()
    history = client.get(reverse("unit:history", args=[unit.pk]))
    assert (unit.name, unit.uscc) == ("改名", "91369900MA0DEM013H")
    assert actions() == ["people.unit_saved", "people.unit_saved"]
    assert len(history.context["object_list"]) == 2


def test_a_wrong_credit_code_is_named_and_nothing_is_kept(client, administrator):
    data = {"name": "示例公司", "kind": "enterprise", "uscc": "91369900MA0DEM0131"}

    answer = client.post(reverse("unit:add"), data)

    assert "uscc" in answer.context["form"].errors
    assert not Unit.objects.exists()


def test_a_post_is_added_and_changed_with_a_trace(client, administrator):
    client.post(reverse("post:add"), {"name": "主播", "family": "operation"})
    post = Post.objects.get()
    data = {"name": "主播", "family": "operation", "in_coverage": "on", "path": "直播"}
    client.post(reverse("post:edit", args=[post.pk]), data)

    post.refresh_from_db()
    assert (post.in_coverage, post.path) == (True, "直播")
    assert AuditRow.objects.latest("pk").detail == {"changed": ["in_coverage", "path"]}


def test_a_competency_keeps_its_items_as_lines(client, administrator):
    client.post(reverse("competency:add"), {**FIVE, "items": "数据解读 15\n数据 应用 １０\n\n"})
    made = Competency.objects.get()
    url = reverse("competency:edit", args=[made.pk])
    shown = client.get(url).context["form"]["items"].value()
    client.post(url, {**FIVE, "items": "数据 应用 12\n可视化 5"})

    assert shown == "数据解读 15\n数据 应用 10"
    assert list(made.items.values_list("name", "max_points", "position")) == [
        ("数据 应用", 12, 1), ("可视化", 5, 2),
    ]  # fmt: skip
    assert actions() == ["people.competency_saved"] * 2


@pytest.mark.parametrize("line", ["数据解读", "15", "数据解读 0", "数据解读 x", "数据解读 1001"])
def test_a_line_that_is_no_item_is_named(client, administrator, line):
    answer = client.post(reverse("competency:add"), {**FIVE, "items": f"好 1\n{line}"})

    assert "第 2 行" in answer.content.decode()
    assert not Competency.objects.exists()


def test_weights_that_do_not_make_a_hundred_are_pointed_out(client, administrator):
    answer = client.post(
        reverse("competency:add"), {**FIVE, "weight_percent": 25, "items": "数据解读 15"}
    )

    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any("25" in words and "100" in words for words in said)


def test_the_services_refuse_whoever_has_not_the_role(at):
    trainer = UserFactory(roles=["trainer"])
    hr = UserFactory(roles=["hr"])

    with pytest.raises(Refused, match="角色"):
        save_unit(unit=UnitFactory.build(), changed=[], by=trainer, at=at)
    with pytest.raises(Refused, match="角色"):
        save_competency(competency=Competency(**FIVE), items=[], by=hr, at=at)
    assert not Unit.objects.exists()


def test_a_superuser_without_the_role_is_told_on_the_form(client, administrator):
    client.force_login(User.objects.create_superuser("ROOT", "password", name="x"))

    answer = client.post(reverse("post:add"), {"name": "主播", "family": "operation"})

    assert "您的角色不能修改" in answer.content.decode()
    assert not Post.objects.exists()


def test_what_people_stand_on_is_not_deleted(client, administrator):
    unit = UnitFactory()

    client.post(reverse("unit:delete", args=[unit.pk]))

    assert Unit.objects.filter(pk=unit.pk).exists()
