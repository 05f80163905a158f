"""What the running part of a lesson may hold."""

from wagtail import blocks

from courses.blocks.callout import CalloutBlock
from courses.blocks.comparison import ComparisonBlock
from courses.blocks.formula import FormulaBlock
from courses.blocks.heading import HeadingBlock
from courses.blocks.paragraph import FEATURES, ParagraphBlock
from courses.blocks.steps import StepsBlock
from courses.blocks.table import TableBlock


class LessonBody(blocks.StreamBlock):
    """Seven kinds of part; none holds another stream."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock(features=FEATURES)
    callout = CalloutBlock()
    table = TableBlock()
    steps = StepsBlock()
    comparison = ComparisonBlock()
    formula = FormulaBlock()
