"""What a person hands in and answers inside a lesson. Append-only, with the question as asked.

`lesson_version` names what the person had before the eyes; it is empty only on rows from
before versions were kept. So does `question_version` on checks that were written into the lesson.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.choices import HandInKind


class HandIn(models.Model):
    """The text of a drill or a case; a later one stands beside the earlier."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lesson_hand_ins"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="hand_ins"
    )
    lesson_version = models.ForeignKey(
        "courses.LessonVersion",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lesson version"),
        null=True,
    )
    kind = models.CharField(_("kind"), max_length=8, choices=HandInKind)
    block_id = models.UUIDField(_("part of the lesson"))
    number = models.PositiveSmallIntegerField(_("number"))
    asked = models.JSONField(_("as asked"), default=dict)
    text = models.TextField(_("what was written"))
    handed_in_at = models.DateTimeField(_("handed in at"))

    class Meta:
        verbose_name = _("hand-in")
        verbose_name_plural = _("hand-ins")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson", "kind", "number"], name="handin_numbers_run_once"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1) & ~models.Q(text=""), name="handin_has_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id} {self.kind} {self.number}"


class CheckAnswer(models.Model):
    """The one answer a person gives to a check; feedback follows it, marks do not."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="check_answers"
    )
    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="check_answers"
    )
    lesson_version = models.ForeignKey(
        "courses.LessonVersion",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lesson version"),
        null=True,
    )
    question_version = models.ForeignKey(
        "exams.QuestionVersion",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("version in the bank"),
        null=True,
    )
    block_id = models.UUIDField(_("part of the lesson"))
    asked = models.JSONField(_("as asked"), default=dict)
    choice = models.PositiveSmallIntegerField(_("option chosen, from 0"))
    correct = models.BooleanField(_("correct"))
    answered_at = models.DateTimeField(_("answered at"))

    class Meta:
        verbose_name = _("check answer")
        verbose_name_plural = _("check answers")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson", "block_id"], name="checkanswer_one_a_person_and_check"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.block_id} {self.choice}"

    @property
    def chosen(self) -> str:
        """The option chosen, in the words of then."""
        options = self.asked.get("options", [])
        if self.choice >= len(options):
            return ""
        option = options[self.choice]
        return str(option["value"] if isinstance(option, dict) else option)
