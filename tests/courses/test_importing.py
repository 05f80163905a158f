import json
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from audit.models import AuditRow
from courses.models import ImportTicket, LessonPage
from courses.models.editing import free_slug
from courses.permissions import grant_editing
from courses.services import (
    Rights,
    clean_sources,
    ensure_catalog,
    import_lesson,
    importing,
    keep_source,
    read_draft,
    read_source,
)
from courses.services.importing import LONGEST_LESSON_SECONDS, Draft
from courses.tasks import clean_imports
from kit.documents.errors import DocumentError
from kit.documents.parts import Document, LeftOut, Picture, Text
from people.services import sync_roles
from tests.factories.courses import LessonFactory, ModuleFactory
from tests.factories.people import UserFactory
from tests.kit.documents.files import p, png, r, slide_show, word, word_file
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path)}}
    }


@pytest.fixture
def module():
    return ModuleFactory(slug="live")


@pytest.fixture
def editor(module):
    ensure_catalog()
    user = UserFactory(roles=["editor"])
    sync_roles()
    grant_editing(Group.objects.get(name="editor"))
    return user


RIGHTS = Rights(source="客户资料", licence="own")


def draft_of(body="", **fields):
    draft = read_draft(data=word(body or p(r("字" * 250))), name="导入.docx")
    return Draft(**(draft.__dict__ | fields))


def test_a_word_file_becomes_a_draft_that_adds_up(module, editor, at):
    draft = read_draft(data=word_file(), name="投产比.docx")

    made = import_lesson(
        draft=draft, module=module, title=" 投产比  入门 ", by=editor, at=at, rights=RIGHTS
    )
    lesson = made.lesson

    stored = LessonPage.objects.get(pk=lesson.pk)
    assert (stored.title, stored.slug, stored.live) == ("投产比 入门", "tou-chan-bi-ru-men", False)
    assert [block.block_type for block in stored.body] == [
        "heading", "paragraph", "steps", "table", "image",
    ]  # fmt: skip
    picture = stored.body[4].value["media"]
    assert (picture.source, picture.licence, picture.kind) == ("客户资料", "own", "image")
    assert (made.left_out, stored.body[2].block_type) == ((), "steps")
    assert stored.body[2].value["title"] == "操作步骤"
    assert (stored.owner, stored.get_parent().pk) == (editor, module.pk)
    stored.check_hours()


def test_an_import_is_audited_with_what_it_left_out(module, editor, at):
    draft = draft_of(left_out=(LeftOut("第 3 段", "图表"),))

    lesson = import_lesson(draft=draft, module=module, title="课", by=editor, at=at).lesson

    row = AuditRow.objects.get(action="courses.lesson_imported")
    assert (row.actor_id, row.object_id, row.at) == (editor.pk, str(lesson.pk), at)
    assert row.detail == {
        "file": "导入.docx", "sha256": draft.sha256, "blocks": 1, "module": "live",
        "left_out": ["第 3 段 图表"],
    }  # fmt: skip


def test_one_ticket_makes_one_draft(module, editor, at):
    told = {"draft": draft_of(), "module": module, "by": editor, "at": at}

    first = import_lesson(**told, title="课", ticket="a")
    again = import_lesson(**told, title="另一课", ticket="a")
    other = import_lesson(**told, title="课", ticket="b")

    assert (again.lesson.pk, again.is_new, first.is_new) == (first.lesson.pk, False, True)
    assert other.lesson.pk != first.lesson.pk
    assert LessonPage.objects.count() == AuditRow.objects.count() == 2


def test_a_ticket_spent_while_the_pictures_were_kept_makes_no_second_draft(
    module, editor, at, monkeypatch
):
    told = {"draft": draft_of(), "module": module, "title": "课", "by": editor, "at": at}
    keep, first = importing._with_media, []

    def meanwhile(*args):
        monkeypatch.setattr(importing, "_with_media", keep)
        first.append(import_lesson(**told, ticket="a"))
        return keep(*args)

    monkeypatch.setattr(importing, "_with_media", meanwhile)
    again = import_lesson(**told, ticket="a")

    assert (again.lesson.pk, again.is_new) == (first[0].lesson.pk, False)
    assert LessonPage.objects.count() == 1


def test_a_ticket_whose_draft_is_gone_is_spent(module, editor, at):
    told = {"draft": draft_of(), "module": module, "title": "课", "by": editor, "at": at}
    import_lesson(**told, ticket="a").lesson.delete()

    refused("import_spent", import_lesson, **told, ticket="a")


def test_spent_tickets_go_with_the_files(module, editor, at):
    import_lesson(draft=draft_of(), module=module, title="课", by=editor, at=at, ticket="a")

    clean_sources(at=at + timedelta(hours=1))
    young = ImportTicket.objects.count()
    clean_sources(at=at + timedelta(days=2))

    assert (young, ImportTicket.objects.count()) == (1, 0)


def test_slides_become_a_draft_with_notes_in_boxes(module, at):
    draft = read_draft(data=slide_show(), name="a.pptx")

    made = import_lesson(draft=draft, module=module, title=draft.title, by=None, at=at)
    lesson = made.lesson

    assert [each.what for each in made.left_out] == ["图片“image1.png”：没有说明来源和使用依据。"]
    assert [block.block_type for block in LessonPage.objects.get(pk=lesson.pk).body] == [
        "heading", "paragraph", "table", "callout", "heading", "paragraph",
    ]  # fmt: skip


