from training.services.admitting import refresh_admission, refresh_admissions_of
from training.services.attending import take_attendance
from training.services.classes import advance_class, create_class, finish_class, open_class
from training.services.completing import complete_enrolment
from training.services.enrolling import EnrolmentOutcome, enrol_people
from training.services.finding import find_anomalies, find_on
from training.services.judging import judge_anomaly
from training.services.marking import Mark, record_process_mark, record_process_marks
from training.services.versions import move_to_newest, pin_versions

__all__ = [
    "EnrolmentOutcome",
    "Mark",
    "advance_class",
    "complete_enrolment",
    "create_class",
    "enrol_people",
    "find_anomalies",
    "find_on",
    "finish_class",
    "judge_anomaly",
    "move_to_newest",
    "open_class",
    "pin_versions",
    "record_process_mark",
    "record_process_marks",
    "refresh_admission",
    "refresh_admissions_of",
    "take_attendance",
]
