"""Boxes with figures in the lessons that ship name their source and what time they describe."""

import json
from pathlib import Path

LESSONS = Path(__file__).resolve().parents[2] / "demo" / "lessons"


def test_every_box_of_figures_has_source_and_date():
    boxes = [
        (path.stem, part["value"])
        for path in sorted(LESSONS.glob("*.json"))
        for part in json.loads(path.read_text(encoding="utf-8"))["body"]
        if part["type"] == "callout" and part["value"]["tone"] == "figure"
    ]

    lacking = [slug for slug, box in boxes if not (box.get("source") and box.get("as_of"))]
    assert len(boxes) >= 45
    assert lacking == []
    assert [slug for slug, box in boxes if len(box["source"]) > 200 or len(box["as_of"]) > 40] == []


def test_an_example_never_passes_for_a_statistic():
    told = [
        path.stem
        for path in sorted(LESSONS.glob("*.json"))
        for part in json.loads(path.read_text(encoding="utf-8"))["body"]
        if part["type"] == "callout"
        and part["value"]["tone"] == "figure"
        and "（示例）" in part["value"]["title"]
        and "示例" not in part["value"]["source"]
    ]

    assert told == []
