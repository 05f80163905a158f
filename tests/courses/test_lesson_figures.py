"""Figures of the lessons that ship: facts are the fact notes', sums are right, doubts are told."""

import json
import re
from dataclasses import dataclass

import pytest

from tests.demo_lessons import DEMO, LESSONS, NODES
from tests.lesson_figures import (
    Figure,
    count_sums,
    figures,
    misquoted,
    strings,
    unfounded,
    wrong_sums,
)

NOTES = (DEMO / "courseware_facts.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^##### [\d.]+ `([a-z0-9-]+)`.*?(?=^#|\Z)", re.MULTILINE | re.DOTALL)
FACTS = {match[1]: match[0] for match in SECTION.finditer(NOTES)}
DOUBT_ROWS = dict(re.findall(r"^\| (\d+) \| (.+) \|$", NOTES, re.MULTILINE))
PRACTICE = ("worked_example", "drill", "case", "checks")

# Figures that no fact of the lesson holds, each read by a person, with the reason.
REVIEWED = {
    "channel-overview": {"80%": "a rule of thumb, called 经验说法 in the next sentence"},
    "complaint-crisis": {"24小时": "the handbook's rule for inquiries, a fact of customer-service"},
    "content-distribution": {"4次": "counted in the example above it", "20点": "as above"},
    "growth-retention": {"4倍": "one of two readings of a fact: three times more is four times"},
    "local-brand-cases": {"20个": "how long an answer may be"},
    "low-cost-startup": {"32%": "3200 of the 10000 yuan added up in the sentence before"},
    "promotion-types": {"1.2倍": "a rule of thumb, called 经验范围 there", "1.5倍": "as above"},
    "risk-management": {
        "60%": "an invented shop beside the handbook's figure, called 比如",
        "65%": "the case's own data beside the handbook's figure",
        "5%": "as above",
    },
    "rural-ecommerce": {"93000元": "28 thousand million by 300 thousand, quoted to warn of it"},
    "rural-landing": {"20000元": "1.5 and 0.5 of the rows above, which do not come back"},
    "talent-structure": {
        "6人": "30 % of 20 people, worked out in the box of the lesson",
        "8人": "40 % of 20 people, as above",
        "30人": "the question's own company",
    },
    "user-lifecycle": {"80%": "how to read one's own list of days", "90%": "as above"},
}


@dataclass(frozen=True)
class Doubt:
    """A doubtful figure of the notes: where it may stand, and what must be said beside it."""

    row: str
    figure: str
    lessons: frozenset[str]
    beside: str
    asked: bool  # whether a question may be asked about it


DOUBTS = [
    Doubt("1", r"2\.5万亿|突?破10万亿元、增12%", frozenset({"ops-strategy-planning"}),
          r"第2章|第4章|口径", False),
    Doubt("2", r"15万亿元|14\.4万亿|26\.3%|47\.8万亿", frozenset({"ecommerce-overview"}),
          r"口径|课件|方案", False),
    Doubt("3", r"加起来是145", frozenset({"training-guide"}), r"折算", True),
    Doubt("4", r"2024年[^。]{0,6}(?:实施|施行)", frozenset(), r"$^", False),
    Doubt("5", r"4\.83", frozenset({"paid-promotion-roi"}),
          r"没扣|未扣|扣货品|不是利润|4\.831|仍然在赔", True),
    Doubt("6", r"90天内(?!下过)[^，。]{0,3}申", frozenset({"cross-border-case"}),
          r"未能核实", False),
    Doubt("7", r"40%以上，一处", frozenset({"team-division"}), r"两处", False),
    Doubt("8", r"10亿元", frozenset({"financing", "policy-law"}), r"课件|总盘", True),
    Doubt("8", r"最高2000元/人|减800元", frozenset({"certification"}), r"课件", True),
    Doubt("9", r"高级电子商务师", frozenset({"certification"}),
          r"不同|不是一回事|不等同|内部", True),
    Doubt("10", r"1\.5–2\.5万", frozenset({"talent-structure"}), r"仅供参考", True),
    Doubt("13", r"65%升到85%|65%→85%", frozenset({"communication-workflow"}), r"百分点", True),
]  # fmt: skip
# Rows that name no figure a lesson could repeat: wrong words left out, and pages that break off.
NO_FIGURE = {"11", "12"}


def facts_of(slug):
    """The notes on a lesson, with the rows of the doubts that they name."""
    rows = re.findall(r"存疑(\d+)", FACTS[slug])
    return [FACTS[slug], *(DOUBT_ROWS[row] for row in rows)]


def faults(slug, lesson):
    """Everything that is wrong with the figures of a lesson."""
    facts, reviewed = facts_of(slug), tuple(REVIEWED.get(slug, {}))
    told = misquoted([lesson["body"], *(lesson[name] for name in PRACTICE)], facts)
    allowed = figures("、".join(reviewed))
    sums = [each for text in strings(lesson) for each in wrong_sums(text)]
    quoted = [each for each in told if not figures(each[0]) <= allowed]
    return unfounded(lesson["body"], facts, reviewed) + quoted + sums


def doubts_untold(slug, lesson):
    """Rows of doubtful figures that a lesson repeats where or how it must not."""
    parts = ["".join(strings(part)) for part in [*lesson["body"], *(lesson[n] for n in PRACTICE)]]
    checks = "".join(strings(lesson["checks"]))
    return [
        doubt.row
        for doubt in DOUBTS
        for part in parts
        if re.search(doubt.figure, part)
        and (
            slug not in doubt.lessons
            or not re.search(doubt.beside, part)
            or (not doubt.asked and re.search(doubt.figure, checks))
        )
    ]


