import datetime
import io
import zipfile
from fractions import Fraction
from zoneinfo import ZoneInfo

import factory

from exams.models import (
    Assessment,
    AssessmentScheme,
    PracticalTask,
    PracticalTaskVersion,
    Submission,
    TaskAssignment,
)
from exams.services.schemes import DEFAULT
from tests.factories.people import UserFactory

AT = datetime.datetime(2026, 3, 13, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
LEVELS = ("优秀", "良好", "合格", "待改进")


def criterion(title, points):
    return {
        "dimension": "平台运营",
        "criterion": title,
        "max_points": points[0],
        "levels": [
            {"level": name, "points": value, "descriptor": f"{title}{name}"}
            for name, value in zip(LEVELS, points, strict=True)
        ],
    }


RUBRIC = [criterion("结构", (60, 48, 36, 12)), criterion("数据", (40, 32, 24, 8))]


def choices(*levels, comment="写清楚口径"):
    """Choices for RUBRIC by level index, with a comment on each."""
    from exams.rules.rubric import Choice

    return {f"c{i}": Choice(level, comment) for i, level in enumerate(levels, 1)}


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticalTask

    code = factory.Sequence(lambda n: f"PT-{n:03d}")
    title = "上架体检"


class TaskVersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PracticalTaskVersion

    task = factory.SubFactory(TaskFactory)
    number = 1
    title = "上架体检"
    level = "助理"
    duration_minutes = 120
    scenario = "店铺后天开业。"
    deliverables = ["问题清单", "定价表"]
    rubric = RUBRIC
    model_answer = ["参考要点-不得外传"]
    digest = "0" * 64
    published_at = AT


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TaskAssignment
        skip_postgeneration_save = True

    person = factory.SubFactory(UserFactory, roles=["trainee"])
    task_version = factory.SubFactory(TaskVersionFactory)
    context = factory.Sequence(lambda n: f"practice.place:{n}")
    title = "第四季度集训班"
    due_at = AT + datetime.timedelta(days=1)
    assigned_at = AT

    @factory.post_generation
    def excluded(self, create, extracted, **kwargs):
        self.excluded_markers.add(*(extracted or []))


class SubmissionFactory(factory.django.DjangoModelFactory):
    """Handed in; `SubmissionFactory(state="draft", handed_in_at=None)` is a draft."""

    class Meta:
        model = Submission

    assignment = factory.SubFactory(AssignmentFactory)
    code = factory.Sequence(lambda n: f"P-{n:05d}")
    state = "handed_in"
    text = "断点在手机端支付页。"
    started_at = AT
    saved_at = AT
    handed_in_at = AT


class SchemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AssessmentScheme

    code = factory.Sequence(lambda n: f"SCHEME{n}")
    title = "40/40/20"
    weights = DEFAULT["weights"]
    floors = DEFAULT["floors"]
    practical_split = DEFAULT["practical_split"]
    process_items = DEFAULT["process_items"]
    published_at = AT


class AssessmentFactory(factory.django.DjangoModelFactory):
    """Open, with nothing known."""

    class Meta:
        model = Assessment

    person = factory.SubFactory(UserFactory, roles=["trainee"])
    context = factory.Sequence(lambda n: f"somewhere.place:{n}")
    title = "第四季度集训班"
    scheme = factory.SubFactory(SchemeFactory)
    scheme_snapshot = factory.LazyAttribute(lambda row: row.scheme.data)
    opened_at = AT


def give_mark(assessment, at, **kwargs):
    """A trainer's mark for one item of the process, by the service."""
    from exams.services import give_component_mark

    args = {
        "assessment": assessment, "component": "process", "item": "case", "points": Fraction(80),
        "evidence": "training.processevidence:7", "by": UserFactory(roles=["trainer"]), "at": at,
    }  # fmt: skip
    return give_component_mark(**{**args, **kwargs})


def ready_assessment(*, theory=86, tasks=(78,), showcase=78, process=90, person=None):
    """An assessment with every part known, computed by the services."""
    from exams.models import Attempt
    from exams.services import give_component_mark, refresh_assessment
    from tests.factories.exams import AttemptFactory

    assessment = AssessmentFactory(**({"person": person} if person else {}))
    attempt = AttemptFactory(admission__person=assessment.person)
    value = Fraction(theory)
    Attempt.objects.filter(pk=attempt.pk).update(
        state="marked", submitted_at=AT, marked_at=AT, theory_score=float(value),
        theory_numerator=value.numerator, theory_denominator=value.denominator,
    )  # fmt: skip
    assessment.sitting = attempt.sitting
    assessment.save()
    for score in tasks:
        exact = Fraction(score)
        SubmissionFactory(
            assignment__person=assessment.person, assignment__context=assessment.context,
            state="marked", marked_at=AT,
            score_numerator=exact.numerator, score_denominator=exact.denominator,
        )  # fmt: skip
    trainer = UserFactory(roles=["trainer"])
    evidence = "training.processevidence:1"
    given = {"assessment": assessment, "by": trainer, "at": AT, "evidence": evidence}
    give_component_mark(component="showcase", points=Fraction(showcase), **given)
    for item in DEFAULT["process_items"]:
        give_component_mark(component="process", item=item, points=Fraction(process), **given)
    return refresh_assessment(assessment_id=assessment.pk, at=AT)


def office_file(*names):
    """A small zip with these entries: ("xl/workbook.xml",) makes what counts as a workbook."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return buffer.getvalue()
