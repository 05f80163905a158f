"""Case analysis: material and questions in the stem, marked by hand like a short answer."""

import re

from exams.rules.question_types.short import ShortRule

_NUMBERED = re.compile(r"（\d+）")


class CaseRule(ShortRule):
    """As ShortRule; a type of its own because the blueprint and the marking queue name it."""

    type = "case"


def split_case(stem: str) -> tuple[str, list[str]]:
    """The material and the numbered questions of a stem written 【材料】…【问题】（1）…（2）….

    A stem without that form is all material and has no separate questions.
    """
    material, mark, asks = stem.partition("【问题】")
    if not mark:
        return stem.strip(), []
    parts = _NUMBERED.split(asks)
    if len(parts) < 2 or parts[0].strip():
        return stem.strip(), []
    return material.replace("【材料】", "", 1).strip(), [part.strip() for part in parts[1:]]
