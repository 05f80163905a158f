import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.hours import (
    Part,
    characters,
    claims_too_much,
    honest_parts,
    honest_seconds,
)


@pytest.mark.parametrize(
    ("value", "count"),
    [
        ("两 个\n字", 3),
        ("<p>粗<b>体</b>&nbsp;字</p>", 3),
        ({"tone": "warning", "title": "标题", "text": "<p>正文</p>"}, 4),
        ({"rows": [["一", "二"], ["三", ""]]}, 3),
        ({"type": "heading", "value": "小标题", "id": "0c8a"}, 3),
        ({"minutes": 12, "flag": True, "none": None}, 0),
    ],
)
def test_characters_are_what_a_person_reads(value, count):
    assert characters(value) == count


def lesson(**streams):
    empty = {"body": [], "worked_example": [], "drill": [], "case": [], "checks": []}
    return honest_parts(**empty | streams)


def test_parts_of_a_lesson():
    parts = lesson(
        body=[{"type": "paragraph", "value": f"<p>{'字' * 1000}</p>", "id": "a"}],
        worked_example=[{"type": "worked_example", "value": {"title": "例", "minutes": 4}}],
        drill=[{"type": "drill", "value": {"task": "<p>做</p>", "minutes": 8}}],
        case=[{"type": "case", "value": {"scenario": "<p>景</p>", "minutes": None}}],
        checks=[
            {"type": "check", "value": {"stem": "？"}},
            *[{"type": "question", "value": 7}] * 2,
            {"type": "question", "value": None},
        ],
    )

    assert parts == (
        Part("reading", 1000, 240),
        Part("worked_example", 1, 240),
        Part("drill", 1, 480),
        Part("case", 1, 0),
        Part("checks", 3, 180),
    )
    assert honest_seconds(parts) == 1140


def test_what_plays_counts_its_own_length_once():
    parts = lesson(
        body=[
            {"type": "video", "value": {"media": 4, "caption": "看图", "seconds": 200}},
            {"type": "video", "value": {"media": 4, "seconds": 200}},
            {"type": "audio", "value": {"media": 5, "seconds": 30}},
            {"type": "audio", "value": {"media": None}},
            {"type": "image", "value": {"media": 9}},
        ]
    )

    assert parts[0] == Part("reading", 2, 0)
    assert parts[1] == Part("media", 3, 230)


def test_the_source_of_figures_is_not_read():
    assert characters({"text": "字", "source": "统计局", "as_of": "2024", "url": "https://a"}) == 1


def test_a_plan_as_long_as_its_parts_stands_and_a_second_more_does_not():
    parts = lesson(body=[{"type": "paragraph", "value": "字" * 250}])

    assert claims_too_much(planned_seconds=60, parts=parts) is False
    assert claims_too_much(planned_seconds=61, parts=parts) is True


@given(st.integers(min_value=0, max_value=20_000))
def test_reading_is_never_slower_than_250_characters_a_minute(count):
    (reading, *_rest) = lesson(body=[{"type": "paragraph", "value": "字" * count}])

    assert reading.seconds * 250 <= count * 60
