import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.figures import changed_figures, figures, folded, names_any

pytestmark = pytest.mark.law

WIDE = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2) | st.integers(0, 10**9)
WORDS = st.text(alphabet="佣金率是每月按规定，。的", max_size=8)
UNIT = st.sampled_from(["", "%", "元", "天", "个工作日", "万元", "kg"])
LINES = st.lists(
    st.builds(lambda a, number, unit, b: f"{a}{number}{unit}{b}", WORDS, NUMBERS, UNIT, WORDS),
    max_size=4,
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("佣金率为 5.50 ％", ["5.5%"]),
        ("保证金3万元，退还 ¥1,200.00", ["30000元", "1200元"]),
        ("人民币 30 块，合 $5", ["30元", "5美元"]),
        ("1.2 亿人次、5百元", ["120000000人次", "500元"]),
        ("15个工作日内，不超过15 工作日", ["15工作日"]),
        ("自2026年3月1日（2026-03-01）起，2026 年 3 月公布", ["2026-03-01", "2026-03"]),
        ("每年11月11日至12月3号", ["11-11", "12-03"]),
        ("2026.3.13 与 2026/3/13", ["2026-03-13"]),
        ("9:30 开始，图片比例 3:4，占 1/3", ["9:30", "3:4", "1/3"]),
        ("《广告法》第 9 条，第3步，第 2 种", ["第9条"]),
        ("见图 3、表2、步骤 4 与案例5", []),
        ("案例 3 个", ["3个"]),
        ("3C、4K、B2B、2B 商家，H264", []),
        ("主图 800px，重 2kg，间隔 500ms", ["800px", "2千克", "500ms"]),
        ("80㎡，合 80平方米；①②③、m²", ["80平方米"]),
        ("系统 1.2.3 版", []),
        ("见 https://a.cn/2026/05?x=7，每天 3 次", ["3次"]),
        ("（1）先看", []),
        ("1、先看 2 遍", ["2遍"]),
        ("12. 先看", []),
        ("1.5 元起", ["1.5元"]),
        ("3～5 天", ["3", "5天"]),
        ("833 × 3.5% × 200 = 5831 元", ["833", "3.5%", "200", "5831元"]),
        ("增长 2 个百分点", ["2百分点"]),
        ("没有数字", []),
    ],
)
def test_figures_of_a_line(line, found):
    assert list(figures([line])) == found


def test_a_figure_is_shown_as_it_was_written_first():
    assert figures(["保证金 3 万元", "共 30000 元"]) == {"30000元": "3 万元"}


def test_a_full_width_comma_parts_two_numbers():
    assert list(figures(["分 5，100 元"])) == ["5", "100元"]


@given(LINES)
def test_width_does_not_matter(lines):
    assert figures(lines).keys() == figures([line.translate(WIDE) for line in lines]).keys()


@given(LINES, LINES)
def test_the_figures_of_two_texts_are_those_of_each(one, other):
    assert figures([*one, *other]).keys() == figures(one).keys() | figures(other).keys()


@given(LINES)
def test_a_text_compared_with_itself_has_no_change(lines):
    assert not changed_figures(lines, lines)


@given(LINES, LINES)
def test_what_one_way_loses_the_other_way_gets(one, other):
    there, back = changed_figures(one, other), changed_figures(other, one)

    assert (there.gone, there.come) == (back.come, back.gone)
    assert there.gone.keys().isdisjoint(there.come)


@given(st.integers(0, 99), WORDS)
def test_numbering_a_list_anew_changes_no_figure(number, words):
    for sign in (f"{number}. ", f"({number})", f"（{number}）", f"{number}、", f"{number}) "):
        assert list(figures([f"{sign}{words}佣金 5%"])) == ["5%"]


@given(st.integers(0, 10**9))
def test_thousands_may_be_parted(number):
    assert figures([f"{number:,} 元"]).keys() == figures([f"{number}元"]).keys() == {f"{number}元"}


@given(st.text(max_size=40))
def test_any_text_can_be_read(text):
    assert all(figures([text]))
    assert isinstance(folded(text), str)


def test_whether_a_text_names_a_figure():
    gone = changed_figures(["佣金 5%"], ["佣金 6%"]).gone

    assert names_any(["按５％计算"], gone) is True
    assert names_any(["按 15% 计算"], gone) is False
