"""What a writer writes its reader reads again: every item the same, or refused by name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.formats import aiken, gift, moodle_xml
from exams.formats.items import Category, Text
from exams.formats.plain import default_name
from tests.exams.formats.item_strategies import RAW, canonical, items, plain_choices, rich_items


def there_and_back(module, some, *more):
    """What comes back, what should, and the names of what was refused."""
    named = [replace(item, line=number) for number, item in enumerate(some, 1)]
    written = module.write(named, *more)
    outcome = module.read(written.text.encode())
    refused = {error.line for error in written.errors}
    kept = [item for item in named if item.line not in refused]
    kept.sort(key=lambda item: bool(item.category))
    assert outcome.errors == ()
    return outcome, [canonical(item) for item in outcome.questions], [canonical(i) for i in kept]


def bare(item):
    return replace(item, category="")


def canonical_text(text):
    return text.text, text.format if text.text else ""


@pytest.mark.unproven
@given(st.lists(items(), max_size=4))
def test_gift_comes_back(some):
    _outcome, found, kept = there_and_back(gift, some)

    assert found == kept


@pytest.mark.unproven
@given(st.lists(rich_items(), max_size=4))
def test_moodle_xml_comes_back_and_refuses_nothing(some):
    outcome, found, kept = there_and_back(moodle_xml, some)

    assert found == kept
    assert len(outcome.questions) == len(some)


@given(st.lists(plain_choices(), max_size=4))
def test_aiken_comes_back(some):
    named = [replace(item, name=default_name(item.stem)) for item in some]

    _outcome, found, kept = there_and_back(aiken, named)

    assert found == kept


@given(st.lists(st.builds(Category, st.sampled_from(["a", "甲/乙", "x//y"]), st.builds(Text, RAW))))
def test_categories_come_back_in_moodle_xml(some):
    known = {category.path: category for category in some}

    written = moodle_xml.write([], list(known.values()))

    found = moodle_xml.read(written.text.encode()).categories
    assert {c.path: canonical_text(c.info) for c in found} == {
        path: canonical_text(category.info) for path, category in known.items()
    }


@pytest.mark.unproven
@given(items(), items(), st.sampled_from(["::x:: a {=b", "::x a", "a } b", "{~a ~b}", "{#x}"]))
def test_a_broken_question_costs_only_itself(first, second, broken):
    before, after = gift.write([first]).text, gift.write([second]).text

    outcome = gift.read(f"{before}\n{broken}\n\n{after}".encode())

    alone = [*gift.read(before.encode()).questions, *gift.read(after.encode()).questions]
    assert [bare(item) for item in outcome.questions] == [bare(item) for item in alone]
    assert [error.line for error in outcome.errors] == [before.count("\n") + 2]


@given(st.binary(max_size=300))
def test_no_bytes_break_a_reader(data):
    for module in (gift, aiken, moodle_xml):
        module.read(data)


@pytest.mark.unproven
@given(st.lists(items(), min_size=1, max_size=3), st.data())
def test_a_broken_file_names_lines_that_it_has(some, data):
    text = gift.write(some).text
    place = data.draw(st.integers(0, max(len(text) - 1, 0)))
    broken = text[:place] + data.draw(st.sampled_from("{}~=#:%\n\\")) + text[place:]

    outcome = gift.read(broken.encode())

    assert all(1 <= error.line <= broken.count("\n") + 1 for error in outcome.errors)
