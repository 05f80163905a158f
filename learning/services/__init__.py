"""Every write of study time, grants and hand-ins."""

from learning.services.activities import answer_check, finish_activity
from learning.services.granting import (
    grant_courses,
    move_grants,
    revoke_courses,
    settle_grants,
)
from learning.services.handover import GivenCode, find_handover, make_handover, use_handover
from learning.services.notebook import NoteClash, Sent, keep_place, save_note, set_bookmark
from learning.services.seen import Seen
from learning.services.sessions import start_study
from learning.services.studying import BeatResult, Report, report_study
from learning.services.uncounting import uncount_entries
from learning.services.watching import report_watching

__all__ = [
    "BeatResult",
    "GivenCode",
    "NoteClash",
    "Report",
    "Seen",
    "Sent",
    "answer_check",
    "find_handover",
    "finish_activity",
    "grant_courses",
    "keep_place",
    "make_handover",
    "move_grants",
    "report_study",
    "report_watching",
    "revoke_courses",
    "save_note",
    "set_bookmark",
    "settle_grants",
    "start_study",
    "uncount_entries",
    "use_handover",
]
