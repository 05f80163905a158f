from datetime import timedelta

import factory
from django.utils import timezone

from exams.models import (
    Admission,
    Attempt,
    Exam,
    PaperItem,
    Question,
    QuestionVersion,
    Sitting,
    Topic,
)
from exams.rules.question_types import RULES
from tests.factories.people import UserFactory

# One short, valid body per type: (content, key).
BODIES = {
    "single": ({"options": ["甲", "乙", "丙", "丁"]}, {"right": 1}),
    "multiple": ({"options": ["甲", "乙", "丙", "丁"]}, {"right": [0, 2]}),
    "true_false": ({}, {"right": True}),
    "numeric": ({"unit": "%"}, {"value": "18.75", "tolerance": "0.05"}),
    "fill": ({"blanks": 1}, {"accepted": [["用户", "客户"]]}),
    "ordering": ({"options": ["一", "二", "三"]}, {"order": [0, 1, 2]}),
    "matching": ({"left": ["A", "B"], "right": ["甲", "乙"]}, {"pairs": [1, 0]}),
    "short": ({}, {"points": [{"point": "要点一", "keywords": [], "mark": "8"}]}),
    "case": (
        {},
        {
            "points": [
                {"point": "要点一", "keywords": [], "mark": "6"},
                {"point": "要点二", "keywords": [], "mark": "10"},
            ]
        },
    ),
    "calculated": (
        {
            "parameters": {
                "a": {"least": "100", "most": "900", "step": "100"},
                "b": {"least": "0.5", "most": "5", "step": "0.5"},
            },
            "unit": "元",
        },
        {"formula": "a × b%", "tolerance": "0.01", "rounding": 2},
    ),
    "cloze": (
        {
            "gaps": [
                {"kind": "choice", "weight": "1", "options": ["甲", "乙", "丙"]},
                {"kind": "fill", "weight": "1"},
                {"kind": "numeric", "weight": "2", "unit": "%"},
            ]
        },
        {
            "answers": [
                {"right": 2},
                {"accepted": ["复购率", "回购率"]},
                {"value": "31.25", "tolerance": "0"},
            ]
        },
    ),
}


# What a stem of the type must hold.
STEMS = {"calculated": "售价{a}元，佣金{b}%，佣金多少元？", "cloze": "选[[1]]，写[[2]]，算[[3]]。"}


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    slug = factory.Sequence(lambda n: f"topic-{n}")
    name = factory.Sequence(lambda n: f"主题{n}")
    field = "平台运营"


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Question

    code = factory.Sequence(lambda n: f"Q-{n:04d}")
    topic = factory.SubFactory(TopicFactory)
    type = "single"
    stem = factory.LazyAttributeSequence(lambda q, n: STEMS.get(q.type, f"第{n}题？"))
    content = factory.LazyAttribute(lambda q: BODIES[q.type][0])
    key = factory.LazyAttribute(lambda q: BODIES[q.type][1])
    mark = 2


class QuestionVersionFactory(factory.django.DjangoModelFactory):
    """A published question: the question behind it points at this version."""

    class Meta:
        model = QuestionVersion
        skip_postgeneration_save = True

    class Params:
        topic = factory.SubFactory(TopicFactory)

    type = "single"
    question = factory.SubFactory(
        QuestionFactory,
        type=factory.SelfAttribute("..type"),
        topic=factory.SelfAttribute("..topic"),
    )
    number = 1
    stem = factory.LazyAttribute(lambda v: v.question.stem)
    content = factory.LazyAttribute(lambda v: v.question.content)
    key = factory.LazyAttribute(lambda v: v.question.key)
    mark = factory.LazyAttribute(lambda v: v.question.mark)
    explanation = ""
    digest = "0" * 64
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def publish(self, create, extracted, **kwargs):
        Question.objects.filter(pk=self.question_id).update(state="published", live_version=self)


class ExamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exam

    code = factory.Sequence(lambda n: f"EX-{n:03d}")
    title = "理论考试"
    duration_minutes = 90
    blueprint = factory.LazyFunction(lambda: [{"type": "single", "count": 2, "mark": "2"}])


class SittingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Sitting

    exam = factory.SubFactory(ExamFactory)
    title = factory.Sequence(lambda n: f"理论考试 第{n}场")
    opens_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    closes_at = factory.LazyAttribute(lambda s: s.opens_at + timedelta(hours=6))


class AdmissionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Admission

    sitting = factory.SubFactory(SittingFactory)
    person = factory.SubFactory(UserFactory, roles=["trainee"])
    ticket_number = factory.Sequence(lambda n: f"26{n:08d}")
    granted_at = factory.LazyAttribute(lambda a: a.sitting.opens_at)


class AttemptFactory(factory.django.DjangoModelFactory):
    """An open attempt; `types=[…]` gives it a paper with one item of each type."""

    class Meta:
        model = Attempt
        skip_postgeneration_save = True

    admission = factory.SubFactory(AdmissionFactory)
    sitting = factory.LazyAttribute(lambda a: a.admission.sitting)
    candidate = factory.LazyAttribute(lambda a: a.admission.person)
    seed = "seed"
    started_at = factory.LazyFunction(timezone.now)
    deadline = factory.LazyAttribute(lambda a: a.started_at + timedelta(minutes=90))

    @factory.post_generation
    def types(self, create, extracted, **kwargs):
        for position, type in enumerate(extracted or [], 1):
            version = QuestionVersionFactory(type=type)
            PaperItem.objects.create(
                attempt=self,
                position=position,
                version=version,
                max_mark=version.mark,
                option_order=list(range(RULES[type].shuffled(version.content))),
            )
