import re

import pytest
from hypothesis import given, settings

from kit.rich_text import clean_rich_text, pictures_in
from tests.kit.documents.test_pasted import ARTICLE, PIECES, WORD, WPS

ALLOWED = re.compile(
    r'</?(?:p|b|ul|ol|li|a|br)>|<(?:p|li) data-block-key="[a-z0-9]{1,12}">'
    r'|<a(?: href="(?:https?|mailto|tel):[^"<>]*"| linktype="(?:page|document)"| id="\d+")+>'
)


def test_what_the_editor_makes_is_left_alone():
    html = (
        '<p data-block-key="ab12c">甲<b>粗</b><br>乙<a href="https://a.cn/?x=1&amp;y=2">链</a>'
        '<a linktype="page" id="3">课</a></p><ul><li data-block-key="x1">项</li></ul>'
    )
    assert sorted(clean_rich_text(html).replace("id=", "")) == sorted(html.replace("id=", ""))


@pytest.mark.parametrize("source", [WORD, WPS, ARTICLE], ids=["word", "wps", "article"])
def test_pastes_keep_their_words_and_lose_the_rest(source):
    got = clean_rich_text(source)

    assert ALLOWED.sub("", got).count("<") == 0
    for gone in ("mso", "Mso", "style", "class", "script", "alert", "onclick", "o:p", "qpic"):
        assert gone not in got
    assert any(word in got for word in ("毛利", "别叠加", "备货"))


@pytest.mark.parametrize(
    ("html", "clean"),
    [
        ('<p>甲<a href="javascript:x()">乙</a></p>', "<p>甲乙</p>"),
        ('<p><a href="ftp://a">甲</a></p>', "<p>甲</p>"),
        ('<p><a linktype="evil" id="x">甲</a></p>', "<p>甲</p>"),
        ('<p data-block-key="A&quot;">甲</p>', "<p>甲</p>"),
        ("<h2>题</h2><div>文<strong>粗</strong></div>", "<p>题</p><p>文<b>粗</b></p>"),
        ("<p>10<sup>3</sup>，a<sub class=x>1</sub></p>", "<p>10^3，a_1</p>"),
        ("<p>x<sup>n<b>+</b>1</sup></p>", "<p>x^(n<b>+</b>1)</p>"),
        ("<p>10<sup>3</sup><b>5</b></p>", "<p>10^(3)<b>5</b></p>"),
        ("<p>甲<sup> </sup>乙<sup>1</p>", "<p>甲 乙^1</p>"),
        ("<p>甲<script>x</script></p><p> </p>", "<p>甲</p>"),
        ("", ""),
    ],
)
def test_what_is_not_on_the_list_goes(html, clean):
    assert clean_rich_text(html) == clean


def test_pictures_are_named():
    html = (
        '<p><img src="http://a/1.png" data-src=http://a/2.png><embed embedtype="image" id="1"></p>'
    )

    assert pictures_in(html) == ["http://a/1.png", "?"]
    assert pictures_in("<p>字</p>") == []


@pytest.mark.law
@given(PIECES)
@settings(deadline=None)
def test_cleaning_is_done_once_and_leaves_our_markup_only(source):
    once = clean_rich_text(source)

    assert clean_rich_text(once) == once
    assert "<" not in ALLOWED.sub("", once)
