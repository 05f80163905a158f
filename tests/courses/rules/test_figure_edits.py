import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.figure_edits import all_figures, figure_edits

pytestmark = pytest.mark.law
FIGURE = st.sampled_from(["5%", "6%", "3天", "20元", "无"])


def part(kind, value, id="x9"):
    return {"type": kind, "value": value, "id": id}


def table(*rows):
    return part("table", {"caption": "费率", "rows": [list(row) for row in rows]})


def lesson(*body, **fields):
    empty = dict.fromkeys(("goals", "worked_example", "drill", "case", "checks"), ())
    return {"title": "费率", **empty, "body": list(body), "sources": "", **fields}


def edits(before, after):
    return [
        (each.before, each.after, list(each.change.gone), list(each.change.come))
        for each in figure_edits(before, after)
    ]


def total(before, after):
    change = all_figures(figure_edits(before, after))
    return list(change.gone), list(change.come)


def test_a_row_is_read_as_a_row():
    before = lesson(table(["女装", "6.5元/斤", "8元"], ["男装", "5%", "9元"]))
    after = lesson(table(["女装", "6.6元/斤", "8元"], ["男装", "5%", "9元"]))

    assert edits(before, after) == [
        (("女装 | 6.5元/斤 | 8元",), ("女装 | 6.6元/斤 | 8元",), ["6.5元"], ["6.6元"])
    ]


def test_a_figure_that_stands_elsewhere_has_changed_all_the_same():
    before = lesson(table(["女装", "5%"]), part("paragraph", "<p>一般是 5%。</p>", "p1"))
    after = lesson(table(["女装", "6%"]), part("paragraph", "<p>一般是 5%。</p>", "p1"))

    assert total(before, after) == (["5%"], ["6%"])


def test_two_figures_that_changed_places_have_both_changed():
    before = lesson(table(["女装", "5%"], ["男装", "6%"]))
    after = lesson(table(["女装", "6%"], ["男装", "5%"]))

    assert edits(before, after) == [
        (("女装 | 5%",), ("女装 | 6%",), ["5%"], ["6%"]),
        (("男装 | 6%",), ("男装 | 5%",), ["6%"], ["5%"]),
    ]
    assert total(before, after) == (["6%", "5%"], ["5%", "6%"])


def test_a_part_that_moved_or_was_cut_in_two_changes_nothing():
    one, two = part("paragraph", "<p>甲 5%</p>", "a"), part("paragraph", "<p>乙 6%</p>", "b")
    both = part("paragraph", "<p>甲 5%</p><p>乙 6%</p>", "c")

    assert edits(lesson(one, two), lesson(two, one)) == []
    assert edits(lesson(both), lesson(one, two)) == []


def test_what_teaches_and_what_does_not():
    before = lesson()
    after = lesson(
        part("paragraph", "<p>一共 <b>1</b>2 元</p>"),
        part("callout", {"tone": "figure", "text": "3%", "source": "2025 年报", "as_of": "1"}),
        part("task_link", {"task": "YY-07"}),
        title="佣金 5%", goals=[part("goal", "算 2 遍")], sources="7 元",
        drill=[part("drill", {"task": "<p>算 5 单</p>", "minutes": 20})],
        checks=[part("check", {"stem": "6 元？"})],
    )  # fmt: skip

    assert set(total(before, after)[1]) == {"5%", "2遍", "12元", "3%", "5单"}


@given(st.lists(FIGURE, max_size=5), st.lists(FIGURE, max_size=5))
def test_whatever_was_changed_is_found(one, other):
    before, after = (lesson(table(*(["行", each] for each in rows))) for rows in (one, other))

    assert edits(before, copy.deepcopy(before)) == []
    assert bool(edits(before, after)) or set(one) - {"无"} == set(other) - {"无"}
