import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.captions import CaptionsFault, as_webvtt

SRT = "1\r\n00:00:01,000 --> 00:00:04,500\r\n大家好，1:00,000 不动\r\n"


def code(text):
    with pytest.raises(CaptionsFault) as refused:
        as_webvtt(text)
    return refused.value.code, refused.value.line


def test_nothing_stays_nothing():
    assert as_webvtt(" \n") == ""


def test_webvtt_stays_as_it_is():
    text = "WEBVTT\n\n01:00.000 --> 01:04.000 line:0\n好\n"

    assert as_webvtt("\ufeff" + text) == text


def test_subrip_becomes_webvtt_and_only_its_times_change():
    assert as_webvtt(SRT) == ("WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.500\n大家好，1:00,000 不动\n")


def test_what_is_no_caption_is_refused():
    assert code("大家好") == ("none", "")
    assert code("x" * 400_001) == ("long", "")
    back = "00:00:04.000 --> 00:00:04.000"
    assert code(f"WEBVTT\n\n{back}\n好") == ("backwards", back)


@given(st.text(max_size=80))
def test_any_text_is_captions_or_refused(text):
    try:
        made = as_webvtt(text)
    except CaptionsFault:
        return
    assert made == as_webvtt(made)
