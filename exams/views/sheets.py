"""A result as people read it: parts, products, floors and the sum that makes the total."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from exams.models import Assessment
from exams.rules.weighting import Parts, assess
from kit.exact import print_score

LABELS = {
    "theory": gettext_lazy("Theory"),
    "practical": gettext_lazy("Practical"),
    "process": gettext_lazy("Process"),
    "total": gettext_lazy("Overall score"),
    "tasks": gettext_lazy("Practical tasks"),
    "showcase": gettext_lazy("Project showcase"),
    "participation": gettext_lazy("Class participation"),
    "case": gettext_lazy("Case analysis"),
    "discussion": gettext_lazy("Group discussion"),
    "drill": gettext_lazy("Practical drills"),
}
ACTIONS = {
    "exams.assessment_opened": gettext_lazy("Opened"),
    "exams.component_marked": gettext_lazy("A mark was given"),
    "exams.assessment_submitted": gettext_lazy("Submitted for approval"),
    "exams.assessment_returned": gettext_lazy("Returned to the officer"),
    "exams.assessment_approved": gettext_lazy("Approved and final"),
}
BAR = 400
NOTHING = Parts(theory=None, tasks=[], showcase=None, process={})


def label(key: str) -> str:
    """The name of a part or item; an item of a later scheme shows its own key."""
    return str(LABELS.get(key, key))


def exact_text(value: Fraction, *, line: Fraction | None = None) -> str:
    """A value with as many places as it really has, two at least; "≈" and four where endless.

    More than four where it would else be printed as reaching a line that it misses.
    """
    for places in (2, 3, 4, 5, 6):
        if (value * 10**places).denominator == 1:
            return f"{float(value):.{places}f}"
    places = 4
    while line is not None and value < line <= Fraction(_rounded(value, places)):
        places += 1
    return f"≈{_rounded(value, places)}"


def _rounded(value: Fraction, places: int) -> str:
    """Half up, in whole numbers: a float has no place for a long tail."""
    whole, rest = divmod(floor(value * 10**places + Fraction(1, 2)), 10**places)
    return f"{whole}.{rest:0{places}d}"


@dataclass
class Row:
    """One product: value × weight = product; None where the value is not known yet."""

    key: str
    value: str | None
    weight: str
    product: str | None
    line: str | None = None
    met: bool | None = None
    width: int = 0
    line_at: int = 0
    rows: list["Row"] = field(default_factory=list)

    @property
    def label(self) -> str:
        return label(self.key)


@dataclass
class Sheet:
    """The parts, the total and why; built from the frozen explanation alone."""

    parts: list[Row]
    total: str | None
    total_line: str
    total_met: bool | None
    exact_total: str | None
    sum_text: str
    passed: bool
    reasons: list[str]
    missing: list[str]
    bare: list[str]

    @property
    def missing_text(self) -> str:
        """The missing parts in one line."""
        return pgettext("list", ", ").join(self.missing)

    @property
    def bare_text(self) -> str:
        """The parts below their line in one line."""
        return pgettext("list", ", ").join(self.bare)


def sheet_of(assessment: Assessment) -> Sheet:
    """Read the steps of a computed assessment; one never computed knows nothing yet."""
    steps = assessment.explanation or assess(assessment.rules, NOTHING).steps
    sums = {step["part"]: step for step in steps if step["kind"] == "sum"}
    floors = {step["part"]: step for step in steps if step["kind"] == "floor"}
    verdict = steps[-1]
    parts = [_row(item, floors.get(item["key"])) for item in sums["total"]["items"]]
    for part in parts:
        if part.key in sums:
            part.rows = [_row(item, None) for item in sums[part.key]["items"]]
    total, line = _fraction(sums["total"]["value"]), Fraction(floors["total"]["line"])
    shown = None if total is None else print_score(total, line=line)
    products = [part.product for part in parts if part.product is not None]
    return Sheet(
        parts=parts, total=shown, total_line=_plain(line), total_met=floors["total"]["met"],
        exact_total=_if_other(total, shown, line), sum_text=" + ".join(products),
        passed=verdict["passed"], reasons=[reason_text(code) for code in verdict["reasons"]],
        missing=_parts_of(verdict, "not_yet"), bare=_parts_of(verdict, "below"),
    )  # fmt: skip


def _row(item: dict[str, Any], floor: dict[str, Any] | None) -> Row:
    value, line = _fraction(item["value"]), Fraction(floor["line"]) if floor else None
    product = _fraction(item["product"])
    return Row(
        key=item["key"],
        value=None if value is None else print_score(value, line=line),
        weight=_plain(Fraction(item["weight"])),
        product=None if product is None else exact_text(product),
        line=None if line is None else _plain(line),
        met=floor["met"] if floor else None,
        width=0 if value is None else int(value * BAR / 100),
        line_at=0 if line is None else int(line * BAR / 100),
    )


def reason_text(code: str) -> str:
    """A reason of the verdict in words: what is missing, or which floor was missed."""
    kind, _colon, part = code.partition(":")
    if kind == "not_yet":
        return _("%s: not yet known") % label(part)
    return _("%s: below its line") % label(part)


def _parts_of(verdict: dict[str, Any], kind: str) -> list[str]:
    codes = [code.partition(":") for code in verdict["reasons"]]
    return [label(part) for name, _colon, part in codes if name == kind]


def _if_other(value: Fraction | None, shown: str | None, line: Fraction) -> str | None:
    """The exact value where the printed one is not the whole truth."""
    exact = None if value is None else exact_text(value, line=line)
    return exact if exact != shown else None


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else exact_text(value)
