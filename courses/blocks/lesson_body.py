"""What the running part of a lesson may hold."""

from wagtail import blocks

from courses.blocks.callout import CalloutBlock
from courses.blocks.comparison import ComparisonBlock
from courses.blocks.diagram import DiagramBlock
from courses.blocks.formula import FormulaBlock
from courses.blocks.heading import HeadingBlock
from courses.blocks.links import EmbedBlock, TaskLinkBlock
from courses.blocks.media import AudioBlock, FileBlock, ImageBlock, VideoBlock
from courses.blocks.paragraph import FEATURES, ParagraphBlock
from courses.blocks.steps import StepsBlock
from courses.blocks.table import TableBlock


class LessonBody(blocks.StreamBlock):
    """All kinds of part of running text; none holds another stream."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock(features=FEATURES)
    callout = CalloutBlock()
    table = TableBlock()
    steps = StepsBlock()
    comparison = ComparisonBlock()
    formula = FormulaBlock()
    diagram = DiagramBlock()
    image = ImageBlock()
    video = VideoBlock()
    audio = AudioBlock()
    file = FileBlock()
    task_link = TaskLinkBlock()
    embed = EmbedBlock()
