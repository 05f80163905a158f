"""Statistics of questions and papers: plain data in, exact figures with reasons out."""

from exams.rules.statistics.distribution import Distribution, score_distribution
from exams.rules.statistics.figures import Figure, Reason
from exams.rules.statistics.flags import Flag, FlagCode, weak_item_flags
from exams.rules.statistics.items import ItemStatistics, item_statistics
from exams.rules.statistics.options import OptionRow
from exams.rules.statistics.papers import (
    ChoiceKey,
    ItemAnswer,
    SatPaper,
    first_papers,
    item_answer,
)
from exams.rules.statistics.reliability import Over, Reliability, reliability

__all__ = [
    "ChoiceKey", "Distribution", "Figure", "Flag", "FlagCode", "ItemAnswer", "ItemStatistics",
    "OptionRow", "Over", "Reason", "Reliability", "SatPaper", "first_papers", "item_answer",
    "item_statistics", "reliability", "score_distribution", "weak_item_flags",
]  # fmt: skip
