"""The lessons that ship: the tree they hang in, and each as written, by slug."""

import json
from pathlib import Path

DEMO = Path(__file__).resolve().parents[1] / "demo"
TREE = json.loads((DEMO / "course_tree.json").read_text(encoding="utf-8"))
NODES = {
    leaf["slug"]: leaf
    for course in TREE["courses"]
    for module in course["modules"]
    for leaf in module["lessons"]
}
LESSONS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((DEMO / "lessons").glob("*.json"))
}
