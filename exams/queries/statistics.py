"""Marked papers as statistics want them. Five queries, whatever the number of papers.

Nothing here reads a name; the candidate's number only tells a first paper from a later one.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from exams.choices import AttemptState
from exams.models import Attempt, Exam, ItemMark, PaperItem, QuestionVersion, Response, Sitting
from exams.rules.statistics import ChoiceKey, ItemAnswer, SatPaper, first_papers, item_answer
from exams.rules.statistics.choosing import choice_key, chosen_options


@dataclass(frozen=True)
class SatPapers:
    """The first marked paper of each candidate in each exam, earliest first within an exam.

    `keys` holds the choice questions among the items; items are question versions, so a new
    wording of a question has figures of its own.
    """

    papers: list[SatPaper]
    keys: dict[int, ChoiceKey]


def sitting_papers(sitting: Sitting) -> SatPapers:
    """Of one sitting. Papers that still wait for a marker are not in it."""
    return _gather(Attempt.objects.filter(sitting=sitting))


def exam_papers(exam: Exam) -> SatPapers:
    """Of all sittings of one exam."""
    return _gather(Attempt.objects.filter(sitting__exam=exam))


def all_papers() -> SatPapers:
    """Of all sittings of all exams: what is known of a question wherever it was asked."""
    return _gather(Attempt.objects.all())


def _gather(attempts: QuerySet[Attempt]) -> SatPapers:
    marked = attempts.filter(state=AttemptState.MARKED)
    versions = {
        version: (type_, content, key)
        for version, type_, content, key in QuestionVersion.objects.filter(
            pk__in=PaperItem.objects.filter(attempt__in=marked).values("version")
        ).values_list("pk", "type", "content", "key")
    }
    types = {version: type_ for version, (type_, _, _) in versions.items()}
    answers = _answers(marked, types)
    order = marked.order_by("sitting__exam", "started_at", "pk")
    rows = order.values_list("sitting__exam", "candidate", "pk")
    papers = [
        paper
        for _, group in groupby(rows, key=lambda row: row[0])
        for paper in first_papers(SatPaper(who, tuple(answers[pk])) for _, who, pk in group)
    ]
    keys = {version: choice_key(*body) for version, body in versions.items()}
    return SatPapers(papers, {version: key for version, key in keys.items() if key is not None})


def _answers(marked: QuerySet[Attempt], types: dict[int, str]) -> dict[int, list[ItemAnswer]]:
    """attempt → its marked items in the order of the paper."""
    fractions, values = _fractions(marked), _values(marked)
    found: dict[int, list[ItemAnswer]] = defaultdict(list)
    for attempt, position, version, most, order in _items(marked):
        place = (attempt, position)
        chosen = chosen_options(types[version], values.get(place), order)
        found[attempt].append(item_answer(version, fractions[place], most, chosen))
    return found


def _items(marked: QuerySet[Attempt]) -> Iterator[tuple[Any, ...]]:
    rows = PaperItem.objects.filter(attempt__in=marked).order_by("attempt", "position")
    fields = ("attempt_id", "position", "version_id", "max_mark", "option_order")
    return iter(rows.values_list(*fields))


def _fractions(marked: QuerySet[Attempt]) -> dict[tuple[int, int], Fraction]:
    rows = ItemMark.objects.filter(attempt__in=marked, replaced_at__isnull=True).values_list(
        "attempt_id", "position", "fraction_numerator", "fraction_denominator"
    )
    return {(attempt, position): Fraction(top, below) for attempt, position, top, below in rows}


def _values(marked: QuerySet[Attempt]) -> dict[tuple[int, int], Any]:
    """The answer that counts of every place: later rows, with a higher seq, win."""
    rows = Response.objects.filter(attempt__in=marked).order_by("attempt", "position", "seq")
    return {
        (attempt, position): value
        for attempt, position, value in rows.values_list("attempt_id", "position", "value")
    }