def copy_of(slug, old, new):
    """A lesson with one figure changed."""
    text = json.dumps(LESSONS[slug], ensure_ascii=False)
    assert old in text
    return json.loads(text.replace(old, new))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("保证金１．５万–15万元", {"15000元", "150000元"}),
        ("3–5个词组，占30—40％", {"3个", "5个", "30%", "40%"}),
        ("月薪1.5-2.5万元", {"15000元", "25000元"}),
        ("三成以上；统一成一种；做到七八成", {"30%"}),
        ("规模超5.5万亿美元，增12%，ROI=4.83", {"5500000000000美元", "12%", "4.83"}),
        ("24小时内、1,200元、0.6个百分点、3倍", {"24小时", "1200元", "0.6个百分点", "3倍"}),
        ("B2B与PT03没有数", set()),
    ],
)
def test_figures_are_read_with_unit_scale_and_range(text, expected):
    assert {str(each) for each in figures(text)} == expected


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("(8−6.5)÷8=18.75%", []),
        ("51÷(1−15%−18%)=51÷0.67≈76.12元", []),
        ("18÷√(60+78)=18÷√138≈18÷11.75≈1.53", []),
        ("77%−70%=7个百分点；9×2=18万元；37+28+22+13=100%", []),
        ("1斤=500克", []),
        ("（220×12=2640）", []),
        ("45×2−8=83元", ["45×2-8=83元"]),
        ("220÷57≈3.8天", ["220÷57≈3.8天"]),
        ("5×4=21=21，2+2=5", ["5×4=21", "2+2=5"]),
    ],
)
def test_sums_are_recomputed_to_the_places_they_show(text, wrong):
    assert wrong_sums(text) == wrong


def test_most_sums_of_the_lessons_are_read():
    assert sum(count_sums(text) for lesson in LESSONS.values() for text in strings(lesson)) >= 1200


def test_every_worked_example_that_calculates_shows_sums():
    """Where steps are full of numbers, they are sums that were recomputed."""
    lacking = [
        slug
        for slug, lesson in LESSONS.items()
        if re.search(r"[−×÷]|\d\+\d", text := "".join(lesson["worked_example"]["steps"]))
        and not count_sums(text)
    ]

    assert lacking == []


def test_the_notes_and_the_tree_state_the_same_facts():
    assert set(FACTS) == set(NODES) == set(LESSONS)
    notes = {slug: re.findall(r"^  - (.+)$", text, re.MULTILINE) for slug, text in FACTS.items()}

    assert notes == {slug: node["facts"] for slug, node in NODES.items()}


@pytest.mark.parametrize("slug", sorted(LESSONS))
def test_figures_of_a_lesson_are_facts_or_sums_or_called_examples(slug):
    assert faults(slug, LESSONS[slug]) == []


@pytest.mark.parametrize("slug", sorted(LESSONS))
def test_doubtful_figures_stand_only_where_the_doubt_is_told(slug):
    assert doubts_untold(slug, LESSONS[slug]) == []


def test_every_row_of_doubts_is_looked_for():
    assert {doubt.row for doubt in DOUBTS} | NO_FIGURE == set(DOUBT_ROWS)
    looked_for = [(doubt.row, slug) for doubt in DOUBTS for slug in doubt.lessons]

    assert [
        (doubt.row, slug)
        for doubt in DOUBTS
        for slug in doubt.lessons
        if not re.search(doubt.figure, "".join(strings(LESSONS[slug])))
    ] == []
    assert len(looked_for) >= 10


@pytest.mark.parametrize("slug", sorted(REVIEWED))
def test_the_list_of_reviewed_figures_holds_nothing_that_is_not_needed(slug):
    facts, lesson = facts_of(slug), LESSONS[slug]
    found = unfounded(lesson["body"], facts) + misquoted(
        [lesson["body"], *(lesson[name] for name in PRACTICE)], facts
    )

    assert set(REVIEWED[slug]) == {figure for figure, _sentence in found}
    assert all(reason.strip() for reason in REVIEWED[slug].values())


@pytest.mark.parametrize(
    ("slug", "old", "new", "figure"),
    [
        ("pricing", "总成本6–7元/斤", "总成本6–9.5元/斤", "9.5元"),
        ("independent-site", "10–15个百分点", "10–18个百分点", "18个百分点"),
        ("listing-rules", "19–22点", "19–23点", "23点"),
        ("community-marketing", "200–500人", "200–800人", "800人"),
        ("cross-border-case", "年销200万美元", "年销300万美元", "3000000美元"),
    ],
)
def test_a_changed_fact_is_named(slug, old, new, figure):
    assert figure in {found[0] for found in faults(slug, copy_of(slug, old, new))}


def test_a_changed_result_is_named():
    changed = copy_of("pricing", "51÷0.77≈66.23元", "51÷0.77≈66.43元")

    assert faults("pricing", changed) == ["51÷0.77≈66.43元"]


@pytest.mark.parametrize(
    ("slug", "old", "new", "row"),
    [
        ("cross-border-case", "未能核实", "已经核实", "6"),
        ("privacy-protection", "自2021年11月1日起施行", "自2024年起施行", "4"),
        ("pricing", "15–20%", "15–20%，电商规模破2.5万亿元", "1"),
        ("talent-structure", "仅供参考", "可作承诺", "10"),
    ],
)
def test_a_doubt_that_is_kept_back_is_named(slug, old, new, row):
    assert row in doubts_untold(slug, copy_of(slug, old, new))


def test_a_figure_without_unit_fits_any():
    assert unfounded([{"type": "paragraph", "value": "<p>平台运营30%。</p>"}], ["平台运营30"]) == []
    assert Figure(30) != Figure(30, "%")
