from learning.models.answer import CheckAnswer, HandIn
from learning.models.event import StudyEvent
from learning.models.grant import CourseGrant
from learning.models.ledger import LedgerEntry, LessonProgress
from learning.models.session import StudySession

__all__ = [
    "CheckAnswer",
    "CourseGrant",
    "HandIn",
    "LedgerEntry",
    "LessonProgress",
    "StudyEvent",
    "StudySession",
]
