"""Assessment schemes: drafted as data, frozen when published."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from exams.models import AssessmentScheme
from exams.models.assessment import SCHEME_DATA
from exams.rules.weighting import SchemeError, parse_scheme
from exams.services.errors import ExamError

DEFAULT = {
    "weights": {"theory": 40, "practical": 40, "process": 20},
    "floors": {"theory": 60, "practical": 60, "total": 60},
    "practical_split": {"tasks": 80, "showcase": 20},
    "process_items": {"participation": 20, "case": 25, "discussion": 20, "drill": 35},
}


def publish_scheme(
    *, code: str, title: str, data: dict[str, Any], at: datetime, by: Any = None
) -> AssessmentScheme:
    """Publish a scheme; the same content again returns the version that exists.

    `data` holds weights, floors, practical_split, process_items and, where they differ from
    the defaults, markers (1 or 2), third_marker_over (points of 100), separate_trainers.
    ExamError `scheme` names the part that does not add up.
    """
    content = {**{name: data[name] for name in SCHEME_DATA}, **_marking(data)}
    try:
        parse_scheme(content)
    except SchemeError as error:
        raise ExamError("scheme", _scheme_message(error)) from error
    with transaction.atomic():
        newest = AssessmentScheme.objects.select_for_update().filter(code=code).first()
        if newest is not None and all(getattr(newest, k) == v for k, v in content.items()):
            return newest
        scheme = AssessmentScheme.objects.create(
            code=code, version=newest.version + 1 if newest else 1,
            title=title, published_at=at, **content,
        )  # fmt: skip
        record(action="exams.scheme_published", actor=by, obj=scheme, at=at, detail=scheme.data)
    return scheme


def _marking(data: dict[str, Any]) -> dict[str, Any]:
    markers, over = data.get("markers", 1), data.get("third_marker_over", 15)
    if markers not in (1, 2) or not 0 <= over <= 100:
        raise ExamError("scheme", _("One or two markers, and a difference of 0 to 100 points."))
    return {
        "markers": markers,
        "third_marker_over": over,
        "separate_trainers": bool(data.get("separate_trainers", True)),
    }


def _scheme_message(error: SchemeError) -> str:
    reason = {
        "not_100": _("the percentages must sum to 100"),
        "negative": _("a percentage cannot be negative"),
        "wrong_parts": _("parts are missing or unknown"),
        "out_of_range": _("a floor lies between 0 and 100"),
        "not_a_number": _("this is not a number"),
    }[error.code]
    return f"{error.place}: {reason}"
