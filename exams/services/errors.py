"""The one error of this app's services."""

from django.utils.translation import gettext as _

from exams.rules.errors import RuleError
from kit.refusing import Refused


class ExamError(Refused):
    """An exam's refusal; `training` tells it from its own."""


def from_rule(error: RuleError) -> ExamError:
    """The same refusal in the reader's language."""
    message = _(error.message)
    return ExamError(error.code, message % error.params if error.params else message)
