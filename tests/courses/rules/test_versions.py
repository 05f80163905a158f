import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.versions import (
    as_read,
    check_ids,
    course_digest,
    lesson_content,
    lesson_digest,
)

pytestmark = pytest.mark.law

FIELDS = {"title": "定价", "level": "operator", "planned_seconds": 120, "sources": "国标"}
STREAMS = {name: [] for name in ("goals", "body", "worked_example", "drill", "case", "checks")}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["title", "text", "items", "type"]), inner, max_size=3)
    ),
    max_leaves=12,
)


def content(**changed):
    return lesson_content(
        fields=FIELDS | changed, streams=STREAMS | changed, posts=changed.get("posts", ["运营"])
    )


def test_items_of_a_list_lose_their_ids_and_parts_keep_theirs():
    raw = {"type": "steps", "id": "a1", "value": {
        "title": "三步", "items": [{"type": "item", "value": "看", "id": "x"}, "想"],
    }}  # fmt: skip

    assert as_read(raw) == {"type": "steps", "id": "a1", "value": {
        "title": "三步", "items": ["看", "想"],
    }}  # fmt: skip


def test_optional_parts_left_empty_are_as_if_they_were_not_there():
    assert as_read({"task": "写", "minutes": None, "answer": "", "n": 0, "all": []}) == {
        "task": "写", "n": 0, "all": [],
    }  # fmt: skip


def test_what_an_editor_adds_by_passing_through_is_not_read():
    raw = {"text": '<p data-block-key="487k4">甲<b>乙</b></p>', "note": "一\r\n二\r三"}

    assert as_read(raw) == {"text": "<p>甲<b>乙</b></p>", "note": "一\n二\n三"}


def test_the_cells_of_a_table_stay_empty_cells():
    assert as_read({"rows": [["", "40%"]]}) == {"rows": [["", "40%"]]}


@given(VALUES)
def test_reading_twice_changes_nothing(raw):
    assert as_read(as_read(raw)) == as_read(raw)


def test_content_holds_all_a_learner_reads_and_the_posts_in_order():
    found = content(posts=["设计", "客服"], goals=[{"type": "goal", "id": "g", "value": "会算"}])

    assert found == {
        **FIELDS, **STREAMS, "goals": [{"type": "goal", "id": "g", "value": "会算"}],
        "posts": ["客服", "设计"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "定价三问"}, {"planned_seconds": 121}, {"level": "senior"}, {"sources": ""},
        {"posts": []}, {"body": [{"type": "heading", "id": "h", "value": "一"}]},
    ],
)  # fmt: skip
def test_whatever_is_read_changes_the_digest(changed):
    assert lesson_digest(content(**changed)) != lesson_digest(content())


def test_the_same_content_has_the_same_digest():
    assert lesson_digest(content()) == lesson_digest(dict(reversed(content().items())))


def test_a_course_changes_with_its_words_and_the_order_and_places_of_its_lessons():
    lessons = [(1, "0", "aa"), (2, "0", "bb")]
    same = course_digest(course={"title": "运营"}, lessons=lessons)

    assert course_digest(course={"title": "运营"}, lessons=iter(lessons)) == same
    assert course_digest(course={"title": "营销"}, lessons=lessons) != same
    assert course_digest(course={"title": "运营"}, lessons=lessons[::-1]) != same
    assert course_digest(course={"title": "运营"}, lessons=[(1, "1", "aa"), lessons[1]]) != same


def test_the_quick_checks_of_a_lesson_are_named_in_order():
    parts = [{"type": "check", "id": each, "value": {}} for each in ("b", "a")]

    assert check_ids(content(checks=parts)) == ["b", "a"]
