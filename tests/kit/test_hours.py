from decimal import Decimal

import pytest

from kit.hours import class_hours_text, clock_text, missing_hours_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0.0"), (269, "0.0"), (270, "0.1"), (2700, "1.0"), (53_999, "19.9"), (54_000, "20.0")],
)
def test_class_hours_round_down(seconds, text):
    assert class_hours_text(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0.0"), (1, "0.1"), (270, "0.1"), (271, "0.2"), (2700, "1.0"), (53_731, "20.0")],
)
def test_missing_hours_round_up(seconds, text):
    assert missing_hours_text(seconds) == text


@pytest.mark.parametrize("got", [0, 1, 269, 270, 271, 52_110, 53_999, 54_000])
def test_hours_there_and_hours_missing_make_the_hours_asked(got):
    there, missing = class_hours_text(got), missing_hours_text(54_000 - got)

    assert Decimal(there) + Decimal(missing) == Decimal("20.0")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (59, "0:59"), (60, "1:00"), (1180, "19:40"), (3600, "60:00"), (7265, "121:05")],
)
def test_the_clock_shows_minutes_and_seconds(seconds, text):
    assert clock_text(seconds) == text
