from fractions import Fraction

import pytest
from hypothesis import given, settings

from exams.rules.statistics import ChoiceKey, Flag, FlagCode, item_statistics, weak_item_flags
from tests.exams.rules.statistics.data import drawn_papers, table_papers

KEY = {1: ChoiceKey(4, frozenset({0}))}
SIZE = 40


def flags(choices):
    """The flags of a four-option item (0 is right), chosen so by 40 papers, the best first."""
    rows = [[int(0 in chosen), Fraction(SIZE - n, SIZE)] for n, chosen in enumerate(choices)]
    papers = table_papers(rows, marks=[1, 99], choices=[[chosen, ()] for chosen in choices])
    return weak_item_flags(item_statistics(papers, KEY)[1])


def codes(choices):
    return [flag.code for flag in flags(choices)]


GOOD = [(0,)] * 22 + [(1,), (2,), (3,)] * 6


def test_a_good_item_has_no_flag():
    assert codes(GOOD) == []


def test_fewer_than_thirty_papers_only_say_so():
    papers = table_papers([[1]] * 29)

    assert weak_item_flags(item_statistics(papers, KEY)[1]) == (
        Flag(FlagCode.TOO_FEW_ANSWERS, {"papers": 29, "needed": 30}),
    )


@pytest.mark.parametrize(
    ("right", "caused"),
    [
        (39, [Flag(FlagCode.TOO_EASY, {"facility": Fraction(39, 40), "line": Fraction(19, 20)})]),
        (38, []),
        (8, []),
        (7, [Flag(FlagCode.TOO_HARD, {"facility": Fraction(7, 40), "line": Fraction(1, 5)})]),
    ],
)
def test_the_lines_of_facility_may_be_touched(right, caused):
    rest = [((n % 3) + 1,) for n in range(SIZE - right)]

    found = [flag for flag in flags([(0,)] * right + rest) if "facility" in flag.figures]

    assert found == caused


def test_an_item_that_strong_and_weak_answer_alike_discriminates_weakly():
    wrong = [(1,), (2,), (3,)]
    found = flags([(0,), wrong[0], (0,), wrong[1], (0,), wrong[2], (0,), wrong[0]] * 5)

    assert found[0] == Flag(
        FlagCode.WEAK_DISCRIMINATION,
        {"discrimination": Fraction(1, 11), "line": Fraction(15, 100)},
    )


def test_an_item_with_a_wrong_key_is_found_by_its_correlation_and_its_distractor():
    found = flags([(1,)] * 16 + [(0,), (2,), (3,)] * 8)
    by_code = {flag.code: flag.figures for flag in found}

    assert list(by_code) == [
        FlagCode.WEAK_DISCRIMINATION,
        FlagCode.NEGATIVE_CORRELATION,
        FlagCode.DISTRACTOR_OF_THE_STRONG,
    ]
    assert by_code[FlagCode.NEGATIVE_CORRELATION]["correlation"] < 0
    assert by_code[FlagCode.DISTRACTOR_OF_THE_STRONG] == {
        "option": 1, "share": Fraction(16, 40), "discrimination": 1,
    }  # fmt: skip


def test_a_wrong_option_that_nobody_chooses_is_named():
    found = flags([(0,)] * 22 + [(1,), (2,)] * 9)

    assert found == (Flag(FlagCode.UNUSED_DISTRACTOR, {"option": 3, "chosen": 0}),)


def test_one_strong_person_does_not_make_a_distractor_of_the_strong():
    assert codes([(3,), *[(0,)] * 21, *[(1,), (2,)] * 9]) == []
    assert codes([(3,), (3,), *[(0,)] * 20, *[(1,), (2,)] * 9]) == [
        FlagCode.DISTRACTOR_OF_THE_STRONG
    ]


def test_what_does_not_vary_is_too_easy_and_unrelated():
    assert codes([(0,)] * SIZE) == [
        FlagCode.TOO_EASY, FlagCode.WEAK_DISCRIMINATION,
        FlagCode.UNUSED_DISTRACTOR, FlagCode.UNUSED_DISTRACTOR, FlagCode.UNUSED_DISTRACTOR,
    ]  # fmt: skip


@given(drawn_papers(least=30, most=60, bank=3))
@settings(max_examples=30)
def test_every_flag_holds_the_figures_that_caused_it(papers):
    keys = {item: ChoiceKey(4, frozenset({0})) for item in range(1, 4)}
    for item in item_statistics(papers, keys).values():
        by_code = {flag.code: flag.figures for flag in weak_item_flags(item)}
        few = item.papers < 30
        assert (FlagCode.TOO_FEW_ANSWERS in by_code) == few
        assert (FlagCode.TOO_EASY in by_code) == (not few and item.facility > Fraction(95, 100))
        assert (FlagCode.TOO_HARD in by_code) == (not few and item.facility < Fraction(1, 5))
