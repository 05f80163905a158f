import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.forms import importing as forms
from courses.models import LessonPage
from courses.permissions import grant_editing
from courses.services import clean_sources, ensure_catalog
from kit.documents import pasted
from people.services import sync_roles
from tests.factories.courses import ModuleFactory
from tests.factories.people import UserFactory
from tests.kit.documents.files import p, r, slide_show, word, word_file
from tests.kit.documents.test_pasted import ARTICLE

pytestmark = pytest.mark.django_db
INDEX, PASTE = reverse("lesson_imports:index"), reverse("lesson_paste:index")


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path)}}
    }


@pytest.fixture
def module():
    return ModuleFactory(title="直播")


def editor_of(client):
    ensure_catalog()
    grant_editing(Group.objects.get_or_create(name="editor")[0])
    user = UserFactory(roles=["editor"])
    sync_roles()
    client.force_login(user)
    return user


@pytest.fixture
def editor(client, module):
    return editor_of(client)


def upload(client, module, data, name="投产比.docx"):
    file = SimpleUploadedFile(name, data)
    return client.post(INDEX, {"file": file, "module": module.pk})


def test_an_editor_uploads_looks_and_makes_the_draft(client, editor, module):
    page = client.get(INDEX).content.decode()
    answer = upload(client, module, word_file())
    preview = client.get(answer["Location"])
    unsaid = client.post(answer["Location"], {"title": "投产比", "module": module.pk})
    made = client.post(answer["Location"], {
        "title": "投产比", "module": module.pk, "source": "客户资料", "licence": "own",
    })  # fmt: skip

    lesson = LessonPage.objects.get()
    shown = preview.content.decode()
    assert f"{module.get_parent().title} › 直播" in page
    assert (answer.status_code, preview.status_code) == (302, 200)
    assert "先看<b>投产比</b>" in shown
    assert "image1.png" in shown
    assert 'value="投产比"' in shown
    assert sorted(unsaid.context["form"].errors) == ["licence", "source"]
    assert [block.block_type for block in lesson.body][-1] == "image"
    assert made["Location"] == reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert client.get(made["Location"]).status_code == 200


def test_pictures_may_be_left_out_and_are_named(client, editor, module):
    address = upload(client, module, word_file())["Location"]

    made = client.post(
        address, {"title": "投产比", "module": module.pk, "leave_pictures": "on"}, follow=True
    )

    assert "图片“image1.png”：没有说明来源和使用依据。" in made.content.decode()
    assert [block.block_type for block in LessonPage.objects.get().body][-1] == "table"


def test_a_file_that_cannot_be_read_says_why(client, editor, module):
    answer = upload(client, module, b"%PDF")

    assert answer.status_code == 200
    assert "不能读取这种文件：PDF。" in answer.content.decode()


def test_a_file_over_the_limit_is_not_read(client, editor, module, monkeypatch):
    monkeypatch.setattr(forms, "MAX_FILE_BYTES", 10)

    assert "文件超过 50 MB。" in upload(client, module, word_file()).content.decode()


@pytest.mark.parametrize("body", ["", p(""), p(r("停用", "<w:strike/>"))])
def test_a_file_without_text_is_refused_when_it_is_uploaded(client, editor, module, body):
    answer = upload(client, module, word(body))

    assert answer.status_code == 200
    assert (
        "文件里没有可以放进课时的文字。 请看是不是选错了文件；扫描件请先识别文字。"
        in answer.content.decode()
    )


def test_a_paste_without_text_is_refused(client, editor, module):
    answer = client.post(PASTE, {"markup": "<p><img src='https://a.cn/1.png'></p>", "text": "图",
                                 "module": module.pk})  # fmt: skip

    assert (answer.status_code, "粘贴的内容里没有文字。" in answer.content.decode()) == (200, True)


def test_what_is_refused_last_keeps_what_was_typed(client, editor, module):
    answer = upload(client, module, word(p(r("字"))))
    made = client.post(answer["Location"], {"title": "自己的标题", "module": ""})

    assert 'value="自己的标题"' in made.content.decode()
    assert LessonPage.objects.count() == 0


def test_the_same_preview_sent_twice_makes_one_draft(client, editor, module):
    address = upload(client, module, word(p(r("字"))))["Location"]
    told = {"title": "课", "module": module.pk}

    first = client.post(address, told)
    again = client.post(address, told, follow=True)

    assert LessonPage.objects.count() == 1
    assert again.redirect_chain[0][0] == first["Location"]
    assert "这份导入已经生成过草稿，就是这一课。" in again.content.decode()


def test_the_same_file_handed_in_twice_makes_two_drafts(client, editor, module):
    told = {"title": "课", "module": module.pk}
    for _each in range(2):
        client.post(upload(client, module, word(p(r("字"))))["Location"], told)

    assert LessonPage.objects.count() == 2


def test_a_preview_whose_draft_was_deleted_says_so(client, editor, module):
    address = upload(client, module, word(p(r("字"))))["Location"]
    client.post(address, {"title": "课", "module": module.pk})
    LessonPage.objects.get().delete()

    again = client.post(address, {"title": "课", "module": module.pk})

    assert "这份导入已经生成过草稿，那一课后来被删除了。" in again.content.decode()


