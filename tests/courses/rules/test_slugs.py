import pytest

from courses.rules.slugs import LONGEST_SLUG, first_free, is_made_from, plain_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("定价三问", "ding-jia-san-wen"),
        ("ROI 怎么算", "roi-zen-me-suan"),
        ("  2025 年度复盘！", "2025-nian-du-fu-pan"),
        ("？！", "lesson"),
        ("", "lesson"),
    ],
)
def test_a_title_becomes_plain_letters(title, slug):
    assert plain_slug(title, otherwise="lesson") == slug


def test_a_long_title_is_cut_without_a_hyphen_at_the_end():
    slug = plain_slug("长" * 60, otherwise="lesson")

    assert len(slug) <= LONGEST_SLUG
    assert slug.endswith("chang")


def test_the_first_number_nobody_has_is_taken():
    assert first_free("a", set()) == "a"
    assert first_free("a", {"a", "a-2", "a-4"}) == "a-3"


@pytest.mark.parametrize(
    ("slug", "made"), [("a-b", True), ("a-b-2", True), ("a-b-c", False), ("a", False), ("", False)]
)
def test_made_slugs_are_known_again(slug, made):
    assert is_made_from(slug, "a-b") is made
