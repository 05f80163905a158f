"""Practical tasks from a JSON file with their data files in folders beside it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRAINEE_FOLDER = "practical"
GRADER_FOLDER = "practical_graders_only"


class TaskFileError(ValueError):
    """The file cannot be read; the message names the place."""


@dataclass(frozen=True)
class ReadTask:
    """A task as published: code, content, and its files as (name, bytes, for graders only)."""

    code: str
    content: dict[str, Any]
    files: list[tuple[str, bytes, bool]]


def read_tasks(path: Path) -> Iterator[ReadTask]:
    """The tasks of the file in order; TaskFileError where something is missing."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["tasks"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TaskFileError(f"{path.name}: {error}") from error
    for number, entry in enumerate(entries, 1):
        try:
            yield _task(entry, path.parent)
        except (KeyError, OSError, TypeError) as error:
            raise TaskFileError(f"{path.name}, task {number}: {error}") from error


def _task(entry: dict[str, Any], folder: Path) -> ReadTask:
    content = {
        "title": entry["title"],
        "level": entry.get("level", ""),
        "duration_minutes": entry["duration_min"],
        "scenario": entry["scenario"],
        "deliverables": entry["deliverables"],
        "posts": entry.get("posts", []),
        "linked_lessons": entry.get("linked_lessons", []),
        "rubric": entry["rubric"],
        "model_answer": entry.get("model_answer", []),
    }
    files = [
        (name, (folder / TRAINEE_FOLDER / name).read_bytes(), False)
        for name in entry.get("data_files", [])
    ]
    prefix = entry["id"].replace("-", "")
    files += [
        (path.name, path.read_bytes(), True)
        for path in sorted((folder / GRADER_FOLDER).glob(f"{prefix}_*"))
    ]
    return ReadTask(entry["id"], content, files)
