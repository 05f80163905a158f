"""What a candidate may know of an attempt that is over."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from exams.choices import AttemptState
from exams.models import Attempt
from exams.queries.paper import latest_values


@dataclass
class FieldOutcome:
    """Marks earned in one field, of those to be had."""

    name: str
    earned: Fraction = Fraction(0)
    most: Fraction = Fraction(0)

    @property
    def percent(self) -> int:
        """Whole percent, rounded down."""
        return int(self.earned * 100 / self.most)


@dataclass(frozen=True)
class Outcome:
    """Counts of a paper; fields only once every item is marked."""

    questions: int
    answered: int
    most: Decimal
    waiting: int
    fields: list[FieldOutcome]


def attempt_outcome(attempt: Attempt) -> Outcome:
    """How much was answered, what still waits for a marker, and the marks by field."""
    rows = list(
        attempt.items.values_list("position", "max_mark", "version__question__topic__field")
    )
    values = latest_values(attempt.pk)
    marks = {m.position: m.fraction for m in attempt.marks.filter(replaced_at__isnull=True)}
    fields: dict[str, FieldOutcome] = {}
    if attempt.state == AttemptState.MARKED:
        for position, most, name in rows:
            outcome = fields.setdefault(name, FieldOutcome(name))
            outcome.earned += marks[position] * Fraction(most)
            outcome.most += Fraction(most)
    return Outcome(
        questions=len(rows),
        answered=sum(values.get(row[0]) is not None for row in rows),
        most=sum((row[1] for row in rows), Decimal(0)),
        waiting=len(rows) - len(marks),
        fields=list(fields.values()),
    )