def test_what_must_not_be_imported_is_refused(module, editor, at):
    good = draft_of()
    stranger = UserFactory(roles=["author"])

    refused("import_forbidden", import_lesson, draft=good, module=module, title="课",
            by=stranger, at=at)  # fmt: skip
    refused(
        "import_no_title", import_lesson, draft=good, module=module, title=" ", by=editor, at=at
    )
    refused("import_empty", import_lesson, draft=draft_of(blocks=()), module=module, title="课",
            by=editor, at=at)  # fmt: skip
    assert (LessonPage.objects.count(), AuditRow.objects.count()) == (0, 0)


def test_a_picture_that_the_library_refuses_is_named(module, editor, at):
    broken = Picture("坏.png", "png", b"\x89PNG\r\n\x1a\n", "", "第 2 段")
    draft = draft_of(blocks=(("paragraph", "<p>字</p>"), ("picture", broken)))

    made = import_lesson(draft=draft, module=module, title="课", by=editor, at=at, rights=RIGHTS)

    assert [(each.place, each.what.split("：")[0]) for each in made.left_out] == [
        ("第 2 段", "图片“坏.png”")
    ]
    assert [block.block_type for block in made.lesson.body] == ["paragraph"]


def test_pictures_alone_are_no_lesson(module, editor, at):
    picture = Picture("a.png", "png", png(), "")

    refused("import_empty", import_lesson, draft=draft_of(blocks=(("picture", picture),)),
            module=module, title="课", by=editor, at=at, rights=RIGHTS)  # fmt: skip


def test_an_import_takes_so_many_pictures():
    pictures = tuple(Picture(f"{n}.png", "png", b"", "", "第 1 段") for n in range(61))
    draft = importing.draft_of(
        document=Document("题", (Text("字"), *pictures, Text("尾")), ()), data=b"", name="a.docx"
    )

    assert (len(draft.pictures), len(draft.blocks)) == (60, 62)
    assert [each.what for each in draft.left_out] == ["图片“60.png”（一次最多导入 60 张）"]


@pytest.mark.parametrize(("text", "seconds"), [("字", 1), ("字" * 250, 60)])
def test_the_plan_is_what_the_text_takes(text, seconds):
    assert draft_of(p(r(text))).planned_seconds == seconds


def test_the_plan_is_never_longer_than_the_longest_lesson():
    blocks = (("paragraph", "字" * 250 * 400),)

    assert draft_of(blocks=blocks).planned_seconds == LONGEST_LESSON_SECONDS


def test_a_table_too_large_is_named():
    row = "<w:tr>" + f"<w:tc>{p(r('格'))}</w:tc>" * 7 + "</w:tr>"
    table = "<w:tbl>" + row * 100 + "</w:tbl>"
    draft = draft_of(p(r("字")) + table)

    with pytest.raises(DocumentError, match="不能带入的内容：第 1 段 100 行 7 列的表格"):
        draft_of(table)
    assert draft.left_out == (LeftOut("第 2 段", "100 行 7 列的表格（超出一课能容纳的大小）"),)


def test_a_lesson_code_is_never_given_twice():
    LessonFactory(slug="ding-jia")
    LessonFactory(slug="ding-jia-2")

    assert [free_slug(LessonPage, title) for title in ("定价", "？！", "长" * 60)] == [
        "ding-jia-3", "lesson", "-".join(["chang"] * 10),
    ]  # fmt: skip


def test_a_kept_file_is_read_until_it_is_cleaned_away(at):
    name = keep_source(data=b"abc", suffix=".docx")
    again = keep_source(data=b"abc", suffix=".docx")

    assert (read_source(name=name), again) == (b"abc", name)
    assert clean_sources(at=at - timedelta(days=9999)) == 0
    assert clean_sources(at=at + timedelta(days=99999)) == 1
    refused("import_expired", read_source, name=name)


def test_the_task_cleans(at):
    keep_source(data=b"abc", suffix=".docx")

    clean_imports()  # young files stay

    assert clean_sources(at=at + timedelta(days=99999)) == 1


@pytest.fixture
def on_disk(tmp_path):
    path = tmp_path / "投产比.docx"
    path.write_bytes(word_file())
    return path


def command(*arguments):
    out = StringIO()
    call_command("import_lesson", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_makes_a_draft_and_says_what_it_left_out(on_disk, module):
    told = command(on_disk, "--module", "live")

    assert told.splitlines()[0] == (
        "投产比: 1 heading, 1 paragraph, 1 picture, 1 steps, 1 table; 9 planned seconds; "
        "draft tou-chan-bi made"
    )
    assert told.splitlines()[1].startswith("left out: 第 11 段")
    assert LessonPage.objects.get().title == "投产比"


def test_the_command_names_a_person_for_the_pictures(on_disk, module, editor):
    told = json.loads(command(
        on_disk, "--module", "live", "--json", "--by", editor.get_username(),
        "--source", "客户资料", "--licence", "own",
    ))  # fmt: skip

    assert (told["left_out"], LessonPage.objects.get().owner) == ([], editor)


def test_a_dry_run_writes_nothing(on_disk, module):
    told = json.loads(
        command(on_disk, "--module", "live", "--dry-run", "--json", "--title", "别名")
    )

    assert (told["title"], told["blocks"]["table"], "lesson" in told) == ("别名", 1, False)
    assert LessonPage.objects.count() == 0


def test_the_command_names_what_is_wrong(on_disk, module, tmp_path):
    bad = tmp_path / "a.docx"
    bad.write_bytes(b"%PDF")

    for arguments, words in (
        ((on_disk, "--module", "none"), "0 modules are called none; one is needed"),
        ((bad, "--module", "live"), "不能读取这种文件：PDF。 请另存为 .docx 或 .pptx 后重新上传。"),
        ((on_disk, "--module", "live", "--by", "nobody"), "no account is called nobody"),
        ((tmp_path / "none.docx", "--module", "live"), "No such file"),
    ):
        with pytest.raises(CommandError, match=words.replace(".", r"\.")):
            command(*arguments)
