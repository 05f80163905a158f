"""Candidates of the demo: they sit the theory exam, hand in practical work, and are marked.

Everything goes through the services that people use; only the instants lie in the past.
"""

from datetime import datetime, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from exams import services
from exams.models import Admission, Attempt, PaperItem, Submission, TaskAssignment
from exams.rules.rubric import Choice

ANSWER = "先按口径核对数据，再分层定位断点，给出能落地的改法，并写明负责人和完成时间。"
COMMENT = "按评分要点给分，依据见作答。"


def sit_theory(*, admission: Admission, skill: float, rng: Random, at: datetime) -> Attempt:
    """Answer every question, right with probability `skill`, and hand in after 70 minutes."""
    person = admission.person
    attempt = services.start_attempt(admission_id=admission.pk, person=person, at=at)
    items = [
        {"position": item.position, "seq": 1, "value": answer_to(item, rng.random() < skill)}
        for item in attempt.items.select_related("version")
    ]
    services.save_responses(
        attempt_id=attempt.pk, person=person, items=items, at=at + timedelta(minutes=60)
    )
    return services.submit_attempt(
        attempt_id=attempt.pk, person=person, at=at + timedelta(minutes=70)
    )


def answer_to(item: PaperItem, right: bool) -> Any:
    """A right or a wrong answer in the form in which the exam room sends it."""
    version, order = item.version, item.option_order
    key = version.key
    if version.type == "single":
        place = order.index(key["right"])
        return place if right else (place + 1) % len(order)
    if version.type == "multiple":
        places = sorted(order.index(index) for index in key["right"])
        return places if right else places[:1]
    if version.type == "true_false":
        return key["right"] if right else not key["right"]
    if version.type == "numeric":
        return key["value"] if right else "0"
    if version.type == "fill":
        return [accepted[0] if right else "不清楚" for accepted in key["accepted"]]
    if version.type == "ordering":
        places = [order.index(index) for index in key["order"]]
        return places if right else places[::-1]
    if version.type == "matching":
        places = [order.index(index) for index in key["pairs"]]
        return places if right else places[1:] + places[:1]
    return ANSWER


def mark_by_hand(*, attempt: Attempt, skill: float, by: Any, at: datetime) -> None:
    """Give every item that waits for a marker about as much as the person's skill."""
    marked = attempt.marks.filter(replaced_at__isnull=True).values("position")
    fraction = Fraction(round(skill * 10), 10)
    for item in attempt.items.exclude(position__in=marked):
        services.mark_item(
            attempt_id=attempt.pk,
            position=item.position,
            fraction=fraction,
            comment=COMMENT,
            by=by,
            at=at,
        )


def hand_in(*, assignment: TaskAssignment, at: datetime) -> Submission:
    """Hand in a text and a small table."""
    person = assignment.person
    services.save_submission(assignment_id=assignment.pk, person=person, text=ANSWER, at=at)
    table = "问题,依据,改法\n标题超长,规则第3条,删去重复词\n定价低于保本,成本表,调到建议价\n"
    services.add_file(
        assignment_id=assignment.pk,
        person=person,
        name="问题清单.csv",
        data=f"\ufeff{table}核对人,本人,\n".encode(),
        at=at,
    )
    return services.hand_in_submission(assignment_id=assignment.pk, person=person, at=at)


def mark_by_rubric(*, submission: Submission, level: int, by: Any, at: datetime) -> None:
    """Every criterion at one level (0 the best), with the comment low levels ask for."""
    services.claim_submission(submission_id=submission.pk, by=by, at=at)
    criteria = submission.assignment.task_version.criteria
    marking = submission.markings.get(marker=by)
    services.finish_marking(
        submission_id=submission.pk,
        by=by,
        levels={
            criterion.key: Choice(min(level, len(criterion.levels) - 1), COMMENT)
            for criterion in criteria
        },
        comment=COMMENT,
        revision=marking.revision,
        at=at,
    )
