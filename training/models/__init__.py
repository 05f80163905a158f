from training.models.anomaly import AnomalyVerdict, StudyAnomaly
from training.models.attendance import Attendance
from training.models.class_session import ClassSession
from training.models.enrolment import Enrolment
from training.models.evidence import ProcessEvidence
from training.models.programme import Programme
from training.models.training_class import TrainingClass
from training.models.version import ClassCourse

__all__ = [
    "AnomalyVerdict",
    "Attendance",
    "ClassCourse",
    "ClassSession",
    "Enrolment",
    "ProcessEvidence",
    "Programme",
    "StudyAnomaly",
    "TrainingClass",
]
