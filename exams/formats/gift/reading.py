"""Reading GIFT.

A blank line ends a question, also inside braces: so a brace that is never closed costs its own
question and no other. Text behind the closing brace makes a missing-word question.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from exams.formats import checks
from exams.formats.encoding import decode
from exams.formats.gift.answers import read_answers
from exams.formats.gift.pieces import Block, Piece
from exams.formats.items import (
    DESCRIPTION,
    MOODLE,
    Category,
    Fault,
    Item,
    ItemError,
    Outcome,
    Text,
)
from exams.formats.plain import default_name, one_line

MAX_ITEMS = 20_000
GAP = "_____"
_CATEGORY = "$CATEGORY:"
_LABEL = re.compile(r"\[(id|tag):((?:\\\]|[^\]])+)\]")


def read(data: bytes) -> Outcome:
    """Every question and category of a GIFT file, and every fault with its line."""
    try:
        text, notes = decode(data)
    except ItemError as error:
        return Outcome(errors=(Fault("", error.line, error.reason),))
    items: list[Item] = []
    categories: list[Category] = []
    errors: list[Fault] = []
    for block in blocks(text):
        try:
            if len(items) >= MAX_ITEMS:
                raise ItemError(block.lines[0], "more than %(most)s questions", most=MAX_ITEMS)
            if block.text.lstrip().startswith(_CATEGORY):
                categories.append(_category(block))
            else:
                items.append(_question(block, categories[-1].path if categories else ""))
        except ItemError as error:
            errors.append(Fault(_name_of(block), error.line, error.reason))
    return Outcome(tuple(items), tuple(categories), tuple(errors), notes)


def blocks(text: str) -> Iterator[Block]:
    """What stands between blank lines; a $CATEGORY line is a block of its own."""
    lines: list[tuple[int, str]] = []
    comments: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.lstrip().startswith("//"):
            comments.append(line)
            continue
        alone = line.lstrip().startswith(_CATEGORY)
        if lines and (alone or not line.strip()):
            yield _block(lines, comments)
            lines, comments = [], []
        if not line.strip():
            comments = []
        elif alone:
            yield _block([(number, line)], [])
        else:
            lines.append((number, line))


def _block(lines: list[tuple[int, str]], comments: list[str]) -> Block:
    starts, place = [], 0
    for _number, line in lines:
        starts.append(place)
        place += len(line) + 1
    return Block(
        "\n".join(line for _number, line in lines), tuple(starts),
        tuple(number for number, _line in lines), "\n".join(comments),
    )  # fmt: skip


def _category(block: Block) -> Category:
    path = block.text.strip()[len(_CATEGORY) :].strip()
    if not path:
        raise ItemError(block.lines[0], "the category has no name")
    checks.check_text(path, block.lines[0])
    return Category(path, line=block.lines[0])


def _question(block: Block, category: str) -> Item:
    whole = Piece(block, 0, len(block.text))
    name, body = _named(whole)
    before, inside, after = _braces(body)
    stem = before.formatted(MOODLE)
    tail = after.plain() if after else ""
    if tail:
        stem = Text(f"{stem.text} {GAP} {tail}", stem.format)
    labels = [(kind, _unlabelled(value)) for kind, value in _LABEL.findall(block.comments)]
    item = Item(
        type=DESCRIPTION, name=one_line(name) or default_name(stem), stem=stem, line=whole.line,
        category=category, idnumber=next((v for kind, v in labels if kind == "id"), ""),
        tags=tuple(value for kind, value in labels if kind == "tag"),
    )  # fmt: skip
    if inside is not None:
        item = replace(item, **read_answers(inside, stem.format))
    checks.check_item(item)
    return item


def _unlabelled(value: str) -> str:
    return one_line(value.replace("\\]", "]"))


def _named(whole: Piece) -> tuple[str, Piece]:
    lead = len(whole.text) - len(whole.text.lstrip())
    if not whole.text.startswith("::", lead):
        return "", whole
    name, body = whole.cut(lead + 2).parted("::")
    if body is None:
        raise whole.fail("the name is not closed with ::")
    return name.plain(), body


def _braces(body: Piece) -> tuple[Piece, Piece | None, Piece | None]:
    """The text before the braces, in them and behind them."""
    marks = [(body.cut(found.start(), found.end()), found) for found in body.places(r"[{}]")]
    if not marks:
        return body, None, None
    for number, (mark, _found) in enumerate(marks):
        if number > 1 or mark.text != "{}"[number]:
            raise mark.fail(
                "a %(brace)s too many: write \\%(brace)s where it belongs to the text",
                brace=mark.text,
            )
    if len(marks) == 1:
        raise marks[0][0].fail("the { is never closed")
    (_open, opened), (_close, closed) = marks
    inside = body.cut(opened.end(), closed.start())
    return body.cut(0, opened.start()), inside, body.cut(closed.end())


def _name_of(block: Block) -> str:
    """What to call a question that could not be read."""
    try:
        name, body = _named(Piece(block, 0, len(block.text)))
    except ItemError:
        return one_line(block.text)[:80]
    stem = body.parted(r"[{}]")[0]
    return one_line(name) or default_name(stem.formatted(MOODLE))
