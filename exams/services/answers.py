"""Saving answers: the hot path of an exam. Append-only; the highest seq is the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from exams.choices import AttemptState
from exams.models import Attempt, PaperItem, Response
from exams.rules.deadline import counts_at
from exams.rules.errors import RuleError
from exams.rules.question_types import RULES
from exams.services.errors import ExamError, from_rule

MAX_ITEMS = 200
MAX_SEQ = 2**31 - 1


@dataclass(frozen=True)
class Refusal:
    """One answer that was not saved. For `stale`, seq and value are those that stand."""

    position: int
    code: str
    message: str
    seq: int = 0
    value: Any = None


@dataclass
class SaveResult:
    """What became of each answer; `deadline` is the attempt's, which may have moved."""

    deadline: datetime
    saved: list[tuple[int, int]] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def save_responses(
    *, attempt_id: int, person: Any, items: Sequence[dict[str, Any]], at: datetime
) -> SaveResult:
    """Save what can be saved and say what cannot: a bad answer never holds up a good one.

    `at` is the instant of arrival. Raises ExamError `not_found`, `bad_request`, `submitted`
    or `closed` when nothing can be saved. An older seq is refused as `stale`, the same seq
    with the same value is saved already, a position that is not on the paper is `not_served`.
    """
    wanted = sorted((_read(item) for item in items[: MAX_ITEMS + 1]), key=lambda i: i[:2])
    if len(wanted) > MAX_ITEMS:
        raise ExamError("bad_request", _("Too many answers at once."))
    with transaction.atomic():
        attempt = _open_attempt(attempt_id, person, at)
        result = SaveResult(attempt.deadline)
        specs, known = _paper_of(attempt.pk, wanted), _known(attempt.pk, wanted)
        rows = []
        for position, seq, value in wanted:
            row = _judge(attempt.pk, position, seq, value, specs, known, result)
            if row is not None:
                row.saved_at = at
                rows.append(row)
        if rows:
            Response.objects.bulk_create(rows)
    return result


def _read(item: Any) -> tuple[int, int, Any]:
    """(position, seq, value) of one item of the request."""
    try:
        position, seq, value = item["position"], item["seq"], item["value"]
    except (TypeError, KeyError) as error:
        raise ExamError("bad_request", _("An answer needs position, seq and value.")) from error
    for number in (position, seq):
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= MAX_SEQ:
            raise ExamError("bad_request", _("position and seq must be whole numbers from 1."))
    return position, seq, value


def _open_attempt(attempt_id: int, person: Any, at: datetime) -> Attempt:
    """The attempt, locked: no answer can slip in behind its submission."""
    attempt = (
        Attempt.objects.select_for_update()
        .visible_to(person)
        .filter(pk=attempt_id)
        .only("pk", "state", "deadline")
        .first()
    )
    if attempt is None:
        raise ExamError("not_found", _("There is no such attempt."))
    if attempt.state != AttemptState.OPEN:
        raise ExamError("submitted", _("The paper has been handed in."))
    if not counts_at(deadline=attempt.deadline, at=at):
        raise ExamError("closed", _("The time is over."))
    return attempt


def _paper_of(
    attempt_id: int, wanted: list[tuple[int, int, Any]]
) -> dict[int, tuple[str, dict[str, Any]]]:
    rows = PaperItem.objects.filter(
        attempt_id=attempt_id, position__in={item[0] for item in wanted}
    ).values_list("position", "version__type", "version__content")
    return {position: (type_, content) for position, type_, content in rows}


def _known(attempt_id: int, wanted: list[tuple[int, int, Any]]) -> dict[int, dict[int, Any]]:
    """Saved answers at or after the lowest seq that arrives: position → seq → value."""
    known: dict[int, dict[int, Any]] = {}
    if wanted:
        rows = Response.objects.filter(
            attempt_id=attempt_id,
            position__in={item[0] for item in wanted},
            seq__gte=min(item[1] for item in wanted),
        ).values_list("position", "seq", "value")
        for position, seq, value in rows:
            known.setdefault(position, {})[seq] = value
    return known


def _judge(
    attempt_id: int,
    position: int,
    seq: int,
    value: Any,
    specs: dict[int, tuple[str, dict[str, Any]]],
    known: dict[int, dict[int, Any]],
    result: SaveResult,
) -> Response | None:
    """The row to write; None when it is there already or refused."""
    if position not in specs:
        result.refused.append(Refusal(position, "not_served", _("This is not on your paper.")))
        return None
    type_, content = specs[position]
    try:
        value = RULES[type_].clean(content, value)
    except RuleError as error:
        refusal = from_rule(error)
        result.refused.append(Refusal(position, "bad_value", refusal.message))
        return None
    seen = known.setdefault(position, {})
    if seq in seen and seen[seq] == value:
        result.saved.append((position, seq))
        return None
    latest = max(seen, default=0)
    if latest >= seq:
        message = _("A newer answer to this question is already saved.")
        result.refused.append(Refusal(position, "stale", message, latest, seen[latest]))
        return None
    seen[seq] = value
    result.saved.append((position, seq))
    return Response(attempt_id=attempt_id, position=position, seq=seq, value=value)
