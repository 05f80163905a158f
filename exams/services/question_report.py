"""What an import or export did, as JSON in the reader's language."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from exams.formats.items import Category, Fault, Remark, names_in
from exams.formats.registry import Format
from exams.services.question_import import QuestionImport, Taken

Json = dict[str, Any]


def report(done: QuestionImport, format_: Format) -> Json:
    """Every question that was read, the tree of its categories, and every error with its line.

    `type` is the format's own word, `bank_type` ours (null when refused), `max_mark` 1 where the
    file says nothing.
    """
    return {
        "questions": [_question(taken, format_) for taken in done.questions],
        "categories": category_rows(done.categories),
        "errors": fault_rows(done.errors),
        "notes": [in_words(note) for note in done.notes],
        "written": done.written,
    }


def _question(taken: Taken, format_: Format) -> Json:
    item = taken.item
    mark = Decimal(1) if item.max_mark is None else item.max_mark
    whole = mark == mark.to_integral_value()
    return {
        "name": item.name,
        "type": format_.word(item.type),
        "max_mark": int(mark) if whole else float(mark),
        "bank_type": taken.bank_type or None,
        "code": taken.code,
        "line": item.line,
        "category": item.category,
        "state": taken.state,
        "notes": [in_words(note) for note in taken.notes],
    }


def fault_rows(errors: Sequence[Fault]) -> list[Json]:
    """Each error with the name of its item, its line and the reason in words."""
    return [
        {"item": fault.item, "line": fault.line, "reason": in_words(fault.reason)}
        for fault in errors
    ]


def in_words(remark: Remark) -> str:
    """A remark in the reader's language."""
    text = _(remark.message) if remark.message else ""
    return text % remark.params if remark.params else text


def category_rows(categories: Sequence[Category]) -> list[Json]:
    """Every place of the tree once, parents before children, whatever order the file has."""
    rows: dict[tuple[str, ...], Json] = {}
    said = {tuple(names_in(category.path)): category for category in categories}
    for path in said:
        for depth in range(1, len(path) + 1):
            here = path[:depth]
            category = said.get(here)
            row = {
                "name": here[-1],
                "parent": here[-2] if depth > 1 else "top",
                "path": list(here),
                "info": category.info.text if category else "",
                "idnumber": category.idnumber if category else "",
            }
            rows.setdefault(here, row)
    return list(rows.values())
