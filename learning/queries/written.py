"""What a person wrote and chose in a lesson, with the question as it was asked then."""

from dataclasses import dataclass
from typing import Any

from learning.models import CheckAnswer, HandIn


@dataclass(frozen=True)
class Written:
    """Hand-ins and check answers of one person in one lesson, oldest first."""

    hand_ins: list[HandIn]
    answers: list[CheckAnswer]

    def __bool__(self) -> bool:
        return bool(self.hand_ins or self.answers)


def written_by(person: Any, lesson: Any) -> Written:
    """All that a person produced in a lesson; two queries."""
    own = {"person": person, "lesson": lesson}
    return Written(
        hand_ins=list(HandIn.objects.filter(**own).select_related("lesson_version")),
        answers=list(
            CheckAnswer.objects.filter(**own)
            .select_related("lesson_version")
            .order_by("answered_at", "pk")
        ),
    )
