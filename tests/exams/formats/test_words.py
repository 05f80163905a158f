"""Reasons are raised as English and translated where they are shown: none may lack its Chinese."""

import ast
from pathlib import Path

from lms.portal.translations import translated

ROOT = Path(__file__).parents[3]
SAYING = {"ItemError", "Remark", "fail", "_fail"}
PLACES = [*(ROOT / "exams/formats").rglob("*.py"), ROOT / "exams/services/question_import.py"]


def reasons(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in SAYING:
            yield from (a.value for a in node.args if isinstance(a, ast.Constant))


def test_every_reason_has_its_chinese():
    found = {text for path in PLACES for text in reasons(path) if isinstance(text, str)}

    done = {text for _context, text in translated(ROOT / "locale")}
    assert len(found) > 40
    assert sorted(found - done) == []
