import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from people.models import User
from people.services import create_setup_link, issue_slips
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
GOOD = "lychee-orange-88"


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


def sign_in(client, login, password="password", **more):
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def signed_in(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "login",
    ["JX00001", " jx00001 ", "ＪＸ００００１", "A@Example.com", "15400000001", "+86 154-0000-0001"],
)
def test_people_sign_in_by_number_address_or_mobile(client, login):
    person = UserFactory(number="JX00001", email="a@example.com", mobile="15400000001")

    response = sign_in(client, login)

    assert (response.status_code, signed_in(client)) == (302, str(person.pk))


@pytest.mark.parametrize("login", ["JX00001", "nobody", "no@body.com", "1", ""])
def test_a_wrong_sign_in_tells_nothing_about_the_account(client, login):
    UserFactory(number="JX00001")

    response = sign_in(client, login, "wrong")

    assert signed_in(client) is None
    if login:
        assert "账号或密码不对" in response.content.decode()


def test_a_disabled_account_is_told_so_and_its_sessions_end(client):
    person = UserFactory()
    client.force_login(person)
    User.objects.update(is_active=False)

    assert client.get(reverse("people:own_account")).status_code == 302
    response = sign_in(client, person.number)
    assert response.url == reverse("account_inactive")
    assert client.get(response.url).status_code == 200


def test_guessing_stops_by_account_whichever_name_is_typed(client):
    person = UserFactory(number="JX00001", mobile="15400000001")
    for login in ["JX00001", "15400000001"] * 4:
        sign_in(client, login, "wrong")

    response = sign_in(client, "JX00001")

    assert signed_in(client) is None
    assert "失败次数过多" in response.content.decode()
    assert person.check_password("password")


def test_a_classroom_behind_one_address_signs_in(client):
    people = [UserFactory() for _ in range(60)]
    for person in people[:20]:
        sign_in(client, person.number, "typing error")

    for person in people:
        sign_in(client, person.number)
        assert signed_in(client) == str(person.pk)
        client.logout()


def test_the_demo_password_is_refused_in_production(client, settings):
    person = UserFactory()
    person.set_password(settings.DEMO_PASSWORD)
    person.save()
    settings.PRODUCTION = True

    sign_in(client, person.number, settings.DEMO_PASSWORD)
    assert signed_in(client) is None

    settings.PRODUCTION = False
    sign_in(client, person.number, settings.DEMO_PASSWORD)
    assert signed_in(client) == str(person.pk)


@pytest.mark.parametrize(
    "target", ["//evil.com", "https:evil", "/\\evil.com", "javascript:alert(1)"]
)
def test_sign_in_never_leads_to_another_host(client, target):
    person = UserFactory()

    response = sign_in(client, person.number, next=target)

    assert response.status_code == 302
    assert "evil" not in response.url
    assert not response.url.startswith("javascript")


def test_the_session_id_changes_at_sign_in(client):
    client.get(reverse("people:slip_enter"))
    session = client.session
    session["x"] = 1
    session.save()
    before = client.session.session_key

    sign_in(client, UserFactory().number)

    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("path", "status", "target"),
    [
        ("/admin/login/", 302, "/accounts/login/"),
        ("/admin/password_reset/", 200, ""),
        ("/admin/password_reset/confirm/x/y/", 200, ""),
        ("/accounts/password/reset/", 200, ""),
        ("/accounts/password/reset/key/1-2/", 200, ""),
        ("/accounts/confirm-email/", 302, "/accounts/login/"),
        ("/accounts/login/code/", 302, "/accounts/login/"),
        ("/accounts/email/", 302, "/me/account/"),
        ("/accounts/signup/", 200, ""),
        ("/accounts/login/", 200, ""),
        ("/accounts/login/?door=slip", 200, ""),
    ],
)
def test_every_door_is_ours(client, path, status, target):
    response = client.get(path)

    assert (response.status_code, getattr(response, "url", "")) == (status, target)
    if status == 200:
        assert 'class="door"' in response.content.decode()


def test_nobody_signs_up(client):
    client.post("/accounts/signup/", {"username": "X1", "password1": GOOD, "password2": GOOD})

    assert User.objects.count() == 0


def test_the_back_office_is_absent_for_those_without_work_there(client):
    from people.services import sync_roles

    sync_roles()
    client.force_login(UserFactory(roles=["trainee"]))
    assert client.get("/admin/").status_code == 404
    client.force_login(UserFactory(roles=["editor"]))
    assert client.get("/admin/").status_code == 200
    client.logout()
    assert client.get("/admin/").status_code == 302


