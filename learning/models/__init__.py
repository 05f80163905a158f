from learning.models.answer import CheckAnswer, HandIn
from learning.models.event import StudyEvent
from learning.models.grant import CourseGrant
from learning.models.handover import Handover
from learning.models.ledger import LedgerEntry, LessonProgress
from learning.models.notebook import Bookmark, LessonNote, ReadingPlace
from learning.models.session import StudySession
from learning.models.uncounted import UncountedTime
from learning.models.watching import MediaWatch, WatchReport

__all__ = [
    "Bookmark",
    "CheckAnswer",
    "CourseGrant",
    "HandIn",
    "Handover",
    "LedgerEntry",
    "LessonNote",
    "LessonProgress",
    "MediaWatch",
    "ReadingPlace",
    "StudyEvent",
    "StudySession",
    "UncountedTime",
    "WatchReport",
]
