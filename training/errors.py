"""The one error of this app."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kit.refusing import Refused


@dataclass(frozen=True)
class Refusal:
    """Why one person cannot be taken or marked."""

    person: Any
    code: str
    message: str


class TrainingError(Refused):
    """A request that the rules refuse, with `refusals` per person."""

    def __init__(self, code: str, message: str, refusals: Sequence[Refusal] = ()) -> None:
        super().__init__(code, message)
        self.refusals = tuple(refusals)
