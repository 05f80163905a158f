from exams.models.assessment import Assessment, AssessmentScheme, ComponentMark
from exams.models.attempt import Attempt, ItemMark, MarkingLease, PaperItem, Response
from exams.models.exam import Exam
from exams.models.frozen import FrozenRowError
from exams.models.marking import RubricMarking, SubmissionLease
from exams.models.practical import (
    PracticalTask,
    PracticalTaskVersion,
    Submission,
    SubmissionFile,
    TaskAssignment,
    TaskFile,
)
from exams.models.question import Question, QuestionVersion
from exams.models.sitting import Admission, Sitting
from exams.models.topic import Topic

__all__ = [
    "Admission",
    "Assessment",
    "AssessmentScheme",
    "Attempt",
    "ComponentMark",
    "Exam",
    "FrozenRowError",
    "ItemMark",
    "MarkingLease",
    "PaperItem",
    "PracticalTask",
    "PracticalTaskVersion",
    "Question",
    "QuestionVersion",
    "Response",
    "RubricMarking",
    "Sitting",
    "Submission",
    "SubmissionFile",
    "SubmissionLease",
    "TaskAssignment",
    "TaskFile",
    "Topic",
]
