"""Findings and what people made of them."""

from typing import Any

from django.db.models import OuterRef, Subquery

from training.models import AnomalyVerdict, StudyAnomaly
from training.queries.hours import people_inspected_by


def anomalies_inspected_by(user: Any) -> Any:
    """The findings about people whose hours one may open, never about oneself; newest first.

    `verdict` is the latest one, empty while nobody has judged.
    """
    latest = AnomalyVerdict.objects.filter(anomaly=OuterRef("pk")).order_by("-judged_at", "-pk")
    return (
        StudyAnomaly.objects.filter(person__in=people_inspected_by(user).values("pk"))
        .exclude(person=user)
        .select_related("person")
        .annotate(verdict=Subquery(latest.values("verdict")[:1]))
        .order_by("-day", "-pk")
    )
