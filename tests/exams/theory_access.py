"""Addresses of the theory exam and of marking its written answers."""

from datetime import timedelta

from django.utils import timezone

from exams.models import ItemMark, Response
from tests.access import Row
from tests.factories.exams import AdmissionFactory, AttemptFactory

MARKERS = {"trainer", "other_trainer", "grader"}


def build_theory(world):
    trainee = world.people["trainee"]
    world.admission = AdmissionFactory(person=trainee)
    world.attempt = AttemptFactory(admission__person=trainee, types=["single"])
    handed_in = AttemptFactory(types=["short"])
    Response.objects.create(
        attempt=handed_in, position=1, seq=1, value="答", saved_at=timezone.now()
    )
    handed_in.state = "submitted"
    handed_in.submitted_at = handed_in.started_at + timedelta(minutes=1)
    handed_in.save()
    world.written = handed_in.items.get()
    world.result = AttemptFactory(admission__person=trainee, types=["single"])
    world.result.state, world.result.submitted_at = "submitted", world.result.started_at
    world.result.save()
    assert not ItemMark.objects.exists()


def attempt(world):
    return {"pk": world.attempt.pk}


def written(world):
    return {"pk": world.written.pk}


def one_answer(world):
    return {"items": [{"position": 1, "seq": 1, "value": 0}]}


THEORY_ROWS = [
    Row("exams:exam_list", ok={"trainee", "other_trainee"}),
    Row("exams:server_clock", ok={"trainee", "other_trainee"}),
    Row("exams:exam_lobby", ok={"trainee"}, kwargs=lambda w: {"pk": w.admission.pk}),
    Row(
        "exams:attempt_start",
        ok={"trainee"},
        method="post",
        status=302,
        kwargs=lambda w: {"pk": w.admission.pk},
    ),
    Row("exams:exam_room", ok={"trainee"}, kwargs=attempt),
    Row(
        "exams:responses_save",
        ok={"trainee"},
        method="post",
        kwargs=attempt,
        data=one_answer,
        content_type="application/json",
    ),
    Row("exams:attempt_submit", ok={"trainee"}, method="post", status=302, kwargs=attempt),
    Row("exams:attempt_result", ok={"trainee"}, kwargs=lambda w: {"pk": w.result.pk}),
    Row("exams:marking_queue", ok=MARKERS),
    Row("exams:item_mark", ok=MARKERS, kwargs=written),
    Row("exams:item_release", ok=MARKERS, method="post", status=302, kwargs=written),
]
