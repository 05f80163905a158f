from importlib import import_module
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditRow
from courses.models import AdvertisingWord
from courses.permissions import grant_editing
from courses.services import ensure_catalog
from people.services import sync_roles
from tests.factories.courses import LessonFactory, ModuleFactory
from tests.factories.people import UserFactory
from tests.kit.documents.files import p, r, word

pytestmark = pytest.mark.django_db
fold = import_module("courses.migrations.0017_words_once").fold
BODY = [
    (
        "paragraph",
        "<p>全网最低，人气<b>第一</b>，100%正品；毛利率 = 毛利 ÷ 售价 × 100%，第一步看数</p>",
    )
]


@pytest.fixture(autouse=True)
def _words(db):
    """Transactional tests flush away what the migration brought."""
    for name, exceptions in (("全网最低", ""), ("第一", "第一步"), ("100%", "× 100%")):
        AdvertisingWord.objects.get_or_create(word=name, defaults={"exceptions": exceptions})


@pytest.fixture
def editor(client):
    ensure_catalog()
    sync_roles()
    grant_editing(Group.objects.get(name="editor"))
    user = UserFactory(roles=["editor"])
    client.force_login(user)
    return user


def found(lesson):
    return [(each.word, each.count) for each in lesson.absolute_words()]


def test_a_lesson_names_its_absolute_words():
    assert found(LessonFactory(body=BODY)) == [("全网最低", 1), ("第一", 1), ("100%", 1)]


def test_title_goals_and_checks_are_read_too():
    check = {"stem": "100%？", "options": ["对", "错"], "answer": 0, "explanation": ""}
    lesson = LessonFactory(
        title="全网最低怎么写", goals=[("goal", "不写第一")], checks=[("check", check)]
    )

    assert [word for word, _count in found(lesson)] == ["全网最低", "第一", "100%"]


def test_quoted_words_and_words_out_of_use_are_not_named():
    AdvertisingWord.objects.filter(word="第一").update(is_active=False)

    assert found(LessonFactory(body=BODY, quoted_words="全网最低\n\n")) == [("100%", 1)]


def test_the_shipped_words_have_hints():
    shipped = AdvertisingWord.objects.exclude(hint="")

    assert all(len(each.hint) <= 200 for each in shipped)


def test_a_word_is_never_empty_nor_twice():
    AdvertisingWord.objects.create(word="VIP1")
    for name in ("", "第一", "ＶＩＰ１", "vip1"):
        with pytest.raises(IntegrityError), transaction.atomic():
            AdvertisingWord.objects.create(word=name)


def test_the_editor_sees_hints_and_may_publish_all_the_same(client, editor):
    lesson = LessonFactory(body=BODY, planned_seconds=1)
    lesson.save_revision()
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()

    lesson.get_latest_revision().publish()

    assert "全网最低" in edit
    assert "引用/教学用的用语" in edit
    assert "只是提示" in edit


def test_a_lesson_without_them_says_so(client, editor):
    lesson = LessonFactory(body=[("paragraph", "<p>平实</p>")])
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()

    assert "上次保存的正文里没有绝对化用语。" in edit


def test_more_words_cost_no_more_queries():
    lesson = LessonFactory(body=BODY)
    counts = []
    for number in range(2):
        AdvertisingWord.objects.create(word=f"词{number}")
        with CaptureQueriesContext(connection) as caught:
            lesson.absolute_words()
        counts.append(len(caught))

    assert counts == [1, 1]


def test_an_import_shows_them_before_anything_is_written(client, editor, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path)}}
    }
    file = SimpleUploadedFile("a.docx", word(p(r("我们全网最低"))))
    answer = client.post(
        reverse("lesson_imports:index"), {"file": file, "module": ModuleFactory().pk}
    )

    shown = client.get(answer["Location"]).content.decode()

    assert "…我们全网最低…" in shown


def test_the_list_is_kept_by_editors_and_audited(client, editor):
    made = client.post(
        reverse("advertisingword:add"), {"word": "无敌", "hint": "换个说法", "is_active": "on"}
    )

    row = AuditRow.objects.get(action="courses.advertising_word_saved")
    assert (made.status_code, row.actor_id) == (302, editor.pk)
    assert "无敌" in client.get(reverse("advertisingword:index")).content.decode()


@pytest.mark.parametrize("typed", ["ＶＩＰ1", "Vip1", "VIP1"])
def test_a_word_that_reads_the_same_is_refused_in_words(client, editor, typed):
    first = AdvertisingWord.objects.create(word="VIP1")

    again = client.post(reverse("advertisingword:add"), {"word": typed, "is_active": "on"})
    saved = client.post(
        reverse("advertisingword:edit", args=[first.pk]), {"word": typed, "is_active": "on"}
    )

    assert again.context["form"].errors == {"word": ["这个词已在表里。"]}
    assert saved.status_code == 302
    assert [each.folded for each in AdvertisingWord.objects.filter(word=typed)] == ["vip1"]


def test_words_that_read_the_same_become_one_when_the_platform_is_updated():
    """The rows are made in memory: the database no longer lets such words in."""

    class Rows(list):
        def order_by(self, *names):
            return self

    class Row(SimpleNamespace):
        def save(self):
            stored.append((self.word, self.folded, self.hint, self.exceptions))

        def delete(self):
            gone.append(self.word)

    stored, gone = [], []
    rows = Rows([
        Row(word="TOP1", hint="", exceptions="TOP10", is_active=True),
        Row(word="ＴＯＰ１", hint="排名", exceptions="TOP12", is_active=True),
        Row(word="top1", hint="别的", exceptions="TOP13", is_active=False),
        Row(word="无敌", hint="", exceptions="", is_active=True),
    ])  # fmt: skip
    model = SimpleNamespace(objects=rows)

    fold(SimpleNamespace(get_model=lambda app, name: model), None)

    assert gone == ["ＴＯＰ１", "top1"]
    assert stored == [("TOP1", "top1", "排名", "TOP10\nTOP12"), ("无敌", "无敌", "", "")]
