"""One plain text for the options and the key of any question type, to write and to read.

single, multiple   one option a line, a * before every right one
true_false         * 正确 or * 错误 (also true, false)
numeric            value | tolerance | unit
calculated         parameter | least | most | step, and last: = formula | tolerance | places | unit
fill               one blank a line, accepted answers parted by |
ordering           the options in their right order
matching           left = right, one pair a line; a line that begins with = is a spare
cloze              选择 | weight | option | * right option, 填空 | weight | accepted | accepted,
                   数值 | weight | value | tolerance | unit: a line for each gap of the stem
short, case        key point | marks | keyword, keyword
"""

from collections.abc import Callable
from typing import Any

from exams.rules.errors import RuleError
from exams.rules.numbers import fold_answer
from exams.rules.question_types import RULES
from exams.rules.scoring_rules import with_rule

Json = dict[str, Any]
Body = tuple[Json, Json]
GAPS = {"choice": "选择", "fill": "填空", "numeric": "数值"}
KINDS = {word: kind for kind, name in GAPS.items() for word in (kind, name)}
TRUE, FALSE = {"正确", "对", "true", "t"}, {"错误", "错", "false", "f"}


def from_text(type_: str, text: str, scoring: str = "") -> Body:
    """Content and key of a text under a scoring rule, "" for that of the type.

    Raises RuleError when they do not make a question.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    content, key = READERS[type_](lines)
    content = with_rule(type_, content, scoring)
    RULES[type_].check(content, key)
    return content, key


def to_text(type_: str, content: Json, key: Json) -> str:
    """The text of a question; read again under its scoring rule it asks and scores the same."""
    return "\n".join(WRITERS[type_](content, key))


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.replace("｜", "|").split("|")]


def _starred(lines: list[str]) -> tuple[list[str], list[int]]:
    options, right = [], []
    for number, line in enumerate(lines):
        if line.startswith(("*", "＊")):
            right.append(number)
            line = line[1:].strip()
        options.append(line)
    return options, right


def _read_single(lines: list[str]) -> Body:
    options, right = _starred(lines)
    if len(right) != 1:
        raise RuleError("right", "exactly one line must begin with *")
    return {"options": options}, {"right": right[0]}


def _read_multiple(lines: list[str]) -> Body:
    options, right = _starred(lines)
    return {"options": options}, {"right": right}


def _read_true_false(lines: list[str]) -> Body:
    options, right = _starred(lines)
    chosen = [options[number].casefold() for number in right] or [o.casefold() for o in options]
    if len(chosen) != 1 or chosen[0] not in TRUE | FALSE:
        raise RuleError("right", "write * 正确 or * 错误")
    return {}, {"right": chosen[0] in TRUE}


def _read_numeric(lines: list[str]) -> Body:
    cells = [*_cells(lines[0] if lines else ""), "", ""]
    key = {"value": fold_answer(cells[0]), "tolerance": fold_answer(cells[1]) or "0"}
    return {"unit": cells[2]}, key


def _read_calculated(lines: list[str]) -> Body:
    *rows, last = lines or [""]
    before, equals, rest = last.replace("＝", "=").partition("=")
    if before or not equals:
        raise RuleError("formula", "the last line is = formula | tolerance | places | unit")
    parameters = {}
    for row in rows:
        name, *numbers = [*_cells(row), "", "", ""][:4]
        parts = zip(("least", "most", "step"), map(fold_answer, numbers), strict=True)
        parameters[name] = dict(parts)
    if len(parameters) != len(rows):
        raise RuleError("parameters", "a parameter stands on one line only")
    text, tolerance, places, unit = [*_cells(rest), "", "", ""][:4]
    key: Json = {"formula": text, "tolerance": fold_answer(tolerance) or "0", "rounding": None}
    if places:
        folded = fold_answer(places)
        is_digit = len(folded) == 1 and folded in "0123456789"
        key["rounding"] = int(folded) if is_digit else folded
    return {"parameters": parameters, "unit": unit}, key


def _read_cloze(lines: list[str]) -> Body:
    gaps: list[Json] = []
    answers: list[Json] = []
    for number, line in enumerate(lines, 1):
        word, weight, *cells = [*_cells(line), ""]
        if word not in KINDS:
            raise RuleError("gaps", "gap %(number)s begins with 选择, 填空 or 数值", number=number)
        content, key = _GAP_READERS[KINDS[word]]([cell for cell in cells if cell])
        gaps.append({"kind": KINDS[word], "weight": fold_answer(weight), **content})
        answers.append(key)
    return {"gaps": gaps}, {"answers": answers}


def _read_blank(cells: list[str]) -> Body:
    return {}, {"accepted": cells}


def _read_number(cells: list[str]) -> Body:
    return _read_numeric([" | ".join(cells)])


def _read_fill(lines: list[str]) -> Body:
    return {"blanks": len(lines)}, {"accepted": [_cells(line) for line in lines]}


def _read_ordering(lines: list[str]) -> Body:
    return {"options": lines}, {"order": list(range(len(lines)))}


def _read_matching(lines: list[str]) -> Body:
    left: list[str] = []
    right: list[str] = []
    pairs: list[int] = []
    for line in lines:
        before, equals, after = (part.strip() for part in line.replace("＝", "=").partition("="))
        if not equals or not after:
            raise RuleError("pairs", "a pair is written left = right, not %(line)s", line=line)
        if after not in right:
            right.append(after)
        if before:
            left.append(before)
            pairs.append(right.index(after))
    return {"left": left, "right": right}, {"pairs": pairs}


def _read_points(lines: list[str]) -> Body:
    points = []
    for line in lines:
        cells = [*_cells(line), "", ""]
        words = cells[2].replace("，", ",").replace("、", ",").split(",")
        keywords = [word.strip() for word in words if word.strip()]
        points.append({"point": cells[0], "keywords": keywords, "mark": fold_answer(cells[1])})
    return {}, {"points": points}


def _write_options(content: Json, key: Json) -> list[str]:
    right = key["right"] if isinstance(key["right"], list) else [key["right"]]
    return [("* " if n in right else "") + text for n, text in enumerate(content["options"])]


def _write_true_false(content: Json, key: Json) -> list[str]:
    return ["* 正确" if key["right"] else "* 错误"]


def _write_numeric(content: Json, key: Json) -> list[str]:
    return [f"{key['value']} | {key['tolerance']} | {content.get('unit', '')}".rstrip(" |")]


def _write_calculated(content: Json, key: Json) -> list[str]:
    rows = [
        f"{name} | {part['least']} | {part['most']} | {part['step']}"
        for name, part in sorted(content["parameters"].items())
    ]
    places = "" if key.get("rounding") is None else key["rounding"]
    last = f"= {key['formula']} | {key['tolerance']} | {places} | {content.get('unit', '')}"
    return [*rows, last.rstrip(" |")]


def _write_cloze(content: Json, key: Json) -> list[str]:
    lines = []
    for gap, answer in zip(content["gaps"], key["answers"], strict=True):
        cells = _GAP_WRITERS[gap["kind"]](gap, answer)
        lines.append(" | ".join([GAPS[gap["kind"]], gap["weight"], *cells]))
    return lines


def _write_blank(content: Json, key: Json) -> list[str]:
    return list(key["accepted"])


def _write_fill(content: Json, key: Json) -> list[str]:
    return [" | ".join(accepted) for accepted in key["accepted"]]


def _write_ordering(content: Json, key: Json) -> list[str]:
    return [content["options"][index] for index in key["order"]]


def _write_matching(content: Json, key: Json) -> list[str]:
    right = content["right"]
    pairs = zip(content["left"], key["pairs"], strict=True)
    lines = [f"{left} = {right[index]}" for left, index in pairs]
    return lines + [f"= {text}" for n, text in enumerate(right) if n not in key["pairs"]]


def _write_points(content: Json, key: Json) -> list[str]:
    return [
        f"{point['point']} | {point['mark']} | {', '.join(point['keywords'])}".rstrip(" |")
        for point in key["points"]
    ]


_GAP_READERS = {"choice": _read_single, "fill": _read_blank, "numeric": _read_number}
_GAP_WRITERS = {"choice": _write_options, "fill": _write_blank, "numeric": _write_numeric}
READERS: dict[str, Callable[[list[str]], Body]] = {
    "single": _read_single, "multiple": _read_multiple, "true_false": _read_true_false,
    "numeric": _read_numeric, "fill": _read_fill, "ordering": _read_ordering,
    "matching": _read_matching, "calculated": _read_calculated, "cloze": _read_cloze,
    "short": _read_points, "case": _read_points,
}  # fmt: skip
WRITERS: dict[str, Callable[[Json, Json], list[str]]] = {
    "single": _write_options, "multiple": _write_options, "true_false": _write_true_false,
    "numeric": _write_numeric, "fill": _write_fill, "ordering": _write_ordering,
    "matching": _write_matching, "calculated": _write_calculated, "cloze": _write_cloze,
    "short": _write_points, "case": _write_points,
}  # fmt: skip
