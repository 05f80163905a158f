"""Quick checks of a lesson: questions of the bank by their number, in the words of a day.

A lesson that is written names questions; a lesson that is published holds their words.
"""

from collections.abc import Iterable, Mapping
from typing import Any

QUESTION, WORDS = "question", "check"
# The options of a question that is true or false, in this order.
TRUE_OR_FALSE = ("正确", "错误")

Words = dict[str, Any]


def check_words(
    *, content: Mapping[str, Any], key: Mapping[str, Any], stem: str, explanation: str,
    code: str, version: int,
) -> Words:  # fmt: skip
    """What a learner is asked, with the right option counted from 0 and where it comes from."""
    right = key["right"]
    options = content.get("options")
    return {
        "stem": stem,
        "options": list(options or TRUE_OR_FALSE),
        "answer": right if options else TRUE_OR_FALSE.index("正确" if right else "错误"),
        "explanation": explanation,
        "code": code,
        "version": version,
    }


def questions_named(checks: Iterable[Mapping[str, Any]]) -> set[int]:
    """The questions that a raw stream of checks names."""
    return {part["value"] for part in checks if part["type"] == QUESTION and part["value"]}


def in_words(
    checks: Iterable[Mapping[str, Any]], words: Mapping[int, Words]
) -> list[dict[str, Any]]:
    """The stream with each question in its words; one without words is left out."""
    return [
        {**part, "type": WORDS, "value": words[part["value"]]}
        if part["type"] == QUESTION
        else dict(part)
        for part in checks
        if part["type"] != QUESTION or part["value"] in words
    ]


def summary(words: Mapping[str, Any]) -> str:
    """One line for an author: code, question, every option, the right one marked."""
    options = " / ".join(
        f"{'✓ ' if place == words['answer'] else ''}{option}"
        for place, option in enumerate(words["options"])
    )
    return f"{words['code']} · {words['stem']} — {options}"
