"""Reads with more than one caller: the gate to the exam, and where a person's hours come from."""

from training.queries.anomalies import anomalies_inspected_by
from training.queries.gates import (
    ClassSummary,
    Missing,
    class_summary,
    classes_with_counts,
    course_ids_of,
    gate_of,
    gates_of,
    late_entries,
    late_share,
    online_seconds,
    seconds_by_person,
    version_ids_of,
    whats_missing,
)
from training.queries.hours import HoursSheet, hours_of, people_inspected_by

__all__ = [
    "ClassSummary",
    "HoursSheet",
    "Missing",
    "anomalies_inspected_by",
    "class_summary",
    "classes_with_counts",
    "course_ids_of",
    "gate_of",
    "gates_of",
    "hours_of",
    "late_entries",
    "late_share",
    "online_seconds",
    "people_inspected_by",
    "seconds_by_person",
    "version_ids_of",
    "whats_missing",
]
