import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.translation import gettext

from audit.choices import READERS
from audit.models import AuditRow
from audit.models.row import reads_audit
from audit.services import seal_rows
from people import roles
from tests.factories.audit import AuditRowFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
NAMED = re.compile(r'(?:\baction=|audit_action = |recorded\()"([a-z_]+\.[a-z_]+)"')


@pytest.fixture
def auditor():
    return UserFactory(roles=[roles.AUDITOR])


@pytest.fixture
def browser(client, auditor):
    client.force_login(auditor)
    return client


def shown(browser, address):
    return [row.reason for row in browser.get(address).context["page"]]


def test_the_readers_are_the_auditors(auditor):
    assert READERS == roles.AUDITOR
    assert reads_audit(auditor)
    assert not reads_audit(UserFactory(roles=[roles.ADMINISTRATOR]))
    assert not reads_audit(UserFactory(roles=[roles.AUDITOR], is_active=False))
    assert not AuditRow.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize(
    ("query", "reasons"),
    [
        ("", ["三", "二", "一"]),
        ("action=exams.", ["二", "一"]),
        ("action=exams.started", ["一"]),
        ("actor=%E7%8E%8B", ["二"]),
        ("object=exams.attempt:12", ["一"]),
        ("object=exams.attempt", ["二", "一"]),
        ("object=A-13", ["二"]),
        ("since=2026-03-14", ["三"]),
        ("until=2026-03-13", ["二", "一"]),
        ("since=2026-03-14&until=2026-03-14&actor=&page=", ["三"]),
        ("action=%25", []),
        ("page=99999", ["三", "二", "一"]),
        ("page=-1", ["三", "二", "一"]),
    ],
)
def test_filters(browser, query, reasons):
    shanghai = datetime.timezone(datetime.timedelta(hours=8))
    AuditRowFactory(
        action="exams.started",
        object_kind="exams.attempt",
        object_id="12",
        object_label="A-12",
        reason="一",
    )
    AuditRowFactory(
        action="exams.closed",
        actor_label="王五",
        object_kind="exams.attempt",
        object_id="13",
        object_label="A-13",
        reason="二",
        at=datetime.datetime(2026, 3, 13, 23, 59, 59, tzinfo=shanghai),
    )
    AuditRowFactory(
        action="people.added", reason="三", at=datetime.datetime(2026, 3, 14, tzinfo=shanghai)
    )

    assert shown(browser, f"/office/audit/?{query}") == reasons


@pytest.mark.parametrize(
    "query", ["since=2026-02-30", "since=2026-03-14&until=2026-03-13", "until=x"]
)
def test_an_impossible_period_is_told_and_shows_nothing(browser, query):
    AuditRowFactory()

    answer = browser.get(f"/office/audit/?{query}")

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert list(answer.context["page"]) == []


def test_an_unknown_filter_is_refused(browser):
    assert browser.get("/office/audit/?actr=x").status_code == 400


def test_rows_are_inert_and_say_whether_they_are_sealed(browser, at):
    AuditRowFactory(
        reason="<b>旧</b>",
        detail={"k": "<i>v</i>"},
        object_kind="a.b",
        object_id="1",
        ip="10.0.0.1",
    )
    seal_rows(at=at)
    AuditRowFactory(reason="新")

    answer = browser.get("/office/audit/")

    page = answer.content.decode()
    assert "&lt;b&gt;旧" in page
    assert "&lt;i&gt;v" in page
    assert len(answer.context["sealed"]) == 1


def test_actions_are_said_in_words():
    with translation.override("zh-hans"):
        known = AuditRowFactory(action="people.id_revealed").action_label
        unknown = AuditRowFactory(action="tests.odd_thing").action_label

    assert known != "people.id_revealed"
    assert unknown == "odd thing"


def actions_recorded():
    """Every action that a line of the product names, as far as it is written out."""
    for app in {name.partition(".")[0] for name in settings.HOUSE_APPS}:
        for path in (Path(settings.BASE_DIR) / app).rglob("*.py"):
            for found in NAMED.finditer(path.read_text(encoding="utf-8")):
                yield found.group(1)


def test_every_action_that_is_recorded_is_said_in_chinese():
    actions = set(actions_recorded())

    with translation.override("zh-hans"):
        untold = sorted(action for action in actions if gettext(action) == action)
    assert len(actions) > 80
    assert untold == []
