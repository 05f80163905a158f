"""What is wrong with a question or an answer, in a form that can be translated above."""

from typing import Any


class RuleError(ValueError):
    """`code` for machines; `message` is an English msgid with %(name)s places for `params`."""

    def __init__(self, code: str, message: str, **params: Any) -> None:
        super().__init__(message % params if params else message)
        self.code = code
        self.message = message
        self.params = params
