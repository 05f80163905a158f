"""From the plain JSON of a lesson to what its StreamFields store.

Block ids are derived from the lesson and the place, so loading twice leaves answers where
they are. Lists inside blocks follow the same rule (`ListBlock` items carry ids of their own).
"""

import re
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from courses.rules.checks import QUESTION

LEVELS = {"助理": "assistant", "师": "operator", "高级": "senior"}
KINDS = {"核心": "core", "拓展": "extension"}
FIELDS = {
    "平台运营": "platform", "数据分析": "data", "用户运营": "users", "营销策略": "marketing",
    "内容运营": "content", "综合拓展": "general",
}  # fmt: skip

LOST = "〔缺〕"  # the source breaks off here: a note to authors, not a fact
DOUBTFUL = re.compile(r"〔存疑\d+〕")


def stream(lesson: str, field: str, parts: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Raw stream data with stable ids."""
    return [
        {
            "type": kind,
            "value": value,
            "id": str(uuid5(NAMESPACE_URL, f"lesson:{lesson}/{field}/{place}")),
        }
        for place, (kind, value) in enumerate(parts)
    ]


def written(slug: str, data: dict[str, Any], questions: list[int]) -> dict[str, Any]:
    """Fields of a lesson that has been written in full; `questions` of the bank are its checks."""
    example = data.get("worked_example")
    return {
        "goals": stream(slug, "goals", [("goal", goal) for goal in data["goals"]]),
        "body": stream(slug, "body", [(part["type"], part["value"]) for part in data["body"]]),
        "worked_example": stream(
            slug, "worked_example", [("worked_example", example)] if example else []
        ),
        "drill": stream(slug, "drill", [("drill", data["drill"])]),
        "case": stream(slug, "case", [("case", data["case"])]),
        "checks": stream(slug, "checks", [(QUESTION, pk) for pk in questions]),
        "sources": "\n".join(data["sources"]),
    }


def outlined(slug: str, node: dict[str, Any]) -> dict[str, Any]:
    """Fields of a lesson of which only the facts are known: facts as a list, drill and case."""
    facts = "".join(f"<li>{escape(said(fact))}</li>" for fact in node["facts"] if LOST not in fact)
    body = [("heading", "要点"), ("paragraph", f"<ul>{facts}</ul>")]
    case = {"scenario": paragraph(node["case"]), "questions": [], "model_answer": ""}
    return {
        "goals": stream(slug, "goals", [("goal", goal) for goal in node["goals"]]),
        "body": stream(slug, "body", body),
        "worked_example": [],
        "drill": stream(slug, "drill", [("drill", {"task": paragraph(node["drill"])})]),
        "case": stream(slug, "case", [("case", case)]),
        "checks": [],
        "sources": node["src"],
    }


def said(fact: str) -> str:
    """A fact as a learner reads it: the fact sheet's own marks become words."""
    return DOUBTFUL.sub("（存疑，引用前请核对）", fact).replace("〔仅供参考〕", "（仅供参考）")


def paragraph(text: str) -> str:
    """Plain text as one paragraph of rich text."""
    return f"<p>{escape(text)}</p>"
