"""Every address × every role. Each app lists its own in `tests/<app>/access_rows.py`:

    def build(world):            # optional: rows to point at, attached to the world
        world.submission = SubmissionFactory(person=world.people["trainee"])

    ROWS = [
        Row("exams:task_detail", ok={"trainee"}, kwargs=lambda w: {"pk": w.submission.pk}),
        Row("exams:task_hand_in", ok={"trainee"}, method="post", status=302, kwargs=…),
    ]

`ok` names the cast members who get `status`; everybody else gets `denied`, the anonymous
`anonymous`. `trainee` is the owner of what is pointed at, `other_trainee` is not; `trainer`
teaches the class, `other_trainer` does not.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from people import roles
from tests.factories.people import UserFactory

CAST = {
    "trainee": roles.TRAINEE,
    "other_trainee": roles.TRAINEE,
    "trainer": roles.TRAINER,
    "other_trainer": roles.TRAINER,
    "grader": roles.GRADER,
    "hr": roles.HR,
    "finance": roles.FINANCE,
    "author": roles.AUTHOR,
    "officer": roles.OFFICER,
    "approver": roles.APPROVER,
    "editor": roles.EDITOR,
    "reviewer": roles.REVIEWER,
    "auditor": roles.AUDITOR,
    "administrator": roles.ADMINISTRATOR,
}
EVERYBODY = frozenset({*CAST, "anonymous"})
SIGNED_IN = frozenset(CAST)


class World:
    """The cast, and whatever the apps' `build` functions attach."""

    def __init__(self) -> None:
        self.people = {name: UserFactory(roles=[role]) for name, role in CAST.items()}

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"no build() attached {name!r} to the world")


@dataclass(frozen=True)
class Row:
    name: str
    ok: frozenset[str] | set[str] = frozenset()
    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    method: str = "get"
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    status: int = 200
    denied: int = 404
    anonymous: int = 302
    content_type: str = ""  # "application/json" posts `data` as JSON
