"""The course tree of the demo: six courses, twenty modules, seventy-six lessons."""

import json
from datetime import datetime
from pathlib import Path

from courses.services import load_tree

DEMO = Path(__file__).resolve().parent.parent


def load(at: datetime) -> None:
    """Publish the demo's courses; loading twice changes nothing."""
    tree = json.loads((DEMO / "course_tree.json").read_text(encoding="utf-8"))
    lessons = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((DEMO / "lessons").glob("*.json"))
    }
    load_tree(tree=tree, lessons=lessons, at=at)
