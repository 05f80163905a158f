import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import series

PREFIX = st.from_regex(r"[A-Z0-9]{2,8}-[A-Z0-9]{2,4}-[A-Z0-9]{2,4}", fullmatch=True)


@given(PREFIX, st.integers(0, series.LAST_SEQUENCE - 50))
def test_a_series_skips_only_what_cannot_be_read(prefix, last):
    following = series.next_sequence(prefix, last)

    skipped = {series.printed(prefix, each)[-1] for each in range(last + 1, following)}
    assert skipped <= series.UNREADABLE
    assert series.printed(prefix, following)[-1] not in series.UNREADABLE


@pytest.mark.parametrize("sequence", [0, -1, series.LAST_SEQUENCE + 1])
def test_a_sequence_out_of_range_is_refused(sequence):
    with pytest.raises(ValueError, match="out of range"):
        series.printed("DEMO-2026-YY", sequence)


def test_a_full_series_says_so():
    with pytest.raises(series.SeriesFull, match="DEMO-2026-YY"):
        series.next_sequence("DEMO-2026-YY", series.LAST_SEQUENCE)
