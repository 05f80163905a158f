from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules.weighting import Parts, SchemeError, assess, parse_scheme
from exams.services.schemes import DEFAULT
from kit.exact import print_score

SCHEME = parse_scheme(DEFAULT)
ITEMS = tuple(DEFAULT["process_items"])
SCORES = st.fractions(min_value=0, max_value=100, max_denominator=1000)


def exact(value):
    return None if value is None else Fraction(value)


def parts(theory, tasks, showcase, process):
    given_process = process if isinstance(process, dict) else dict.fromkeys(ITEMS, process)
    return Parts(
        exact(theory),
        [exact(task) for task in tasks],
        exact(showcase),
        {item: exact(value) for item, value in given_process.items()},
    )


def test_theory_86_practical_78_process_90_make_83_60():
    result = assess(SCHEME, parts(86, [78], 78, 90))

    assert result.total == Fraction("83.6")
    assert result.passed is True
    assert result.reasons == ()


def test_a_total_of_59_995_does_not_pass_and_does_not_print_as_60():
    result = assess(SCHEME, parts(60, [60], 60, "59.975"))

    assert result.total == Fraction("59.995")
    assert result.passed is False
    assert result.reasons == ("below:total",)
    assert print_score(result.total, line=Fraction(60)) == "59.99"


def test_exactly_sixty_everywhere_passes():
    result = assess(SCHEME, parts(60, [60], 60, 60))

    assert (result.total, result.passed) == (60, True)


@pytest.mark.parametrize(
    ("theory", "tasks", "reason"),
    [("59.99", [100], "below:theory"), (100, ["49.98"], "below:practical")],
)
def test_a_missed_floor_fails_whatever_the_total(theory, tasks, reason):
    result = assess(SCHEME, parts(theory, tasks, 100, 100))

    assert result.total > 60
    assert (result.passed, result.reasons) == (False, (reason,))


def test_practical_is_tasks_80_and_showcase_20():
    result = assess(SCHEME, parts(0, [70, 80], 90, 0))

    assert result.practical == Fraction(75 * 80 + 90 * 20, 100)


def test_process_is_20_25_20_35():
    process = {"participation": 100, "case": 80, "discussion": 60, "drill": 40}

    result = assess(SCHEME, parts(60, [60], 60, process))

    assert result.process == 20 + 20 + 12 + 14


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (parts(None, [60], 60, 60), "not_yet:theory"),
        (parts(60, [60, None], 60, 60), "not_yet:practical"),
        (parts(60, [], 60, 60), "not_yet:practical"),
        (parts(60, [60], None, 60), "not_yet:practical"),
        (parts(60, [60], 60, {"case": 60}), "not_yet:process"),
    ],
)
def test_a_missing_part_is_not_yet_and_never_passes(known, reason):
    result = assess(SCHEME, known)

    assert (result.total, result.complete, result.passed) == (None, False, False)
    assert result.reasons == (reason,)


def test_what_is_known_below_its_floor_is_said_while_a_part_is_missing():
    result = assess(SCHEME, parts(40, [], None, 60))

    assert result.reasons == ("not_yet:practical", "below:theory")


def test_an_item_without_weight_may_be_missing():
    scheme = parse_scheme({**DEFAULT, "practical_split": {"tasks": 100, "showcase": 0}})

    result = assess(scheme, parts(60, [70], None, 60))

    assert result.practical == 70


def test_steps_hold_every_weight_product_floor_and_the_verdict():
    steps = assess(SCHEME, parts(86, [78], 78, 90)).steps

    total = next(s for s in steps if s["kind"] == "sum" and s["part"] == "total")
    assert total["value"] == "418/5"
    assert total["items"] == [
        {"key": "theory", "value": "86", "weight": "40", "product": "172/5"},
        {"key": "practical", "value": "78", "weight": "40", "product": "156/5"},
        {"key": "process", "value": "90", "weight": "20", "product": "18"},
    ]
    floors = [(s["part"], s["line"], s["met"]) for s in steps if s["kind"] == "floor"]
    assert floors == [("theory", "60", True), ("practical", "60", True), ("total", "60", True)]
    assert steps[-1] == {"kind": "verdict", "passed": True, "reasons": []}
    assert steps[0] == {"kind": "mean", "part": "tasks", "items": ["78"], "value": "78"}


@given(SCORES, st.lists(SCORES, min_size=1, max_size=3), SCORES, SCORES)
def test_passing_is_exactly_reaching_the_three_floors(theory, tasks, showcase, process):
    result = assess(SCHEME, parts(theory, tasks, showcase, process))

    practical = sum(tasks) / len(tasks) * Fraction(80, 100) + showcase * Fraction(20, 100)
    total = theory * Fraction(2, 5) + practical * Fraction(2, 5) + process * Fraction(1, 5)
    assert (result.practical, result.total) == (practical, total)
    assert result.passed is (theory >= 60 and practical >= 60 and total >= 60)
    assert 0 <= result.total <= 100


@given(st.integers(1, 10**9))
def test_the_smallest_miss_fails_and_never_prints_as_the_line(parts_of_a_point):
    value = 60 - Fraction(1, parts_of_a_point)

    result = assess(SCHEME, parts(value, [value], value, value))

    assert result.passed is False
    assert print_score(result.total, line=Fraction(60)) < "60.00"


@pytest.mark.parametrize("bad", [-1, 101])
def test_a_part_outside_0_to_100_is_a_fault_upstream(bad):
    with pytest.raises(ValueError, match="0–100"):
        assess(SCHEME, parts(bad, [60], 60, 60))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"weights": {"theory": 40, "practical": 40, "process": 21}}, "not_100"),
        ({"weights": {"theory": 60, "practical": 40}}, "wrong_parts"),
        ({"weights": {"theory": 120, "practical": 0, "process": -20}}, "negative"),
        ({"process_items": {"case": "x"}}, "not_a_number"),
        ({"process_items": {"case": "1/0"}}, "not_a_number"),
        ({"floors": {"theory": 60}}, "wrong_parts"),
        ({"floors": {"theory": 60, "practical": 60, "total": 101}}, "out_of_range"),
    ],
)
def test_a_scheme_that_does_not_add_up_is_refused(change, code):
    with pytest.raises(SchemeError) as refusal:
        parse_scheme({**DEFAULT, **change})

    assert (refusal.value.code, refusal.value.place) == (code, next(iter(change)))
