"""Practical work and results: who may open what."""

from django.core.files.base import ContentFile
from django.utils import timezone

from exams.models import SubmissionFile, TaskFile
from exams.services import submit_assessment
from tests.access import Row
from tests.factories.exams_practical import (
    AssignmentFactory,
    SubmissionFactory,
    ready_assessment,
)

MARKERS = {"grader", "other_trainer"}
OFFICE = {"officer", "approver", "auditor"}
TRAINEES = {"trainee", "other_trainee"}


def build(world):
    person, trainer = world.people["trainee"], world.people["trainer"]
    at = timezone.now()
    world.draft = SubmissionFactory(
        assignment__person=person, assignment__excluded=[trainer], state="draft", handed_in_at=None
    )
    world.handed_in = SubmissionFactory(
        assignment=AssignmentFactory(person=person, excluded=[trainer])
    )
    world.data_file = data_file(world.draft, "data.csv", "trainee")
    world.marker_file = data_file(world.handed_in, "notes.csv", "grader")
    world.own_file = SubmissionFile(
        submission=world.handed_in, name="a.csv", kind="csv", sha256="0" * 64, size=3,
        uploaded_at=at,
    )  # fmt: skip
    world.own_file.file.save("a.csv", ContentFile(b"a,b"))
    world.ready = ready_assessment(person=person)
    world.submitted = ready_assessment(person=person)
    submit_assessment(assessment_id=world.submitted.pk, by=world.people["officer"], at=at)


def data_file(submission, name, audience):
    row = TaskFile(
        version=submission.assignment.task_version, name=name, sha256="0" * 64, size=3,
        audience=audience,
    )  # fmt: skip
    row.file.save(name, ContentFile(b"a,b"), save=False)
    row.save()
    return row


def draft_task(world):
    return {"pk": world.draft.assignment_id}


def handed_in(world):
    return {"pk": world.handed_in.pk}


def submitted(world):
    return {"pk": world.submitted.pk}


ROWS = [
    Row("exams:task_list", ok=TRAINEES),
    Row("exams:task_detail", ok={"trainee"}, kwargs=draft_task),
    Row("exams:task_save", ok={"trainee"}, kwargs=draft_task, method="post", status=302),
    Row("exams:task_confirm", ok={"trainee"}, kwargs=draft_task),
    Row("exams:task_confirm", ok={"trainee"}, kwargs=draft_task, method="post", status=302),
    Row("exams:task_file", ok={"trainee"}, kwargs=lambda w: {"pk": w.data_file.pk}),
    Row("exams:task_file", ok=set(), kwargs=lambda w: {"pk": w.marker_file.pk}),
    Row("exams:upload_file", ok={"trainee"}, kwargs=lambda w: {"pk": w.own_file.pk}),
    Row("exams:practical_queue", ok=MARKERS | {"trainer"}),
    Row("exams:practical_next", ok=MARKERS | {"trainer"}, method="post", status=302),
    Row("exams:practical_grade", ok=MARKERS, kwargs=handed_in),
    Row("exams:practical_grade", ok=MARKERS, kwargs=handed_in, method="post", status=302,
        data=lambda w: {"action": "draft", "revision": "0"}),
    Row("exams:practical_claim", ok=MARKERS, kwargs=handed_in, method="post", status=302),
    Row("exams:practical_release", ok=MARKERS, kwargs=handed_in, method="post", status=302),
    Row("exams:practical_return", ok=MARKERS, kwargs=handed_in, method="post", status=302,
        data=lambda w: {"reason": "缺表"}),
    Row("exams:practical_file", ok=MARKERS, kwargs=lambda w: {"pk": w.own_file.pk}),
    Row("exams:practical_task_file", ok=MARKERS, kwargs=lambda w: {"pk": w.marker_file.pk}),
    Row("exams:result_list", ok=OFFICE),
    Row("exams:result_detail", ok=OFFICE, kwargs=submitted),
    Row("exams:result_submit", ok={"officer"}, method="post", status=302,
        kwargs=lambda w: {"pk": w.ready.pk}),
    Row("exams:result_approve", ok={"approver"}, kwargs=submitted, method="post", status=302),
    Row("exams:result_return", ok={"approver"}, kwargs=submitted, method="post", status=302,
        data=lambda w: {"reason": "缺证据"}),
    Row("exams:result_bulk", ok={"officer", "approver"}, method="post", status=302),
    Row("exams:own_result_list", ok=TRAINEES),
    Row("exams:own_result_detail", ok={"trainee"}, kwargs=submitted),
]  # fmt: skip
