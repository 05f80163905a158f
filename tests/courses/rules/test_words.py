import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.words import (
    Piece,
    folded,
    has_all,
    hits,
    needles,
    pairs,
    readable,
    snippet,
    texts,
    tokens,
    wanted,
    without_markup,
)

pytestmark = pytest.mark.law

MIXED = st.text(alphabet="直播运营ROIroiＲＯＩ3.5% ，-㎡ﬁ", max_size=30)


def test_chinese_is_cut_into_pairs_and_latin_stays_whole():
    assert tokens("直播运营的ROI是3.5%") == " 直播 播运 运营 营的 roi 是 3 5 "


def test_a_text_without_words_has_no_tokens():
    assert tokens("……，%") == ""


def test_a_word_is_stored_once():
    assert tokens("运营、运营") == " 运营 "


def test_case_and_width_do_not_matter():
    assert folded("ＲＯＩ Roi") == "roi roi"
    assert needles("ＲＯＩ") == needles("roi") == [" roi "]


def test_a_single_character_is_looked_for_inside_pairs():
    assert needles("播") == ["播"]
    assert pairs("播") == ["播"]


def test_a_query_of_several_words_asks_for_all():
    assert needles("直播运营 ROI roi") == [" 直播 ", " 播运 ", " 运营 ", " roi "]


def test_nothing_typed_asks_for_nothing():
    assert (needles("  ，"), snippet("直播", "，"), hits("直播", "")) == ([], [], [])


def test_the_longest_query_is_cut_off():
    assert wanted(" ".join(f"w{n}" for n in range(20))) == [f"w{n}" for n in range(8)]


def test_markup_and_entities_are_not_words():
    assert without_markup("<p>A&amp;B</p><p>1&lt;2</p>") == " A&B  1<2 "
    assert without_markup("1 &gt; 0") == "1 > 0"


def test_what_follows_an_answer_is_not_found_before_it():
    content = {
        "body": [{"type": "callout", "id": "1", "value": {"tone": "tip", "text": "<b>看</b>"}}],
        "drill": [{"type": "drill", "id": "2", "value": {"task": "算", "answer": "77.8"}}],
        "checks": [{"type": "check", "id": "3", "value": {
            "stem": "赚吗", "options": ["赚", "亏"], "answer": 1, "explanation": "毛利不够"}}],
    }  # fmt: skip

    assert list(readable(content, ("body", "drill", "checks"))) == ["看", "算", "赚吗", "赚", "亏"]


def test_texts_of_a_raw_value_come_in_order():
    assert list(texts({"type": "x", "title": "甲", "rows": [["乙", 3]]})) == ["甲", "乙"]


def test_a_phrase_must_stand_as_typed_and_latin_as_a_word():
    assert has_all("直播运营看ROI", "直播运营 roi") is True
    assert has_all("直播间，播运动，运营", "直播运营") is False  # all pairs but not the phrase
    assert has_all("heroic", "ROI") is False
    assert has_all("运", "运营") is False


def test_hits_are_places_of_the_text_itself():
    text = "㎡ 与ＲＯＩ"  # one character that folds to two stands before the hit

    assert [text[start:end] for start, end in hits(text, "roi")] == ["ＲＯＩ"]


def test_hits_that_overlap_are_one():
    assert hits("运营运营", "运营运 营运营") == [(0, 4)]
    assert hits("heroic", "roi") == []


def test_a_snippet_shows_the_words_around_the_first_hit():
    text = "前" * 40 + "直播运营" + "后" * 80

    found = snippet(text, "直播运营")

    assert found == [
        Piece("…", hit=False), Piece("前" * 24, hit=False), Piece("直播运营", hit=True),
        Piece("后" * 60, hit=False), Piece("…", hit=False),
    ]  # fmt: skip


def test_a_snippet_marks_every_hit_in_it_and_none_behind_it():
    assert snippet("运营，再运营" + "后" * 70 + "运营", "运营") == [
        Piece("运营", hit=True), Piece("，再", hit=False), Piece("运营", hit=True),
        Piece("后" * 56, hit=False), Piece("…", hit=False),
    ]  # fmt: skip


def test_a_hit_at_the_end_is_shown_whole():
    text = "运营" + "后" * 57 + "直播"

    assert snippet(text, "运营 直播")[-1] == Piece("直播", hit=True)
    assert snippet("看运营", "运营") == [Piece("看", hit=False), Piece("运营", hit=True)]


@given(MIXED, MIXED)
def test_a_row_that_says_all_has_all_the_needles(text, query):
    found = has_all(text, query)

    assert not found or all(needle in tokens(text) for needle in needles(query))


@given(MIXED, MIXED)
def test_a_snippet_is_a_stretch_of_the_text_and_marks_what_was_asked(text, query):
    pieces = snippet(text, query)

    assert "".join(piece.text for piece in pieces if piece.text != "…") in text
    for piece in pieces:
        if piece.hit:
            assert any(run in folded(piece.text) for run in wanted(query))
