import pytest

from courses.rules.diagrams import BARS, FLOW, TIMELINE, WIDTH, Box, Item, Words, drawn, wrapped


@pytest.mark.parametrize(
    ("text", "letters", "lines"),
    [
        ("", 4, ()),
        ("接单确认", 4, ("接单确认",)),
        ("接单确认好", 4, ("接单确认", "好")),
        ("GMV 8折", 3, ("GMV 8", "折")),
    ],
)
def test_words_are_broken_by_their_width(text, letters, lines):
    assert wrapped(text, letters) == lines


def test_a_flow_stands_box_under_box_with_an_arrow_between():
    drawing = drawn(FLOW, [Item("接单", "两分钟内"), Item("发货")])

    assert drawing.boxes == (
        Box("step", 1, 1, 318, 62, 8),
        Box("step", 1, 87, 318, 43, 8),
    )
    assert drawing.strokes == ("M160 66V84M155 78L160 84L165 78",)
    assert drawing.words == (
        Words("label", 16, 28, "接单"),
        Words("note", 16, 47, "两分钟内"),
        Words("label", 16, 114, "发货"),
    )
    assert drawing.height == 131


def test_a_timeline_has_a_dot_each_and_one_rail():
    drawing = drawn(TIMELINE, [Item("0分"), Item("30分")])

    assert [(box.name, box.y) for box in drawing.boxes] == [("dot", 5), ("dot", 36)]
    assert drawing.strokes == ("M10 11V42",)
    assert drawn(TIMELINE, [Item("0分")]).strokes == ()


def test_bars_are_as_long_as_their_numbers():
    drawing = drawn(BARS, [Item("曝光", "10000次", 10_000), Item("支付", "0次", 0)])

    assert [(box.name, box.width) for box in drawing.boxes] == [
        ("track", 318), ("bar", 318), ("track", 318), ("bar", 2),
    ]  # fmt: skip
    assert {box.width for box in drawn(BARS, [Item("空")]).boxes} == {318, 2}
    assert drawn(BARS, []).boxes == ()


@pytest.mark.parametrize("kind", [FLOW, TIMELINE, BARS])
def test_nothing_stands_outside_the_drawing_or_on_something_else(kind):
    items = [Item("很长的一句标签" * 6, "很长的一句小字" * 11, number) for number in range(9)]

    drawing = drawn(kind, items)

    ends = [(box.y + box.height, box.x + box.width) for box in drawing.boxes]
    assert max(y for y, _x in ends) <= drawing.height
    assert max(x for _y, x in ends) <= WIDTH
    lines = [line.y for line in drawing.words]
    assert lines == sorted(set(lines))
    assert lines[-1] < drawing.height
