import copy
import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import GroupPagePermission, Page

from audit.models import AuditRow
from courses.models import CatalogPage, CoursePage, LessonPage, ModulePage
from courses.permissions import grant_editing
from courses.queries import catalog, course_of, goals_of, lessons_of, modules_of
from courses.services import ensure_catalog, load_tree
from courses.services.lesson_content import said
from kit.refusing import Refused

DEMO = Path(__file__).resolve().parents[2] / "demo"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole():
    return json.loads((DEMO / "course_tree.json").read_text(encoding="utf-8"))


@pytest.fixture
def tree(whole):
    """Two lessons: one written in full, one known by its facts only."""
    small = copy.deepcopy(whole)
    small["courses"] = small["courses"][:1]
    small["courses"][0]["modules"] = small["courses"][0]["modules"][:1]
    module = small["courses"][0]["modules"][0]
    module["lessons"] = module["lessons"][:2]
    return small


@pytest.fixture
def lessons():
    text = (DEMO / "lessons" / "training-guide.json").read_text(encoding="utf-8")
    return {"training-guide": json.loads(text)}


def test_the_whole_demo_tree_loads_once(whole):
    out = StringIO()
    call_command("load_courses", str(DEMO / "course_tree.json"), stdout=out)
    call_command("load_courses", str(DEMO / "course_tree.json"), stdout=out)

    assert out.getvalue().splitlines() == [
        "6 courses, 20 modules, 76 lessons; 102 pages written",
        "6 courses, 20 modules, 76 lessons; 0 pages written",
    ]
    assert [m.objects.live().count() for m in (CoursePage, ModulePage, LessonPage)] == [6, 20, 76]
    planned = sum(
        round(lesson["class_hours"] * 2700)
        for course in whole["courses"]
        for module in course["modules"]
        for lesson in module["lessons"]
    )
    assert sum(LessonPage.objects.values_list("planned_seconds", flat=True)) == planned


def test_a_written_lesson_has_all_its_parts(tree, lessons, at):
    load_tree(tree=tree, lessons=lessons, at=at)

    lesson = LessonPage.objects.get(slug="training-guide")
    assert (lesson.planned_seconds, lesson.level, len(lesson.goals)) == (1620, "assistant", 3)
    assert (len(lesson.worked_example), len(lesson.drill), len(lesson.case)) == (1, 1, 1)
    assert len(lesson.checks) == len(lessons["training-guide"]["checks"])
    assert set(lesson.posts.names()) == set(tree["posts"])


def test_a_written_lesson_that_claims_more_than_its_parts_is_refused(tree, lessons, at):
    tree["courses"][0]["modules"][0]["lessons"][0]["class_hours"] = 2

    with pytest.raises(Refused) as error:
        load_tree(tree=tree, lessons=lessons, at=at)

    assert (error.value.code, LessonPage.objects.count()) == ("hours", 0)
    assert "training-guide" in error.value.message


def test_an_outlined_lesson_lists_its_facts(tree, lessons, at):
    load_tree(tree=tree, lessons=lessons, at=at)

    lesson = LessonPage.objects.get(slug="ecommerce-overview")
    assert [part.block_type for part in lesson.body] == ["heading", "paragraph"]
    assert "（存疑，引用前请核对）" in lesson.body[1].value.source
    assert (len(lesson.checks), len(lesson.drill), len(lesson.case)) == (0, 1, 1)


def test_the_fact_sheets_marks_become_words():
    assert said("增12%〔存疑1〕") == "增12%（存疑，引用前请核对）"
    assert said("月薪〔仅供参考〕") == "月薪（仅供参考）"


def test_the_draft_an_editor_opens_holds_the_posts(tree, lessons, at):
    load_tree(tree=tree, lessons=lessons, at=at)

    draft = LessonPage.objects.get(slug="training-guide").get_latest_revision_as_object()

    assert draft.posts.count() == 9


