import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.rules.wording import Found, Word, found_words, normal, texts_of

BEST = Word("最佳", "说清楚比较的范围和依据", ("最佳实践",))
FIRST = Word("第一", "写出名次的来源", ("第一步", "第一次"))
WORDS = [BEST, FIRST, Word("第一品牌"), Word("100%"), Word("NO.1")]


def words_in(*texts, **options):
    return [each.word for each in found_words(texts, words=WORDS, **options)]


def test_a_word_is_found_with_count_hint_and_place():
    found = found_words(["这是一句很长很长的开头然后最佳，再说一次最佳", "题"], words=WORDS)

    assert found == (
        Found("最佳", "说清楚比较的范围和依据", 2, "是一句很长很长的开头然后最佳,再说一次最佳"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("第一步看最佳实践", []),
        ("第一品牌", ["第一品牌"]),  # the longest, once
        ("第一", ["第一"]),
        ("纯度１００％，全国No.1", ["100%", "NO.1"]),
        ("", []),
        ("没有", []),
    ],
)
def test_the_longest_counts_and_exceptions_take_back(text, words):
    assert words_in(text) == words


def test_a_quoted_word_is_not_pointed_out_and_the_others_are():
    assert words_in("最佳与第一", quoted=["最佳", ""]) == ["第一"]


def test_no_word_reaches_over_two_texts_and_the_place_stays_in_its_own():
    assert words_in("最", "佳") == []
    assert found_words(["前文", "第一", "后文"], words=WORDS)[0].around == "第一"


def test_without_words_nothing_is_found():
    assert found_words(["最佳"], words=[]) == ()
    assert found_words(["最佳"], words=[Word("")]) == ()


def test_texts_of_raw_values_leave_markup_and_keys_out():
    value = [
        {"type": "最佳", "value": {"tone": "x", "text": "<b>甲</b>&amp;乙", "items": ["丙", 3]}}
    ]

    assert list(texts_of(value)) == ["甲 乙", "丙"]


TEXTS = st.lists(st.text("最佳第一步次品牌100%实践", max_size=30), max_size=4)


@pytest.mark.law
@given(TEXTS)
def test_what_is_found_is_there_and_every_bare_word_is_found(texts):
    found = found_words(texts, words=WORDS)
    whole = [normal(text) for text in texts]

    for each in found:
        assert 1 <= each.count <= sum(text.count(normal(each.word)) for text in whole)
        assert normal(each.word) in each.around
    for word in WORDS:
        if normal(word.word) in whole:
            assert word.word in [each.word for each in found]
