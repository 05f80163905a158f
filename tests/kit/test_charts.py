import re

import pytest

from kit.charts import bar_chart, clean, line_chart, row_chart

FIGURES = {
    "title": "覆盖率 <目标>",
    "labels": ["第一季", "<b>第二季</b>"],
    "series": [("实际", [85.5, None]), ("目标<script>", [100, 100])],
    "unit": "%",
}


@pytest.mark.parametrize("draw", [bar_chart, row_chart, line_chart])
def test_a_chart_may_stand_in_our_pages(draw):
    svg = draw(**FIGURES)

    assert not re.search(
        r"<script|<style|style=|javascript|onload|<!--|https?://(?!www\.w3\.org)", svg
    )
    assert 'role="img" aria-label="覆盖率 &lt;目标&gt;"' in svg
    assert "&lt;b&gt;第二季" in svg
    assert "85.5%" in svg


@pytest.mark.parametrize("draw", [bar_chart, line_chart])
def test_the_same_figures_give_the_same_text(draw):
    assert draw(**FIGURES) == draw(**FIGURES)


def test_series_have_colours_of_their_own():
    svg = bar_chart(**FIGURES)

    assert 'fill="#3b6b8f"' in svg
    assert 'fill="#d9822b"' in svg


def test_no_figures_at_all_are_no_fault():
    assert "<svg" in bar_chart(title="空", labels=[], series=[("实际", [])])


def test_cleaning_keeps_nothing_that_runs():
    dirty = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x</script>'
        '<g style="fill:red" id="a"><desc class="x">1</desc></g></svg>'
    )

    assert clean(dirty, "t") == (
        '<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
        'aria-label="t"><g /></svg>'
    )
