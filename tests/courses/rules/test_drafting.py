import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.drafting import MOST_CELLS, drafted, plain
from kit.documents.parts import Grid, Heading, Listing, Note, Picture, Text


def blocks(*parts):
    return list(drafted(parts).blocks)


def test_text_and_lists_between_headings_are_one_block():
    got = blocks(
        Heading("一、定价"), Text("先看<b>毛利</b>。"), Listing(("甲", "乙"), False),
        Text("再看。"), Heading("二、活动"), Text("末段"),
    )  # fmt: skip

    assert got == [
        ("heading", "一、定价"),
        ("paragraph", "<p>先看<b>毛利</b>。</p><ul><li>甲</li><li>乙</li></ul><p>再看。</p>"),
        ("heading", "二、活动"),
        ("paragraph", "<p>末段</p>"),
    ]


def test_a_heading_too_long_becomes_bold_text():
    assert blocks(Heading("长" * 81 + "<")) == [("paragraph", f"<p><b>{'长' * 81}&lt;</b></p>")]


STEPS = Listing(("打开 &amp; 登录", "看报表"), True)
ITEMS = ["打开 & 登录", "看报表"]


def test_numbered_lines_after_a_leading_line_are_steps():
    assert blocks(Text("前文"), Text("操作步骤："), STEPS) == [
        ("paragraph", "<p>前文</p>"),
        ("steps", {"title": "操作步骤", "items": ITEMS}),
    ]


def test_numbered_lines_right_below_a_heading_are_steps():
    assert blocks(Heading("怎么做"), STEPS) == [
        ("heading", "怎么做"), ("steps", {"title": "怎么做", "items": ITEMS}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "before",
    [(), (Text("没有冒号"),), (Text("长" * 81 + "："),), (Listing(("甲",), False),),
     (Text('<a href="https://a.cn">看这里</a>：'),),
     (Heading("题"), Grid((("a", "b"), ("c", "d"))))],
)  # fmt: skip
def test_without_a_title_numbered_lines_stay_a_list(before):
    assert blocks(*before, STEPS)[-1][0] == "paragraph"


@pytest.mark.parametrize(
    "part",
    [Listing(("一", "二"), False), Listing(("一",), True), Listing(("<b>一</b>", "二"), True),
     Listing(("一" * 201, "二"), True)],
)  # fmt: skip
def test_other_lists_stay_lists(part):
    assert [kind for kind, _value in blocks(Text("如下："), part)] == ["paragraph"]


def test_a_numbered_list_in_running_text_keeps_its_numbers():
    assert blocks(Text("甲"), STEPS) == [
        ("paragraph", "<p>甲</p><ol><li>打开 &amp; 登录</li><li>看报表</li></ol>")
    ]


ROWS = (("项目", ""), ("理论", "40%"))
TABLE = {"header": ["项目", "—"], "rows": [["理论", "40%"]]}


def test_a_table_takes_the_line_above_it_as_caption():
    assert blocks(Text("表1 <b>权重</b>"), Grid(ROWS)) == [
        ("table", TABLE | {"caption": "表1 权重"})
    ]


def test_a_table_without_a_caption_is_called_like_its_heading_or_by_number():
    assert blocks(Grid(ROWS), Heading("考核"), Text("正文"), Grid(ROWS)) == [
        ("table", TABLE | {"caption": "表 1"}),
        ("heading", "考核"),
        ("paragraph", "<p>正文</p>"),
        ("table", TABLE | {"caption": "考核"}),
    ]


def test_a_line_too_long_is_no_caption():
    assert blocks(Text("表1" + "长" * 119), Grid(ROWS))[1] == ("table", TABLE | {"caption": "表 1"})


def test_a_table_of_one_row_is_a_line():
    assert blocks(Grid((("甲", "", "乙<"),))) == [("paragraph", "<p>甲；乙&lt;</p>")]


def test_a_table_too_large_is_cut():
    large = Grid((("a",) * 2,) * (MOST_CELLS // 2 + 1))

    assert (drafted([large]).blocks, drafted([large]).cut) == ((), (large,))


def test_notes_are_boxed_and_pictures_stand_alone():
    picture = Picture("a.png", "png", b"x", "")

    assert blocks(Text("甲"), Note("乙"), picture, Text("丙")) == [
        ("paragraph", "<p>甲</p>"),
        ("callout", {"tone": "tip", "title": "讲解备注", "text": "<p>乙</p>"}),
        ("picture", picture),
        ("paragraph", "<p>丙</p>"),
    ]


def test_plain_text_of_inline_markup():
    assert plain('<b>甲</b>乙<br/>丙 <a href="x">丁</a> &lt;') == "甲乙 丙 丁 <"


WORDS = st.text("甲乙：:1表 ", min_size=1, max_size=90).filter(str.strip)
PARTS = st.lists(
    st.one_of(
        WORDS.map(Heading), WORDS.map(Text), WORDS.map(Note),
        st.builds(Listing, st.lists(WORDS, min_size=1, max_size=3).map(tuple), st.booleans()),
        st.integers(1, 3).flatmap(
            lambda width: st.lists(st.tuples(*[WORDS] * width), min_size=1, max_size=4)
        ).map(lambda rows: Grid(tuple(rows))),
    ),
    max_size=8,
)  # fmt: skip


def said(value):
    if isinstance(value, dict):
        return "".join(said(each) for key, each in value.items() if key not in {"tone"})
    return "".join(map(said, value)) if isinstance(value, list | tuple) else value


@pytest.mark.law
@given(PARTS)
def test_no_character_of_a_document_is_lost(parts):
    """Every letter arrives; colons of leading lines and repeated captions may differ."""
    given_text = "".join(
        said(getattr(part, "text", None) or getattr(part, "html", None)
             or getattr(part, "items", None) or part.rows)
        for part in parts
    )  # fmt: skip
    came = re.sub("<[^>]*>", "", said([value for _kind, value in drafted(parts).blocks]))

    for letter in "甲乙1":
        assert came.count(letter) >= given_text.count(letter)
