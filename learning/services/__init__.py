"""Every write of study time, grants and hand-ins."""

from learning.services.activities import answer_check, finish_activity
from learning.services.granting import grant_courses, revoke_courses
from learning.services.studying import BeatResult, beat, resume_study, start_study

__all__ = [
    "BeatResult",
    "answer_check",
    "beat",
    "finish_activity",
    "grant_courses",
    "resume_study",
    "revoke_courses",
    "start_study",
]
