"""The quick checks of a course tree file: each becomes a published question for practice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from courses.choices import Level
from exams.choices import QuestionPool, QuestionType
from exams.models import Question, Topic
from exams.services import publish_question, save_draft
from exams.services.bank import Draft, digest_of

DIFFICULTY = {Level.ASSISTANT: 1, Level.OPERATOR: 2, Level.SENIOR: 3}
# What the questions of a field are about, in the words of the bank's competencies.
COMPETENCY = {
    "平台运营": "平台运营/平台结构搭建", "数据分析": "数据分析/数据解读",
    "用户运营": "平台运营/用户分层", "营销策略": "营销推广/活动策划",
    "内容运营": "平台运营/内容管理", "综合拓展": "创新与持续改进/持续改进",
}  # fmt: skip


@dataclass(frozen=True)
class About:
    """The lesson that checks are of: its topic of the bank, its field and its level."""

    slug: str
    title: str
    field: str
    level: str


def practice_code(slug: str, number: int) -> str:
    """The code of a lesson's check, counted from 1; never longer than the bank's codes."""
    return f"LC-{slug[:32]}-{number}"


def pool_checks(*, about: About, checks: Sequence[Mapping[str, Any]], at: datetime) -> list[int]:
    """The questions of these checks in their order, published; what stands there already is
    left alone.
    """
    if not checks:
        return []
    topic = Topic.objects.get_or_create(
        slug=about.slug[:80], defaults={"name": about.title[:120], "field": about.field}
    )[0]
    drafts = [_draft(topic, about, number, check) for number, check in enumerate(checks, 1)]
    codes = [draft.code for draft in drafts]
    stored = {
        question.code: question
        for question in Question.objects.practised()
        .filter(code__in=codes)
        .select_related("live_version")
    }
    return [_question(draft, stored.get(draft.code), at) for draft in drafts]


def _draft(topic: Topic, about: About, number: int, check: Mapping[str, Any]) -> Draft:
    return Draft(
        code=practice_code(about.slug, number),
        topic=topic,
        type=QuestionType.SINGLE.value,
        stem=check["stem"],
        content={"options": list(check["options"])},
        key={"right": check["answer"]},
        mark=Decimal(1),
        explanation=check["explanation"],
        difficulty=DIFFICULTY[Level(about.level)],
        competency=COMPETENCY.get(about.field, ""),
        pool=QuestionPool.PRACTICE.value,
    )


def _question(draft: Draft, stored: Question | None, at: datetime) -> int:
    if (
        stored
        and stored.live_version
        and stored.live_version.digest == digest_of(Question(**vars(draft)))
    ):
        return stored.pk
    question = save_draft(draft=draft, by=None, at=at)
    publish_question(question_id=question.pk, by=None, at=at)
    return question.pk
