from courses.models.catalog import CatalogPage, CoursePage, ModulePage
from courses.models.flag import QuestionFlag
from courses.models.lesson import LessonPage, LessonPost
from courses.models.media import MediaFile, MediaUse
from courses.models.review import LessonReview, PeerReviewTask, wrote_draft
from courses.models.ticket import ImportTicket
from courses.models.version import (
    CourseVersion,
    LessonText,
    LessonVersion,
    VersionChangedError,
    VersionLesson,
)
from courses.models.wording import AdvertisingWord

__all__ = [
    "AdvertisingWord",
    "CatalogPage",
    "CoursePage",
    "CourseVersion",
    "ImportTicket",
    "LessonPage",
    "LessonPost",
    "LessonReview",
    "LessonText",
    "LessonVersion",
    "MediaFile",
    "MediaUse",
    "ModulePage",
    "PeerReviewTask",
    "QuestionFlag",
    "VersionChangedError",
    "VersionLesson",
    "wrote_draft",
]
