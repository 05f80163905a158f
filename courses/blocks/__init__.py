"""The parts a lesson is built of: one file per kind, one template per kind."""

from courses.blocks.callout import CalloutBlock
from courses.blocks.case import CaseBlock
from courses.blocks.check import CheckBlock
from courses.blocks.comparison import ComparisonBlock
from courses.blocks.diagram import DiagramBlock
from courses.blocks.drill import DrillBlock
from courses.blocks.formula import FormulaBlock
from courses.blocks.goal import GoalBlock
from courses.blocks.heading import HeadingBlock
from courses.blocks.lesson_body import LessonBody
from courses.blocks.links import EmbedBlock, TaskLinkBlock
from courses.blocks.media import AudioBlock, FileBlock, ImageBlock, VideoBlock
from courses.blocks.paragraph import ParagraphBlock
from courses.blocks.question_check import QuestionCheckBlock
from courses.blocks.steps import StepsBlock
from courses.blocks.table import TableBlock
from courses.blocks.worked_example import WorkedExampleBlock

__all__ = [
    "AudioBlock",
    "CalloutBlock",
    "CaseBlock",
    "CheckBlock",
    "ComparisonBlock",
    "DiagramBlock",
    "DrillBlock",
    "EmbedBlock",
    "FileBlock",
    "FormulaBlock",
    "GoalBlock",
    "HeadingBlock",
    "ImageBlock",
    "LessonBody",
    "ParagraphBlock",
    "QuestionCheckBlock",
    "StepsBlock",
    "TableBlock",
    "TaskLinkBlock",
    "VideoBlock",
    "WorkedExampleBlock",
]