def test_block_ids_stay_when_a_file_is_loaded_again(tree, lessons, at):
    load_tree(tree=tree, lessons=lessons, at=at)
    before = LessonPage.objects.get(slug="training-guide").checks[0].id
    lessons["training-guide"]["goals"][0] = "改过的目标"

    done = load_tree(tree=tree, lessons=lessons, at=at)

    lesson = LessonPage.objects.get(slug="training-guide")
    assert (done.written, lesson.goals[0].value) == (1, "改过的目标")
    assert lesson.checks[0].id == before


def test_posts_are_brought_up_to_date(tree, lessons, at):
    load_tree(tree=tree, lessons=lessons, at=at)
    tree["courses"][0]["modules"][0]["lessons"][0]["posts"] = ["运营"]

    done = load_tree(tree=tree, lessons=lessons, at=at)

    lesson = LessonPage.objects.get(slug="training-guide")
    assert (done.written, list(lesson.posts.names())) == (1, ["运营"])


def test_a_page_taken_offline_is_published_again(tree, lessons, at):
    load_tree(tree=tree, lessons=lessons, at=at)
    CoursePage.objects.get().unpublish()

    load_tree(tree=tree, lessons=lessons, at=at)

    assert CoursePage.objects.get().live is True


def test_loading_is_recorded_once(tree, lessons, at):
    load_tree(tree=tree, lessons=lessons, at=at)
    load_tree(tree=tree, lessons=lessons, at=at)

    row = AuditRow.objects.get(action="courses.tree_loaded")
    assert row.detail == {"lessons": 2, "written": 4}


def test_a_tree_without_a_key_is_refused_whole(tree, lessons, at):
    del tree["courses"][0]["modules"][0]["lessons"][1]["facts"]

    with pytest.raises(Refused) as error:
        load_tree(tree=tree, lessons=lessons, at=at)

    assert (error.value.code, CoursePage.objects.count()) == ("missing_key", 0)
    assert "facts" in error.value.message


def test_without_a_root_page_the_remedy_is_named():
    Page.objects.all().delete()

    with pytest.raises(Refused) as error:
        ensure_catalog()

    assert error.value.code == "no_root"


@pytest.mark.parametrize("text", ["{", '{"courses": [{}]}'])
def test_the_command_names_what_is_wrong(tmp_path, text):
    file = tmp_path / "tree.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=r"tree\.json"):
        call_command("load_courses", str(file))


def test_the_command_names_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match=r"none\.json"):
        call_command("load_courses", str(tmp_path / "none.json"))


def test_editors_may_write_and_publish_under_the_catalogue():
    top = ensure_catalog()
    group = Group.objects.get(name="editor")
    grant_editing(group)

    rows = GroupPagePermission.objects.filter(group=group, page=top)
    assert sorted(rows.values_list("permission__codename", flat=True)) == [
        "add_page",
        "change_page",
        "publish_page",
    ]
    assert group.permissions.filter(codename="access_admin").count() == 1


def test_without_a_catalogue_there_is_nothing_to_edit():
    assert grant_editing(Group.objects.create(name="editor")) is False
    assert (catalog(), CatalogPage.objects.count()) == (None, 0)


def test_the_tree_is_read_in_its_order(tree, lessons, at):
    load_tree(tree=tree, lessons=lessons, at=at)
    course = CoursePage.objects.get()
    found = list(lessons_of([course]))

    assert [lesson.slug for lesson in found] == ["training-guide", "ecommerce-overview"]
    assert [module.slug for module in modules_of([course])] == ["industry-basics"]
    assert course_of(found[0]) == course
    assert goals_of([found[0].pk]) == [lessons["training-guide"]["goals"][0]]
    assert list(lessons_of([])) == []


def test_the_shipped_courses_name_their_fields(at):
    tree = {
        "courses": [
            node("数据分析", "a"),
            node("自编课程", "b"),
            node("某课", "c", field="用户运营"),
        ]
    }

    load_tree(tree=tree, lessons={}, at=at)

    fields = dict(CoursePage.objects.values_list("slug", "field"))
    assert fields == {"a": "data", "b": "", "c": "users"}


def node(title, slug, **more):
    return {"title": title, "slug": slug, "intro": "", "kind": "核心", "modules": []} | more
