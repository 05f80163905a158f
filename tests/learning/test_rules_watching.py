from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.watching import believable, is_complete, merged, parsed, tenths

LENGTH = 500
ranges = st.lists(st.tuples(st.integers(-50, 600), st.integers(-50, 600)), max_size=8)
seconds = st.integers(0, 2_000)


def spots(many):
    """Every tenth that a list of ranges covers, counted the slow way."""
    return {spot for start, end in many for spot in range(max(0, start), min(LENGTH, end))}


@given(ranges, ranges)
def test_merging_covers_the_same_tenths_and_nothing_touches(first, second):
    found = merged(first, second, length=LENGTH)

    assert spots(found) == spots(first) | spots(second)
    assert tenths(found) == len(spots(found))
    assert all(found[i][1] < found[i + 1][0] for i in range(len(found) - 1))
    assert merged(found, found, length=LENGTH) == found


@given(ranges, seconds)
def test_no_report_adds_more_than_its_wall_time_can_show(claimed, since):
    believed = believable(claimed, since_last=timedelta(seconds=since), length=LENGTH)

    assert spots(believed) <= spots(claimed)
    assert tenths(believed) <= min(since, 600) * 22


@given(st.lists(st.tuples(ranges, seconds), max_size=10))
def test_a_series_of_reports_never_beats_the_clock(reports):
    known, wall = (), 0
    for claimed, since in reports:
        believed = believable(claimed, since_last=timedelta(seconds=since), length=LENGTH)
        known, wall = merged(known, believed, length=LENGTH), wall + since

    assert tenths(known) <= min(LENGTH, wall * 22)


@pytest.mark.parametrize(
    ("claimed", "since", "believed"),
    [
        ([(0, 150)], 15, ((0, 150),)),
        ([(0, 150)], 5, ((0, 110),)),
        ([(0, 20), (100, 200), (300, 310)], 4, ((0, 20), (100, 168))),
        ([(0, 150)], 0, ()),
        ([(0, 150)], -3, ()),
    ],
)
def test_what_does_not_fit_is_cut_off_at_its_end(claimed, since, believed):
    assert believable(claimed, since_last=timedelta(seconds=since), length=LENGTH) == believed


@pytest.mark.parametrize(("watched", "done"), [(474, False), (475, True), (500, True)])
def test_watched_through_from_ninety_five_percent(watched, done):
    assert is_complete(watched, LENGTH) is done


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()), ("0-105", ((0, 105),)), ("0-105,200-310", ((0, 105), (200, 310))),
        ("5", None), ("a-3", None), ("3-b", None), ("3-3", None), ("-1-3", None), ("²-3", None),
        ("0-12345678", None), ("0-1,1-2,2-3", None),
    ],
)  # fmt: skip
def test_ranges_as_a_player_writes_them(text, found):
    assert parsed(text, most=2) == found


@given(st.text(alphabet="0123456789-,²a", max_size=20))
def test_any_text_is_ranges_or_nothing(text):
    found = parsed(text, most=5)
    assert found is None or all(0 <= start < end for start, end in found)
