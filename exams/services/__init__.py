from exams.services.admissions import admit, grant_extra_time, withdraw_admission
from exams.services.answers import save_responses
from exams.services.approvals import approve_assessment, return_assessment, submit_assessment
from exams.services.assessments import open_assessment, refresh_assessment
from exams.services.attempts import start_attempt
from exams.services.bank import publish_question, retire_question, save_draft
from exams.services.component_marks import give_component_mark
from exams.services.errors import ExamError
from exams.services.exams import publish_exam, schedule_sitting
from exams.services.handing_in import close_if_overdue, close_overdue, submit_attempt
from exams.services.marking import hold_item, mark_item, mark_item_by_points, release_item
from exams.services.practical_hand_in import (
    add_file,
    hand_in_submission,
    remove_file,
    save_submission,
)
from exams.services.practical_tasks import DataFile, publish_task
from exams.services.rubric_marking import (
    claim_submission,
    finish_marking,
    release_submission,
    return_submission,
    save_marking,
)
from exams.services.schemes import publish_scheme

__all__ = [
    "DataFile",
    "ExamError",
    "add_file",
    "admit",
    "approve_assessment",
    "claim_submission",
    "close_if_overdue",
    "close_overdue",
    "finish_marking",
    "give_component_mark",
    "grant_extra_time",
    "hand_in_submission",
    "hold_item",
    "mark_item",
    "mark_item_by_points",
    "open_assessment",
    "publish_exam",
    "publish_question",
    "publish_scheme",
    "publish_task",
    "refresh_assessment",
    "release_item",
    "release_submission",
    "remove_file",
    "retire_question",
    "return_assessment",
    "return_submission",
    "save_draft",
    "save_marking",
    "save_responses",
    "save_submission",
    "schedule_sitting",
    "start_attempt",
    "submit_assessment",
    "submit_attempt",
    "withdraw_admission",
]
