"""Every own screen of the demo: who opens it, and at which address.

`SCREENS` is what the looks test walks through; `tests/test_access.py` compares it with the role
matrix, so that a new screen cannot be forgotten. `places` runs inside the installation, after
`prepare` has made the states that the demo itself does not stand in.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

STAFF = {
    "hr": "HR001", "trainer": "TR001", "grader": "GR001", "finance": "FI001", "officer": "OF001",
    "approver": "AP001", "auditor": "AD001", "administrator": "SY001", "editor": "ED001",
    "author": "AU001", "reviewer": "RV001",
}  # fmt: skip
# Named by the role matrix and still not screens.
NOT_SCREENS = {
    "certificates:certificate_file": "a file",
    "courses:hours_export": "a file",
    "exams:server_clock": "JSON",
    "exams:task_file": "a file",
    "exams:upload_file": "a file",
    "exams:practical_file": "a file",
    "exams:practical_task_file": "a file",
    "jobs:job_progress": "a fragment of the job page, which is looked at whole",
    "jobs:job_download": "a file",
    "learning:media_captions": "captions of a video",
    "learning:media_file": "a file",
    "learning:handover_go": "opens after a code has been typed; tests/learning reads it",
    "learning:note_export": "a file",
    "notices:notice_open": "leads on",
    "operations:health_alive": "a probe",
    "operations:health_ready": "a probe",
    "people:roster_template": "a file",
    "people:roster_errors": "a file",
    "portal:front_door": "leads on",
    "reports:pack_download": "a file",
    "reports:pack_content": "a file",
    "subsidies:document_download": "a file",
    "subsidies:dossier_download": "a file",
}


@dataclass(frozen=True)
class Screen:
    """`who` is a key of STAFF, a name that `prepare` gave, or "" for nobody signed in."""

    name: str
    who: str = ""
    kwargs: Callable[[Any], dict[str, Any]] = field(default=lambda made: {})
    query: str = ""


def one(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda made: {"pk": made[name]}


def page(name: str) -> Callable[[Any], dict[str, Any]]:
    return lambda made: {"page_id": made[name]}


# The slip holder and the set-up link need a step before; the test takes it.
SCREENS = [
    Screen("account_login"),
    Screen("people:slip_enter"),
    Screen("certificates:verify_form"),
    Screen("certificates:verify_code", "", lambda made: {"code": made["valid_code"]}),
    Screen("certificates:verify_code", "", lambda made: {"code": made["revoked_code"]}),
    Screen("certificates:verify_code", "", lambda made: {"code": "0" * 25 + "A"}),
    # trainees
    Screen("portal:learner_home", "studying"),
    Screen("portal:learner_home", "graduate"),
    Screen("learning:lesson_search", "studying", query="?q=ROI"),
    Screen("learning:lesson_search", "studying", query="?q=zzz"),
    Screen("learning:catalogue_list", "studying"),
    Screen("learning:catalogue_list", "studying", query="?field=data&q=zzz"),
    Screen("learning:catalogue_list", "hr"),
    Screen("learning:course_detail", "studying", lambda made: {"slug": made["course"]}),
    Screen("learning:lesson_detail", "studying", one("lesson")),
    Screen("learning:lesson_detail", "studying", one("rich_lesson")),
    Screen("learning:course_end", "studying", lambda made: {"slug": made["course"]}),
    Screen("learning:lesson_notes", "studying", one("rich_lesson")),
    Screen("learning:handover_show", "studying", one("lesson")),
    Screen("learning:handover_enter"),
    Screen("learning:note_list", "studying"),
    Screen("learning:bookmark_list", "studying"),
    Screen("exams:exam_list", "studying"),
    Screen("exams:exam_lobby", "entering", one("lobby")),
    Screen("exams:exam_room", "sitting", one("room")),
    Screen("exams:attempt_result", "graduate", one("result")),
    Screen("exams:attempt_result", "failed", one("failed_result")),
    Screen("exams:task_list", "studying"),
    Screen("exams:task_detail", "studying", one("task")),
    Screen("exams:task_confirm", "studying", one("task")),
    Screen("exams:own_result_list", "graduate"),
    Screen("exams:own_result_detail", "graduate", one("passed")),
    Screen("exams:own_result_detail", "failed", one("not_passed")),
    Screen("reports:own_pack_list", "studying"),
    Screen("reports:own_pack", "studying", lambda made: {"enrolment_pk": made["place"]}),
    Screen("training:own_class_detail", "studying", one("class")),
    Screen("certificates:certificate_wall", "graduate"),
    Screen("certificates:certificate_wall", "studying"),
    Screen("subsidies:own_claim_list", "graduate"),
    Screen("subsidies:claim_detail", "graduate", one("claim")),
    Screen("evaluations:survey_list", "graduate"),
    Screen("evaluations:survey_give", "studying", lambda made: {"enrolment_id": made["place"]}),
    Screen("evaluations:follow_up_answer", "graduate", one("follow_up")),
    Screen("notices:notice_list", "graduate"),
    Screen("portal:own_profile", "graduate"),
    Screen("people:own_account", "graduate"),
    Screen("account_change_password", "graduate"),
    Screen("account_logout", "graduate"),
    Screen("mfa_index", "trainer"),
    Screen("mfa_activate_totp", "trainer"),
    # trainers and graders
    Screen("portal:teaching_home", "trainer"),
    Screen("training:teaching_class_list", "trainer"),
    Screen("training:teaching_class_detail", "trainer", one("class")),
    Screen(
        "training:session_sheet",
        "trainer",
        lambda made: {"pk": made["class"], "session_pk": made["session"]},
    ),
    Screen(
        "training:trainee_detail",
        "trainer",
        lambda made: {"pk": made["class"], "enrolment_pk": made["place"]},
    ),
    Screen("training:late_entry_list", "trainer", one("class")),
    Screen("training:own_hours", "studying"),
    Screen("training:anomaly_list", "trainer"),
    Screen("training:anomaly_detail", "hr", one("finding")),
    Screen("training:person_hours", "trainer", one("hours")),
    Screen(
        "training:lesson_sessions",
        "studying",
        lambda made: {"pk": made["hours"], "lesson_pk": made["hours_lesson"]},
    ),
    Screen(
        "training:session_events",
        "hr",
        lambda made: {"pk": made["hours"], "session_pk": made["hours_session"]},
    ),
    Screen("exams:marking_queue", "grader"),
    Screen("exams:item_mark", "grader", one("item")),
    Screen("exams:practical_queue", "grader"),
    Screen("exams:practical_queue", "grader", query="?state=all"),
    Screen("exams:practical_grade", "grader", one("handed_in")),
    # HR and finance
    Screen("portal:hr_home", "hr"),
    Screen("reports:dashboard_view", "hr"),
    Screen("reports:kpi_rows", "hr", lambda made: {"kpi": "coverage", "side": "gap"}),
    Screen("reports:report_list", "hr"),
    Screen("reports:class_pack", "hr", one("class")),
    Screen(
        "reports:person_pack",
        "hr",
        lambda made: {"pk": made["class"], "enrolment_pk": made["place"]},
    ),
    Screen("people:person_list", "hr"),
    Screen("people:person_detail", "hr", one("person")),
    Screen("people:person_edit", "hr", one("person")),
    Screen("people:slip_print", "hr"),
    Screen("people:organisation_list", "hr"),
    Screen("people:unit_new", "hr"),
    Screen("people:unit_edit", "hr", one("unit")),
    Screen("people:working_hours_edit", "hr", one("unit")),
    Screen("people:post_new", "hr"),
    Screen("people:post_edit", "hr", one("post")),
    Screen("people:roster_import", "hr"),
    Screen("people:roster_detail", "hr", one("roster")),
    Screen("training:class_list", "hr"),
    Screen("training:class_create", "hr"),
    Screen("training:class_detail", "hr", one("class")),
    Screen("training:class_move", "hr", one("class")),
    Screen("training:class_enrol", "hr", one("class")),
    Screen("training:admission_list", "hr", one("class")),
    Screen("training:programme_list", "hr"),
    Screen("training:programme_create", "hr"),
    Screen("training:programme_edit", "hr", one("programme")),
    Screen("jobs:job_list", "hr"),
    Screen("jobs:job_detail", "hr", one("job")),
    Screen("jobs:job_detail", "hr", one("failed_job")),
    Screen("subsidies:claim_list", "hr"),
    Screen("subsidies:claim_detail", "approver", one("claim")),
    Screen("subsidies:batch_detail", "hr", one("batch")),
    Screen("subsidies:finance_overview", "finance"),
    Screen("subsidies:receivable_detail", "finance", one("fee")),
    # the exam office, audit, administration
    Screen("exams:result_list", "officer"),
    Screen("exams:result_detail", "officer", one("ready")),
    Screen("exams:result_detail", "approver", one("submitted")),
    Screen("certificates:office_list", "officer"),
    Screen("certificates:office_detail", "approver", lambda made: {"uid": made["valid_uid"]}),
    Screen("certificates:scheme_list", "officer"),
    Screen("certificates:scheme_edit", "officer", one("programme")),
    Screen("courses:hours_list", "editor"),
    Screen("courses:review_list", "reviewer"),
    Screen("courses:review_list", "auditor", query="?state=all"),
    Screen("courses:review_detail", "reviewer", one("lesson")),
    Screen("courses:flag_list", "author"),
    Screen("courses:flag_detail", "author", one("flagged")),
    Screen("courses:version_overview", "editor"),
    Screen("courses:version_list", "hr", one("versioned")),
    Screen("courses:version_compare", "editor", one("versioned")),
    Screen("audit:audit_list", "auditor"),
    Screen("people:role_list", "administrator"),
    Screen("people:staff_new", "administrator"),
    # previews of a lesson in the Wagtail admin
    Screen("wagtailadmin_pages:view_draft", "editor", page("rich_lesson"), "?mode=learner"),
    Screen("wagtailadmin_pages:view_draft", "editor", page("rich_lesson"), "?mode=phone"),
    Screen("wagtailadmin_pages:view_draft", "editor", page("rich_lesson"), "?mode=print"),
]
WITH_A_STEP_BEFORE = {"people:password_set", "people:setup"}


def numbers(made: dict[str, Any]) -> dict[str, str]:
    """The account number behind every `who`."""
    return {**STAFF, **made["people"]}


def block_previews() -> list[str]:
    """Where the editor shows what a kind of part looks like, one address a kind."""
    from django.urls import reverse

    from courses.models import LessonPage
    from courses.rules.versions import STREAMS

    streams = [LessonPage._meta.get_field(name).stream_block for name in STREAMS]
    ids = {
        block.definition_prefix
        for stream in streams
        for block in stream.child_blocks.values()
        if block.is_previewable
    }
    return [f"{reverse('wagtailadmin_block_preview')}?id={each}" for each in sorted(ids)]


def places() -> dict[str, Any]:
    """Prepare, and say for every screen who opens it where; runs inside the installation."""
    from django.urls import reverse

    from tests.journeys.states import prepare

    made = prepare()
    who = numbers(made)
    screens = [
        [
            each.name,
            who.get(each.who, ""),
            reverse(each.name, kwargs=each.kwargs(made)) + each.query,
        ]
        for each in SCREENS
    ]
    screens += [["wagtailadmin_block_preview", who["editor"], each] for each in block_previews()]
    return {"screens": screens, "slip": made["slip"], "setup": made["setup"]}
