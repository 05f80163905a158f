import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from demo.loaders import assessment as loader
from exams.models import (
    AssessmentScheme,
    FrozenRowError,
    PracticalTask,
    PracticalTaskVersion,
    TaskFile,
)
from exams.services import ExamError, publish_task
from exams.services.schemes import DEFAULT
from tests.factories.exams_practical import RUBRIC

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).parents[2] / "demo"


def run(command, *args):
    out = StringIO()
    call_command(command, *args, stdout=out)
    return out.getvalue().strip()


def test_the_demo_loads_eight_tasks_with_their_files_and_once(at):
    scheme = loader.load(at)
    again = loader.load(at)

    assert scheme.pk == again.pk
    assert PracticalTask.objects.count() == PracticalTaskVersion.objects.count() == 8
    trainee = TaskFile.objects.filter(audience="trainee")
    assert trainee.count() == len(list((DEMO / "practical").iterdir())) == 11
    grader = TaskFile.objects.get(audience="grader")
    assert (grader.name, grader.version.task.code) == ("PT07_copy_review_teacher.csv", "PT-07")
    source = DEMO / "practical" / "PT02_funnel_daily.csv"
    assert trainee.get(name=source.name).file.read() == source.read_bytes()


def test_load_tasks_command_and_what_it_refuses(tmp_path):
    assert run("load_tasks", DEMO / "practical_tasks.json") == "8 tasks"
    with pytest.raises(CommandError, match=r"none\.json"):
        run("load_tasks", tmp_path / "none.json")
    broken = tmp_path / "tasks.json"
    broken.write_text(json.dumps({"tasks": [{"id": "PT-09"}]}))
    with pytest.raises(CommandError, match="task 1"):
        run("load_tasks", broken)


def test_load_scheme_command_and_what_it_refuses(tmp_path):
    assert run("load_scheme") == "40/40/20 v1"
    file = tmp_path / "scheme.json"
    file.write_text(json.dumps({"code": "STANDARD", "title": "二评", **DEFAULT, "markers": 2}))
    assert run("load_scheme", file) == "二评 v2"
    file.write_text(json.dumps({"code": "X", "title": "X", **DEFAULT, "floors": {}}))
    with pytest.raises(CommandError, match="floors"):
        run("load_scheme", file)
    assert AssessmentScheme.objects.count() == 2


def content(**changes):
    base = {
        "title": "上架", "level": "", "duration_minutes": 60, "scenario": "x", "deliverables": [],
        "posts": [], "linked_lessons": [], "rubric": RUBRIC, "model_answer": [],
    }  # fmt: skip
    return {**base, **changes}


def test_changed_content_is_a_new_version_and_the_old_one_is_frozen(at):
    first = publish_task(code="PT-X", content=content(), files=[], at=at)
    second = publish_task(code="PT-X", content=content(scenario="y"), files=[], at=at)

    assert (first.number, second.number) == (1, 2)
    assert PracticalTask.objects.get().current == second
    first.scenario = "z"
    for change in (first.save, first.delete, PracticalTaskVersion.objects.all().delete):
        with pytest.raises(FrozenRowError):
            change()
    with pytest.raises(FrozenRowError):
        PracticalTaskVersion.objects.update(scenario="z")


def test_a_task_with_a_rubric_that_cannot_be_marked_is_not_published(at):
    with pytest.raises(ExamError) as refusal:
        publish_task(code="PT-X", content=content(rubric=[]), files=[], at=at)

    assert refusal.value.code == "rubric"
    assert PracticalTask.objects.count() == 0
