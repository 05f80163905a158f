from learning.rules.parts import LessonPart, lesson_parts, part_at

BODY = [
    {"type": "heading", "id": "a", "value": "三段路"},
    {"type": "paragraph", "id": "b", "value": "<p>先学理</p>"},
    {"type": "heading", "id": "c", "value": "一张表"},
]


def test_parts_are_the_headings_and_then_what_there_is_to_do():
    found = lesson_parts(body=BODY, worked_example=[{}], drill=[{}], case=[], checks=[{}])

    assert found == (
        LessonPart("p-a", "heading", "三段路"),
        LessonPart("p-c", "heading", "一张表"),
        LessonPart("example", "example"),
        LessonPart("drill", "drill"),
        LessonPart("checks", "checks"),
    )


def test_an_empty_lesson_has_no_parts():
    assert lesson_parts(body=[], worked_example=[], drill=[], case=[], checks=[]) == ()


def test_a_part_is_found_by_its_anchor():
    parts = lesson_parts(body=BODY, worked_example=[], drill=[], case=[{}], checks=[])

    assert part_at(parts, "p-c") == LessonPart("p-c", "heading", "一张表")
    assert part_at(parts, "p-gone") is None
