from fractions import Fraction

import pytest

from exams.models import (
    Assessment,
    AssessmentScheme,
    ComponentMark,
    FrozenRowError,
    TaskAssignment,
)
from exams.services import (
    finish_marking,
    open_assessment,
    publish_scheme,
)
from exams.services.schemes import DEFAULT
from exams.signals import attempt_marked
from tests.factories.exams import SittingFactory
from tests.factories.exams_practical import (
    AssessmentFactory,
    SchemeFactory,
    SubmissionFactory,
    TaskVersionFactory,
    choices,
    give_mark,
    ready_assessment,
)
from tests.factories.people import UserFactory
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def opened(at, **kwargs):
    args = {
        "person": UserFactory(roles=["trainee"]), "context": "somewhere.place:1",
        "title": "第四季度集训班", "scheme": SchemeFactory(), "sitting": SittingFactory(),
        "task_versions": [TaskVersionFactory()], "by": UserFactory(roles=["hr"]), "at": at,
    }  # fmt: skip
    return open_assessment(**{**args, **kwargs})


def test_opening_gives_the_tasks_and_freezes_the_scheme(at):
    trainer = UserFactory(roles=["trainer"])
    assessment = opened(at, excluded_markers=[trainer], due_at=at)

    task = TaskAssignment.objects.get()
    assert (task.person, task.context) == (assessment.person, assessment.context)
    assert (task.markers, task.due_at, list(task.excluded_markers.all())) == (1, at, [trainer])
    assert assessment.scheme_snapshot["weights"] == {"theory": 40, "practical": 40, "process": 20}
    assert assessment.state == "open"


def test_opening_twice_changes_nothing(at):
    first = opened(at)

    again = opened(at, person=first.person, title="别的", task_versions=[TaskVersionFactory()])

    assert (again.pk, again.title) == (first.pk, "第四季度集训班")
    assert TaskAssignment.objects.count() == 1


def test_trainers_are_kept_out_only_where_the_scheme_separates(at):
    scheme = SchemeFactory(separate_trainers=False, markers=2)

    opened(at, scheme=scheme, excluded_markers=[UserFactory()])

    task = TaskAssignment.objects.get()
    assert (task.excluded_markers.count(), task.markers) == (0, 2)


def test_a_draft_scheme_is_not_used(at):
    refused("scheme", opened, at=at, scheme=SchemeFactory(published_at=None))


def test_all_parts_make_83_60_and_ready(at):
    assessment = ready_assessment(theory=86, tasks=(78,), showcase=78, process=90)

    assert (assessment.total, assessment.passed, assessment.state) == (
        Fraction("83.6"), True, "ready",
    )  # fmt: skip
    assert str(assessment.total_score) == "83.600000"
    assert assessment.inputs["theory"]["value"] == "86"
    assert assessment.inputs["process"]["case"]["evidence"] == "training.processevidence:1"
    assert len(assessment.inputs_digest) == 64


def test_59_995_is_stored_exactly_and_fails(at):
    assessment = ready_assessment(theory=60, tasks=(60,), showcase=60, process=Fraction("59.975"))

    assert (assessment.total, assessment.passed) == (Fraction("59.995"), False)
    assert assessment.theory == assessment.practical == 60
    assert assessment.process == Fraction("59.975")


def test_without_a_sitting_theory_is_not_yet(at):
    assessment = opened(at, sitting=None)

    assert assessment.inputs["theory"] == {"value": None, "sitting": None, "attempt": None}
    assert assessment.explanation[-1]["reasons"][0] == "not_yet:theory"


def test_a_rubric_refreshes_the_assessment_it_counts_for(at, grader):
    assessment = opened(at)
    other = opened(at, person=assessment.person, context="somewhere.place:2")
    give_mark(assessment, at, component="showcase", item="showcase", points=Fraction(100))
    submission = SubmissionFactory(assignment=TaskAssignment.objects.order_by("pk").first())

    finish_marking(
        submission_id=submission.pk, by=grader, levels=choices(1, 1), comment="", revision=0, at=at
    )

    assessment.refresh_from_db()
    other.refresh_from_db()
    assert (assessment.practical, other.practical) == (84, None)
    assert assessment.inputs["tasks"][0]["markings"] == [submission.markings.get().pk]


def test_a_marked_paper_refreshes_the_assessment(at):
    assessment = ready_assessment()
    Assessment.objects.filter(pk=assessment.pk).update(
        theory_numerator=None, theory_denominator=None, theory_score=None
    )

    attempt_marked.send(sender=None, attempt=assessment.sitting.attempts.get(), at=at)

    assessment.refresh_from_db()
    assert assessment.theory == 86


def test_component_marks_are_superseded_and_never_overwritten(at):
    assessment = AssessmentFactory()
    trainer = UserFactory(roles=["trainer"])
    first = give_mark(assessment, at, by=trainer)

    same = give_mark(assessment, at, by=trainer)
    second = give_mark(assessment, at, points=Fraction(45), max_points=50, by=trainer)

    first.refresh_from_db()
    assert same.pk == first.pk
    assert (first.superseded_at, first.points, second.points) == (at, 80, 90)
    assert ComponentMark.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"item": "party"}, "item"),
        ({"component": "theory"}, "item"),
        ({"points": Fraction(101)}, "points"),
        ({"points": Fraction(-1)}, "points"),
        ({"max_points": 0}, "points"),
        ({"evidence": ""}, "evidence"),
        ({"evidence": "kind:"}, "evidence"),
    ],
)
def test_marks_that_cannot_stand_are_refused(at, wrong, code):
    refused(code, give_mark, assessment=AssessmentFactory(), at=at, **wrong)


def test_nobody_gives_themselves_a_mark(at):
    assessment = AssessmentFactory()

    refused("own", give_mark, assessment=assessment, at=at, by=assessment.person)


def test_a_published_scheme_is_frozen(at):
    scheme = publish_scheme(code="STD", title="标准", data=DEFAULT, at=at)

    scheme.title = "改"
    with pytest.raises(FrozenRowError):
        scheme.save()
    with pytest.raises(FrozenRowError):
        scheme.delete()
    SchemeFactory(published_at=None).delete()
    assert AssessmentScheme.objects.count() == 1


def test_publishing_the_same_scheme_again_changes_nothing_and_another_is_version_2(at):
    first = publish_scheme(code="STD", title="标准", data=DEFAULT, at=at)

    same = publish_scheme(code="STD", title="标准", data=DEFAULT, at=at)
    second = publish_scheme(code="STD", title="标准", data={**DEFAULT, "markers": 2}, at=at)

    assert (first.version, same.pk, second.version, second.markers) == (1, first.pk, 2, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"markers": 3},
        {"third_marker_over": 101},
        {"weights": {"theory": 50, "practical": 40, "process": 20}},
        {"weights": {"theory": 120, "practical": 0, "process": -20}},
        {"floors": {"theory": 60}},
        {"floors": {"theory": 60, "practical": 60, "total": 600}},
        {"process_items": {"case": "viel"}},
    ],
)
def test_a_scheme_that_does_not_add_up_is_not_published(at, wrong):
    refused(
        "scheme", publish_scheme, code="BAD", title="坏", data={**DEFAULT, **wrong}, at=at
    )  # fmt: skip


def test_visibility(at, officer):
    assessment = AssessmentFactory()

    visible = Assessment.objects.visible_to
    assert list(visible(assessment.person)) == list(visible(officer)) == [assessment]
    assert list(visible(UserFactory(roles=["hr"]))) == []
