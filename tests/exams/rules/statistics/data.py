"""Papers for the tests: from tables of fractions, and drawn at random by Hypothesis."""

import random
from fractions import Fraction

from hypothesis import strategies as st

from exams.rules.statistics import SatPaper, item_answer

PARTS = [Fraction(n, d) for d in (1, 2, 3, 4, 7) for n in range(d + 1)]
MARKS = [Fraction(1), Fraction(2), Fraction(5, 2), Fraction(16)]


def table_papers(rows, marks=None, choices=None):
    """One paper a row, items numbered from 1; `choices[row][column]` the options chosen."""
    marks = marks or [1] * len(rows[0])
    choices = choices or [[()] * len(row) for row in rows]
    return [
        SatPaper(
            number,
            tuple(
                item_answer(item, Fraction(fraction), Fraction(mark), chosen)
                for item, (fraction, mark, chosen) in enumerate(
                    zip(row, marks, picked, strict=True), 1
                )
            ),
        )
        for number, (row, picked) in enumerate(zip(rows, choices, strict=True), 1)
    ]


@st.composite
def tables(draw, fractions=PARTS, least=10, most=16, columns=5):
    """(rows of fractions, marks by column): everybody sat the same items."""
    width = draw(st.integers(2, columns))
    row = st.lists(st.sampled_from(fractions), min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=least, max_size=most))
    marks = draw(st.lists(st.sampled_from(MARKS), min_size=width, max_size=width))
    return rows, marks


@st.composite
def drawn_papers(draw, least=10, most=24, bank=8):
    """Papers of one to five items, each with its own draw from a small bank.

    By a seed: sixty papers chosen value by value cost Hypothesis more than all they are tried on.
    """
    chance = random.Random(draw(st.integers(0, 2**32)))
    count = draw(st.integers(least, most))
    return [SatPaper(number, answers(chance, bank)) for number in range(count)]


def answers(chance, bank):
    items = chance.sample(range(1, bank + 1), chance.randint(1, min(bank, 5)))
    return tuple(
        item_answer(
            item,
            chance.choice(PARTS),
            chance.choice(MARKS),
            chance.sample(range(4), chance.randint(0, 2)),
        )
        for item in items
    )
