"""Items of every type, as a reader would make them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from exams.formats.items import (
    DESCRIPTION,
    ESSAY,
    HTML,
    MARKDOWN,
    MATCHING,
    MOODLE,
    MULTICHOICE,
    NUMERICAL,
    ORDERING,
    PLAIN,
    SHORT_ANSWER,
    TRUE_FALSE,
    Answer,
    Item,
    Pair,
    Text,
    Unit,
)
from exams.formats.numbers import plain_decimal
from exams.formats.plain import one_line

FORMATS = (HTML, MOODLE, PLAIN, MARKDOWN)
# Ordinary letters, everything GIFT, XML and Aiken give a meaning, and words that look like syntax.
LETTERS = st.one_of(
    st.characters(
        codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"
    ),
    st.sampled_from("~=#{}:\\%[]<>&\"'\n\t$/*|-.)（，。"),
)
WORDS = st.sampled_from(
    ["[html]", "[plain]", "->", "####", "::", "%50%", "\\n", "//", "$CATEGORY: x", "T", "FALSE",
     "&lt;", "]]>", "<p>", "A) x", "ANSWER: A", "..", "\n\n", "{1:MC:=a}", "<![CDATA["]
)  # fmt: skip
RAW = st.lists(st.one_of(LETTERS, WORDS, st.text("甲乙ab 1", max_size=8)), max_size=12).map("".join)
FULL = RAW.map(lambda text: Text(text).text or "题")
LINE = RAW.map(one_line)
NAME = LINE.map(lambda text: text or "名")
LABEL = LINE.map(lambda text: text.replace("\\", "/"))
SHARES = st.sampled_from(
    [Fraction(n, d) for d in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10) for n in range(-d, d + 1)]
)
DECIMALS = st.decimals(-(10**6), 10**6, places=4, allow_nan=False, allow_infinity=False)
TYPES = (MULTICHOICE, TRUE_FALSE, SHORT_ANSWER, NUMERICAL, MATCHING, ORDERING, ESSAY, DESCRIPTION)


def texts(default, content=RAW):
    """A text in any format; an empty one has the format around it."""
    made = st.builds(Text, content, st.sampled_from(FORMATS))
    return made.map(lambda text: text if text.text else Text("", default))


def filled(default):
    return texts(default, FULL)


@st.composite
def options(draw, default, *, single):
    found = draw(st.lists(filled(default), min_size=2, max_size=5, unique_by=lambda t: t.text))
    count = draw(st.integers(1, len(found)))
    wrong = SHARES.filter(lambda share: share <= 0)
    if single:
        shares = [Fraction(1), *(draw(SHARES) for _text in found[1:])]
    else:
        shares = [Fraction(1, count)] * count + [draw(wrong) for _text in found[count:]]
    shares = draw(st.permutations(shares))
    return tuple(
        Answer(text, share, draw(texts(default))) for text, share in zip(found, shares, strict=True)
    )


@st.composite
def accepted(draw, default):
    words = draw(st.lists(FULL, min_size=1, max_size=4, unique=True))
    shares = [Fraction(1), *(draw(SHARES) for _word in words[1:])]
    return tuple(
        Answer(Text(word), share, draw(texts(default)))
        for word, share in zip(words, shares, strict=True)
    )


@st.composite
def numbers(draw, default):
    found = draw(st.lists(DECIMALS, min_size=1, max_size=3))
    shares = [Fraction(1), *(draw(SHARES) for _number in found[1:])]
    answers = [
        Answer(Text(plain_decimal(number)), share, draw(texts(default)), abs(draw(DECIMALS)))
        for number, share in zip(found, shares, strict=True)
    ]
    if draw(st.booleans()):
        answers.append(Answer(Text("*"), Fraction(0), draw(texts(default))))
    return tuple(answers)


@st.composite
def truths(draw, default):
    truth = draw(st.booleans())
    return tuple(
        Answer(Text(word), Fraction(said == truth), draw(texts(default)))
        for word, said in (("true", True), ("false", False))
    )


@st.composite
def pairs(draw, default):
    full = draw(st.lists(st.builds(Pair, filled(default), NAME), min_size=2, max_size=4))
    spare = draw(st.lists(st.builds(Pair, st.just(Text("", default)), NAME), max_size=2))
    return tuple(full + spare)


@st.composite
def items(draw, *, types=TYPES):
    kind = draw(st.sampled_from(types))
    stem = draw(st.builds(Text, FULL, st.sampled_from(FORMATS)))
    default = stem.format
    item = Item(
        type=kind, name=draw(NAME), stem=stem, idnumber=draw(LABEL),
        tags=tuple(draw(st.lists(LABEL.filter(bool), max_size=2))),
        general_feedback=draw(texts(default)), category=draw(st.sampled_from(["", "a", "甲/乙"])),
    )  # fmt: skip
    return replace(item, **draw(_fields(kind, default)))


@st.composite
def _fields(draw, kind, default):
    if kind == MULTICHOICE:
        single = draw(st.booleans())
        return {"answers": draw(options(default, single=single)), "single": single}
    if kind == ORDERING:
        parts = draw(st.lists(filled(default), min_size=2, max_size=5))
        answers = tuple(Answer(text, feedback=Text("", default)) for text in parts)
        grading = draw(st.sampled_from(["ALL_OR_NOTHING", "ABSOLUTE_POSITION"]))
        return {
            "answers": answers, "grading": grading,
            "select_count": draw(st.integers(0, len(parts) - 1)),
        }  # fmt: skip
    made = {
        TRUE_FALSE: truths, SHORT_ANSWER: accepted, NUMERICAL: numbers,
    }.get(kind)  # fmt: skip
    if made:
        return {"answers": draw(made(default))}
    return {"pairs": draw(pairs(default))} if kind == MATCHING else {}


@st.composite
def rich_items(draw):
    """With what only Moodle XML says."""
    item = draw(items())
    extra = {
        "max_mark": draw(st.one_of(st.none(), DECIMALS.map(abs))),
        "hints": tuple(draw(st.lists(filled(HTML), max_size=2))),
        "feedbacks": draw(st.dictionaries(
            st.sampled_from(["correctfeedback", "incorrectfeedback"]), filled(HTML))),
    }  # fmt: skip
    if item.type == SHORT_ANSWER:
        extra["case_sensitive"] = draw(st.booleans())
    if item.type == NUMERICAL:
        unit = st.builds(Unit, NAME, DECIMALS)
        extra["units"] = tuple(draw(st.lists(unit, max_size=2)))
        extra["unit_penalty"] = draw(st.booleans())
    if item.type == ESSAY:
        extra["guide"] = draw(texts(HTML))
    return replace(item, **extra)


@st.composite
def plain_choices(draw):
    """What Aiken can say, and a little more."""
    line = st.one_of(NAME, st.text("甲乙丙ab ", min_size=1).map(one_line).filter(bool))
    found = draw(st.lists(line, min_size=2, max_size=6, unique=True))
    right = draw(st.integers(0, len(found) - 1))
    answers = [Answer(Text(text), Fraction(n == right)) for n, text in enumerate(found)]
    return Item(type=MULTICHOICE, name="", stem=Text(draw(line)), answers=tuple(answers))


def canonical(item):
    """Without what makes no difference: the format of a text that is empty."""

    def even(text):
        return text if text.text else Text()

    return replace(
        item, general_feedback=even(item.general_feedback), guide=even(item.guide),
        answers=tuple(
            replace(a, feedback=even(a.feedback), tolerance=Decimal(a.tolerance))
            for a in item.answers
        ),
        pairs=tuple(replace(pair, stem=even(pair.stem)) for pair in item.pairs),
    )  # fmt: skip
