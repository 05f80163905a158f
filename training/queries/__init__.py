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
    whats_missing,
)
from training.queries.hours import HoursSheet, hours_of, lesson_of_person, people_inspected_by
from training.queries.moving import MoveEffect, move_effect
from training.queries.places import enrolment_barrier
from training.queries.plans import PlannedLesson, plans_of, seconds_of_places
from training.queries.versions import Behind, Standing, version_standing

__all__ = [
    "Behind",
    "ClassSummary",
    "HoursSheet",
    "Missing",
    "MoveEffect",
    "PlannedLesson",
    "Standing",
    "anomalies_inspected_by",
    "class_summary",
    "classes_with_counts",
    "course_ids_of",
    "enrolment_barrier",
    "gate_of",
    "gates_of",
    "hours_of",
    "late_entries",
    "late_share",
    "lesson_of_person",
    "move_effect",
    "online_seconds",
    "people_inspected_by",
    "plans_of",
    "seconds_by_person",
    "seconds_of_places",
    "version_standing",
    "whats_missing",
]
