import pytest
from django.contrib.auth.models import AnonymousUser, Group

from kit.refusing import Refused
from people import roles
from people.models import User
from people.permissions import need_role
from people.queries import find_by_login
from people.services import sync_roles
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_roles_open_the_back_office_where_there_is_work():
    sync_roles()
    sync_roles()

    found = {
        role
        for role in roles.ALL
        if UserFactory(roles=[role]).has_perm("wagtailadmin.access_admin")
    }

    assert found == {"editor", "reviewer", "author", "officer", "administrator"}
    assert Group.objects.filter(name__in=roles.ALL).count() == len(roles.ALL)


def test_editors_may_edit_pages_and_authors_questions():
    from wagtail.images.permissions import permission_policy as images
    from wagtail.models import Page
    from wagtail.permissions import policy_registry

    sync_roles()
    editor, author = UserFactory(roles=["editor"]), UserFactory(roles=["author"])
    policy = policy_registry.get_by_type(Page)
    root = Page.get_first_root_node()

    assert policy.user_has_permission_for_instance(editor, "publish", root)
    assert not policy.user_has_permission_for_instance(author, "change", root)
    assert images.user_has_permission(editor, "add")
    assert not images.user_has_permission(UserFactory(roles=["officer"]), "add")


def test_nobody_has_a_role_by_being_anonymous_disabled_or_superuser():
    disabled = UserFactory(roles=["hr"], is_active=False)
    superuser = User.objects.create_superuser("ROOT", "password", name="x")

    assert roles.roles_of(AnonymousUser()) == frozenset()
    assert roles.roles_of(disabled) == frozenset()
    assert not roles.has_role(superuser, *roles.ALL)


@pytest.mark.parametrize(("role", "count"), [("hr", 3), ("auditor", 3), ("trainer", 1)])
def test_who_sees_whom(role, count):
    UserFactory.create_batch(2)

    assert User.objects.visible_to(UserFactory(roles=[role])).count() == count


def test_anonymous_people_see_nobody():
    UserFactory()

    assert User.objects.visible_to(AnonymousUser()).count() == 0


def test_an_account_is_found_by_nothing_but_its_names():
    person = User.objects.create_user(" a1 ", None, name="x", email="A@B.com")

    assert find_by_login("") is None
    assert find_by_login("a@b.COM") == person
    assert find_by_login("A1") == person
    assert User.objects.get_by_natural_key("a1") == person


def test_need_role_refuses_a_person_without_any_of_the_roles():
    trainer = UserFactory(roles=["trainer"])

    need_role(trainer, roles.HR, roles.TRAINER)
    with pytest.raises(Refused) as caught:
        need_role(trainer, roles.HR, roles.FINANCE)

    assert caught.value.code == "role"