def test_a_preview_is_for_the_one_who_uploaded_and_not_for_ever(client, editor, module, at):
    address = upload(client, module, word(p(r("字"))))["Location"]

    clean_sources(at=at.replace(year=9000))
    gone = client.get(address)
    forged = client.get(f"{reverse('lesson_imports:preview')}?file=x")
    address = upload(client, module, word(p(r("字"))))["Location"]
    editor_of(client)
    others = client.get(address)

    for answer in (gone, forged, others):
        assert (answer.status_code, answer["Location"]) == (302, INDEX)
    assert "预览已过期，请重新上传文件。" in client.get(INDEX).content.decode()


def test_an_empty_place_is_said(client, editor, module):
    answer = client.post(INDEX, {})

    assert answer.status_code == 200
    assert sorted(answer.context["form"].errors) == ["file", "module"]


def test_nobody_else_imports(client, module):
    ensure_catalog()
    sync_roles()
    client.force_login(UserFactory(roles=["author"]))

    assert client.get(INDEX).status_code == 302
    assert client.get(reverse("lesson_imports:preview")).status_code == 302


def test_many_modules_cost_no_more_queries_than_one(client, editor, module):
    counts = []
    for number in (0, 2):
        for _each in range(number):
            ModuleFactory()
        with CaptureQueriesContext(connection) as caught:
            client.get(INDEX)
        counts.append(len(caught))

    assert counts[0] == counts[1]


def test_an_article_is_pasted_looked_at_and_becomes_a_draft(client, editor, module):
    page = client.get(PASTE).content.decode()
    answer = client.post(PASTE, {"text": "大促", "markup": ARTICLE, "module": module.pk})
    shown = client.get(answer["Location"]).content.decode()
    client.post(answer["Location"], {"title": "大促备货", "module": module.pk})

    assert "js/paste-box.js" in page
    assert "不在文件里的外部图片：https://mmbiz.qpic.cn" in shown
    assert "alert(1)" not in shown
    lesson = LessonPage.objects.get()
    assert [block.block_type for block in lesson.body] == ["paragraph"]
    assert lesson.body[0].value.source.startswith("<p><b>大促</b>前先<a href=")


def test_without_scripts_the_box_alone_is_read(client, editor, module):
    answer = client.post(PASTE, {"text": "一行\na<b 就停\n二行", "module": module.pk})

    shown = client.get(answer["Location"]).content.decode()
    assert "<p>一行</p><p>a&lt;b 就停</p><p>二行</p>" in shown


def test_an_empty_or_endless_paste_is_said(client, editor, module, monkeypatch):
    empty = client.post(PASTE, {"module": module.pk})
    monkeypatch.setattr(pasted, "MOST_CHARACTERS", 2)
    endless = client.post(PASTE, {"text": "三个字", "module": module.pk})

    assert "请把文章粘贴到这里。" in empty.content.decode()
    assert "粘贴的内容过长。 请存为 .docx，再从文件导入。" in endless.content.decode()
    assert "三个字" in endless.content.decode()


def test_icons_of_the_preview_have_a_size_without_the_learners_sheets(client, editor, module):
    address = upload(client, module, slide_show(), "复盘.pptx")["Location"]
    html = client.get(address).content.decode()

    sheets = [Path(finders.find(name)).read_text(encoding="utf-8")
              for name in re.findall(r'href="/static/(css/[^"]+)"', html)]  # fmt: skip

    assert re.search(
        r'<div class="imported[^>]*>(?:(?!</div>).)*<svg class="icon"', html, re.DOTALL
    )
    assert any(re.search(r"\.imported \.icon {[^}]*width: 1.25em; height: 1.25em", each)
               for each in sheets)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "heading"),
    [("lesson_imports:index", "从文件导入"), ("lesson_paste:index", "粘贴文章")],
)
def test_the_import_pages_are_headed_by_their_own_names(client, editor, name, heading):
    crumbs = client.get(reverse(name)).context["breadcrumbs_items"]

    assert str(crumbs[-1]["label"]) == heading


@pytest.mark.parametrize("name", ["lesson_imports:index", "lesson_paste:index"])
def test_the_icon_beside_the_heading_is_one_that_wagtail_has(client, editor, name):
    page = client.get(reverse(name))
    icon = page.context["header_icon"]

    sprite = client.get(reverse("wagtailadmin_sprite")).content.decode()

    assert f'href="#icon-{icon}"' in page.content.decode()
    assert f'id="icon-{icon}"' in sprite


@pytest.mark.parametrize("name", ["lesson_imports:index", "lesson_paste:index"])
def test_the_first_words_stand_apart_from_the_header(client, editor, name):
    html = client.get(reverse(name)).content.decode()

    assert re.search(r'<div class="nice-padding">\s*<p class="w-mt-8">', html)


def test_the_preview_is_headed_by_its_own_name(client, editor, module):
    address = upload(client, module, slide_show(), "复盘.pptx")["Location"]

    crumbs = client.get(address).context["breadcrumbs_items"]

    assert str(crumbs[-1]["label"]) == "导入预览"
