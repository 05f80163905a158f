"""What one item of one paper is: the bank's content with the candidate's own figures."""

from typing import Any

from exams.rules.question_types import RULES

Json = dict[str, Any]
PREVIEW = "preview"


def item_seed(paper_seed: str, position: int) -> str:
    """The seed of one item; it depends on the paper and the place alone, not on the version."""
    return f"{paper_seed}/item:{position}"


def item_content(type_: str, content: Json, *, paper_seed: str, position: int) -> Json:
    """The content by which this item is shown and scored; the same seed gives the same for ever.

    A regrade with another key passes the content that was on the paper, so that nobody is
    scored by figures which nobody saw.
    """
    return RULES[type_].on_paper(content, item_seed(paper_seed, position))
