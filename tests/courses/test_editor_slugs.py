"""The editor makes the address of a new page from its title, as the import does."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.models import CoursePage, LessonPage, ModulePage
from courses.permissions import grant_editing
from courses.services import ensure_catalog
from people.services import sync_roles
from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
STREAMS = ("goals", "body", "worked_example", "drill", "case", "checks")
AUTOSAVE = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def editor(client):
    ensure_catalog()
    sync_roles()
    grant_editing(Group.objects.get(name="editor"))
    user = UserFactory(roles=["editor"])
    client.force_login(user)
    return user


def lesson_form(title, slug="", **fields):
    empty = {name: streamfield([]) for name in STREAMS}
    return nested_form_data(
        {"title": title, "slug": slug, "planned_seconds": "60", "level": "assistant",
         "posts": "", "sources": "", "quoted_words": "", **empty} | fields
    )  # fmt: skip


def course_form(title, slug=""):
    return {"title": title, "slug": slug, "intro": "", "kind": "core", "field": ""}


def module_form(title, slug=""):
    return {"title": title, "slug": slug}


KINDS = [
    pytest.param(CoursePage, ensure_catalog, course_form, id="course"),
    pytest.param(ModulePage, CourseFactory, module_form, id="module"),
    pytest.param(LessonPage, ModuleFactory, lesson_form, id="lesson"),
]


def add(client, model, parent, data, **headers):
    url = reverse("wagtailadmin_pages:add", args=["courses", model._meta.model_name, parent.pk])
    return client.post(url, data, **headers)


def edit(client, page, data, **headers):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, **headers)


@pytest.mark.parametrize(("model", "parent", "form"), KINDS)
def test_a_chinese_title_alone_makes_a_page(client, model, parent, form):
    answer = add(client, model, parent(), form("定价三问"))

    assert answer.status_code == 302
    assert model.objects.get(title="定价三问").slug == "ding-jia-san-wen"


@pytest.mark.parametrize(("model", "parent", "form"), KINDS)
def test_autosave_makes_it_and_tells_the_open_page(client, model, parent, form):
    told = add(client, model, parent(), form("定价三问"), **AUTOSAVE).json()

    page = model.objects.get(title="定价三问")
    assert (told["success"], told["pk"], page.live) == (True, page.pk, False)
    assert told["field_updates"]["slug"] == page.slug == "ding-jia-san-wen"


@pytest.mark.parametrize(("model", "parent", "form"), KINDS)
def test_a_second_page_of_the_title_gets_a_number(client, model, parent, form):
    above = parent()

    for _time in range(2):
        add(client, model, above, form("定价"))

    assert sorted(page.slug for page in model.objects.filter(title="定价")) == [
        "ding-jia", "ding-jia-2",
    ]  # fmt: skip


def test_a_lesson_code_is_not_given_twice_in_different_modules(client):
    LessonFactory(slug="ding-jia")

    add(client, LessonPage, ModuleFactory(), lesson_form("定价"))

    assert LessonPage.objects.get(title="定价").slug == "ding-jia-2"


def test_what_was_typed_stays_and_may_be_refused(client):
    module = ModuleFactory()

    add(client, LessonPage, module, lesson_form("定价", slug="pricing"))
    refused = add(client, LessonPage, module, lesson_form("报价", slug="pricing"))

    assert LessonPage.objects.get(title="定价").slug == "pricing"
    assert refused.status_code == 200
    assert "slug" in refused.context["form"].errors


def test_without_a_title_only_the_title_is_asked_for(client):
    refused = add(client, ModulePage, CourseFactory(), module_form(""))

    assert list(refused.context["form"].errors) == ["title"]


def test_the_address_follows_the_title_of_a_draft(client):
    add(client, ModulePage, CourseFactory(), module_form("定"), **AUTOSAVE)
    page = ModulePage.objects.get(title="定")

    told = edit(client, page, module_form("定价", slug="ding"), **AUTOSAVE).json()
    page.refresh_from_db()

    assert (page.slug, told["field_updates"]["slug"]) == ("ding-jia", "ding-jia")


def test_an_address_of_ones_own_stays_when_the_title_changes(client):
    page = ModuleFactory(live=False, title="定", slug="pricing")

    edit(client, page, module_form("定价", slug="pricing"))
    page.refresh_from_db()

    assert (page.title, page.slug) == ("定价", "pricing")


@pytest.mark.parametrize("posted", ["", "ding"])
def test_a_published_address_stays_whatever_the_title(client, posted):
    page = ModuleFactory(title="定", slug="ding")
    page.save_revision().publish()

    edit(client, page, module_form("定价", slug=posted) | {"action-publish": "1"})
    page.refresh_from_db()

    assert (page.title, page.slug) == ("定价", "ding")
