"""The bank: questions are drafts, versions are what was published and never change."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import PreviewableMixin

from exams.choices import QuestionPool, QuestionState, QuestionType
from exams.models.frozen import FrozenRow
from exams.models.topic import Topic


class QuestionQuerySet(models.QuerySet["Question"]):
    """Reads of the bank."""

    def drawable(self) -> "QuestionQuerySet":
        """Published questions of the exam pool, which a paper may take."""
        return self._published(QuestionPool.EXAM)

    def practised(self) -> "QuestionQuerySet":
        """Published questions of the practice pool, which a lesson may take."""
        return self._published(QuestionPool.PRACTICE)

    def worded_practice(self) -> "QuestionQuerySet":
        """All of the practice pool that was ever published, also retired, with its wording.

        What a lesson knows of the bank it reads through here or through `practised`: whatever
        number somebody posts, a question of the exam pool is not found.
        """
        found = self.filter(pool=QuestionPool.PRACTICE, live_version__isnull=False)
        return found.select_related("live_version")

    def _published(self, pool: str) -> "QuestionQuerySet":
        return self.filter(pool=pool, state=QuestionState.PUBLISHED, live_version__isnull=False)


class QuestionBody(models.Model):
    """What a question says; shared by the draft and the frozen version."""

    type = models.CharField(_("type"), max_length=12, choices=QuestionType)
    stem = models.TextField(_("stem"))
    content = models.JSONField(_("content"), default=dict, blank=True)
    key = models.JSONField(_("key"), default=dict, blank=True)
    mark = models.DecimalField(_("mark"), max_digits=6, decimal_places=2)
    explanation = models.TextField(_("explanation"), blank=True)

    class Meta:
        abstract = True


class Question(PreviewableMixin, QuestionBody):
    """One question of the bank, in its working state."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    topic = models.ForeignKey(Topic, models.PROTECT, verbose_name=_("topic"))
    difficulty = models.PositiveSmallIntegerField(_("difficulty"), default=1)
    competency = models.CharField(_("competency"), max_length=120, blank=True)
    pool = models.CharField(
        _("pool"), max_length=8, choices=QuestionPool, default=QuestionPool.EXAM,
        help_text=_(
            "Exam papers draw from the exam pool only. A question stays in its pool once it has "
            "been published."
        ),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=10, choices=QuestionState, default=QuestionState.DRAFT
    )
    live_version = models.ForeignKey(
        "exams.QuestionVersion",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("published version"),
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["code"]
        indexes = [models.Index(fields=["state", "type"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(difficulty__gte=1, difficulty__lte=3),
                name="question_difficulty_is_1_to_3",
            ),
            models.CheckConstraint(condition=Q(mark__gt=0), name="question_mark_is_positive"),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.PUBLISHED) | Q(live_version__isnull=False),
                name="question_published_has_version",
            ),
            models.CheckConstraint(
                condition=Q(pool__in=QuestionPool.values), name="question_is_in_a_known_pool"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """The question as a candidate sees it in the exam room."""
        return "exams/question_preview.html"


class QuestionVersion(FrozenRow, QuestionBody):
    """One frozen wording with its key. Papers point here, so a later edit changes no old paper."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    digest = models.CharField(max_length=64, editable=False)
    published_at = models.DateTimeField(_("published at"))

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="version_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} v{self.number}"
