"""A question in the form its candidate sees."""

from typing import Any

from django import template

from exams.queries.paper import ShownQuestion, shown_question

register = template.Library()


@register.simple_tag
def as_shown(question: Any) -> ShownQuestion:
    """The question without its key, options as in the bank."""
    return shown_question(question)