def test_a_slip_leads_from_its_code_to_the_account(client, at):
    from django.utils import timezone

    person = UserFactory(roles=["trainee"], name="张小燕")
    person.set_unusable_password()
    person.save()
    slip = issue_slips(people=[person], by=UserFactory(roles=["hr"]), at=timezone.now())[0]

    page = client.get(reverse("people:slip_enter"), {"code": slip.code})
    assert f'value="{slip.code}"' in page.content.decode()
    response = client.post(reverse("people:slip_enter"), {"code": slip.code.lower()})
    assert response.url == reverse("people:password_set")
    assert "张小燕" in client.get(response.url).content.decode()

    differ = client.post(response.url, {"password1": GOOD, "password2": "other"})
    assert "两次输入的密码不同" in differ.content.decode()
    weak = client.post(response.url, {"password1": "123", "password2": "123"})
    assert weak.status_code == 200
    done = client.post(response.url, {"password1": GOOD, "password2": GOOD})

    assert (done.status_code, signed_in(client)) == (302, str(person.pk))
    assert client.get(reverse("people:password_set")).url == reverse("people:slip_enter")


def test_a_slip_replaced_in_the_meantime_sets_no_password(client):
    from django.utils import timezone

    person, hr = UserFactory(roles=["trainee"]), UserFactory(roles=["hr"])
    now = timezone.now()
    slip = issue_slips(people=[person], by=hr, at=now, identity_check="seen")[0]
    client.post(reverse("people:slip_enter"), {"code": slip.code})
    issue_slips(people=[person], by=hr, at=now, identity_check="seen")

    response = client.post(reverse("people:password_set"), {"password1": GOOD, "password2": GOOD})

    assert "已被替换" in response.content.decode()
    assert signed_in(client) is None


def test_wrong_codes_are_answered_and_then_slowed(client, settings):
    settings.SLIP_RATE_LIMITS = {"activate": "2/m/ip"}
    url = reverse("people:slip_enter")

    answers = [client.post(url, {"code": "7K4M-92QX"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "没有这个有效的登录码" in answers[0].content.decode()
    assert 'value="7K4M-92QX"' in answers[0].content.decode()
    assert client.post(url, {}).status_code == 429


def test_the_setup_link_makes_and_signs_in_the_first_administrator(client):
    from django.utils import timezone

    url = reverse("people:setup", kwargs={"token": create_setup_link(at=timezone.now())})
    data = {"number": "sy001", "name": "石维安", "password1": GOOD, "password2": GOOD}
    UserFactory(number="TAKEN")

    assert client.get(url).status_code == 200
    taken = client.post(url, {**data, "number": "taken"})
    assert "已有账号" in taken.content.decode()
    assert client.post(url, data).status_code == 302

    assert signed_in(client) == str(User.objects.get(number="SY001").pk)
    assert client.get(url).status_code == 404


def test_two_step_sign_in_is_turned_on_used_and_turned_off(client):
    person = UserFactory()
    sign_in(client, person.number)
    assert "未开启" in client.get(reverse("people:own_account")).content.decode()
    asked = client.get(reverse("mfa_activate_totp"))
    client.post(asked.url, {"password": "password"})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret

    client.post(reverse("mfa_activate_totp"), {"code": _now(secret)})

    stored = Authenticator.objects.get(user=person, type="totp")
    assert secret not in str(stored.data)
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    assert client.get(reverse("mfa_generate_recovery_codes")).status_code == 200
    client.logout()
    cache.clear()
    half = sign_in(client, person.number)
    assert half.url == reverse("mfa_authenticate")
    assert client.get(half.url).status_code == 200
    assert signed_in(client) is None
    client.post(half.url, {"code": _now(secret)})
    assert signed_in(client) == str(person.pk)
    asked = client.get(reverse("mfa_deactivate_totp"))
    assert client.get(asked.url).status_code == 200
    client.post(asked.url, {"password": "password"})
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=person).count() == 0


def _now(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_secrets_of_the_second_step_are_sealed():
    from allauth.mfa.adapter import get_adapter

    secret = generate_totp_secret()
    adapter = get_adapter()

    assert adapter.encrypt(secret) != secret
    assert adapter.decrypt(adapter.encrypt(secret)) == secret
    assert adapter.get_totp_issuer() == "运营人员培训认证平台"


@pytest.mark.parametrize("name", ["account_change_password", "account_reauthenticate", "mfa_index"])
def test_pages_about_the_own_account_are_ours(client, name):
    sign_in(client, UserFactory().number)

    page = client.get(reverse(name)).content.decode()

    assert 'lang="zh-Hans"' in page
    assert "css/tokens.css" in page


def test_a_changed_password_signs_other_devices_out(client):
    person = UserFactory()
    other = type(client)()
    sign_in(client, person.number)
    sign_in(other, person.number)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": "password", "password1": GOOD, "password2": GOOD},
    )

    assert client.get(reverse("people:own_account")).status_code == 200
    assert other.get(reverse("people:own_account")).status_code == 302
