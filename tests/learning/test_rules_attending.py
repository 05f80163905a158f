from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.rules.attending import Attention, Pace, take

START = datetime(2026, 3, 13, 2, tzinfo=UTC)
PACE = Pace(beat_seconds=20, ask_after_seconds=180, wait_seconds=100)
PAGE_KINDS = ("beat", "hidden", "shown", "idle", "back", "asked", "answered", "left", "return")
ALL_KINDS = (*PAGE_KINDS, "by_hand", "hand_in")


def after(seconds):
    return START + timedelta(seconds=seconds)


def standing(accounted=0, *, input_at=0, asked=None, pause=""):
    asked_at = None if asked is None else after(asked)
    return Attention(after(accounted), after(input_at), asked_at, pause)


def sent(now, kind, at, *, idle=0):
    return take(now, kind=kind, at=after(at), idle_seconds=idle, pace=PACE)


def test_a_beat_with_a_sign_counts_all_the_time():
    taken = sent(standing(), "beat", 20, idle=4)

    assert (taken.earns_until, taken.reason) == (after(20), "")
    assert taken.attention == Attention(START, after(16))


@pytest.mark.parametrize("kind", ["hidden", "left", "idle"])
def test_what_puts_a_page_away_counts_up_to_there(kind):
    taken = sent(standing(), kind, 12, idle=12)

    assert (taken.earns_until, taken.attention.pause) == (after(12), kind)


@pytest.mark.parametrize("pause", ["hidden", "left", "idle"])
def test_a_page_that_is_away_earns_nothing_however_often_it_beats(pause):
    taken = sent(standing(pause=pause), "beat", 20)

    assert (taken.earns_until, taken.reason) == (None, pause)
    assert (taken.attention.pause, taken.attention.accounted_until) == (pause, after(20))


def test_a_page_put_out_of_view_while_nobody_answers_says_the_newer_reason():
    taken = sent(standing(pause="idle"), "hidden", 20)

    assert (taken.reason, taken.attention.pause) == ("idle", "hidden")


@pytest.mark.parametrize("kind", ["shown", "back", "answered", "by_hand", "hand_in"])
def test_an_act_of_the_person_ends_a_pause_and_the_time_away_does_not_count(kind):
    taken = sent(standing(pause="hidden"), kind, 300)

    assert (taken.earns_until, taken.reason) == (None, "away")
    assert taken.attention == Attention(after(300), after(300))


@pytest.mark.parametrize("kind", ["shown", "back"])
def test_coming_back_never_counts_the_time_before(kind):
    taken = sent(standing(), kind, 30)

    assert (taken.earns_until, taken.attention.accounted_until) == (None, after(30))


def test_a_connection_that_is_back_drops_the_gap():
    taken = sent(standing(), "return", 30, idle=2)

    assert (taken.earns_until, taken.reason) == (None, "away")
    assert taken.attention == Attention(after(30), after(28))


def test_a_connection_that_is_back_brings_no_hidden_page_back():
    assert sent(standing(pause="hidden"), "return", 30).attention.pause == "hidden"


def test_a_connection_that_is_back_does_not_answer_the_question():
    assert sent(standing(180, asked=180), "return", 200, idle=200).attention.asked_at == after(180)
    assert sent(standing(180, asked=180), "return", 280, idle=280).attention.pause == "idle"


@pytest.mark.parametrize(("idle", "asked"), [(179, None), (180, 200), (400, 200)])
def test_the_question_comes_after_three_minutes_without_input(idle, asked):
    taken = sent(standing(190, input_at=0), "beat", 200, idle=idle)

    assert taken.earns_until == after(200)
    assert taken.attention.asked_at == (None if asked is None else after(asked))


def test_the_page_may_ask_by_itself():
    assert sent(standing(), "asked", 15, idle=15).attention.asked_at == after(15)


def test_the_wait_for_an_answer_counts():
    taken = sent(standing(260, asked=180), "beat", 279, idle=279)

    assert (taken.earns_until, taken.attention.asked_at) == (after(279), after(180))


@pytest.mark.parametrize("kind", ["answered", "hand_in", "by_hand"])
def test_an_answer_in_time_lets_counting_go_on(kind):
    taken = sent(standing(260, asked=180), kind, 279)

    assert (taken.earns_until, taken.attention) == (after(279), Attention(after(260), after(279)))


def test_input_after_the_question_is_an_answer():
    taken = sent(standing(260, asked=180), "beat", 285, idle=20)

    assert (taken.earns_until, taken.attention.asked_at) == (after(285), None)


def test_nobody_answering_pauses_and_takes_nothing_back():
    taken = sent(standing(260, asked=180), "beat", 290, idle=290)

    assert (taken.earns_until, taken.reason) == (after(280), "idle")
    assert (taken.attention.pause, taken.attention.asked_at) == ("idle", None)


def test_an_answer_too_late_goes_on_without_the_time_between():
    taken = sent(standing(260, asked=180), "answered", 300)

    assert (taken.earns_until, taken.attention.pause) == (after(280), "")


def test_a_wait_that_ran_out_before_the_accounted_instant_earns_nothing_more():
    assert sent(standing(285, asked=180), "beat", 300, idle=300).earns_until == after(285)


def test_a_page_put_away_during_the_question_is_asked_no_more():
    taken = sent(standing(180, asked=180), "hidden", 200, idle=200)

    assert (taken.attention.pause, taken.attention.asked_at) == ("hidden", None)


def test_a_report_from_before_is_taken_at_the_accounted_instant():
    taken = sent(standing(50, input_at=50), "beat", 20)

    assert (taken.earns_until, taken.attention) == (after(50), Attention(after(50), after(50)))


STANDINGS = st.builds(
    standing,
    st.integers(0, 500),
    input_at=st.integers(0, 500),
    asked=st.none() | st.integers(0, 500),
    pause=st.sampled_from(["", "hidden", "left", "idle"]),
)


@given(STANDINGS, st.sampled_from(ALL_KINDS), st.integers(-50, 1000), st.integers(-5, 10**9))
def test_time_never_counts_while_paused_nor_beyond_the_report(now, kind, at, idle):
    taken = sent(now, kind, at, idle=idle)

    if now.pause:
        assert taken.earns_until is None
    assert taken.attention.accounted_until >= now.accounted_until
    assert taken.attention.input_at >= now.input_at
    if taken.earns_until is not None:
        assert now.accounted_until <= taken.earns_until <= max(after(at), now.accounted_until)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=60))
def test_without_a_sign_no_more_counts_than_the_question_and_its_wait(gaps):
    """A page that beats for ever by itself earns the time until the question is unanswered."""
    now, at, counted = standing(), 0, 0
    for gap in gaps:
        at += gap
        taken = sent(now, "beat", at, idle=at)
        if taken.earns_until is not None:
            counted += (taken.earns_until - now.accounted_until).total_seconds()
        accounted = max(now.accounted_until, after(at))
        now = Attention(
            accounted, taken.attention.input_at, taken.attention.asked_at, taken.attention.pause
        )

    # The question comes with the first beat after three minutes: up to a minute late.
    assert counted <= PACE.ask_after_seconds + 60 + PACE.wait_seconds
