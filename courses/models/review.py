"""Two people for every lesson: the task of its workflow, and the record of later reviews."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from courses.choices import ReviewOutcome


def wrote_draft(user: Any, page: Any) -> bool:
    """Whether the person saved any version of the page since it was last published."""
    drafts = page.revisions.filter(user_id=user.pk)
    if page.live_revision_id:
        drafts = drafts.filter(pk__gt=page.live_revision_id)
    return bool(drafts.exists())


class PeerReviewTask(AbstractGroupApprovalTask):
    """Approval by a member of the groups who wrote nothing of what is approved."""

    class Meta:
        verbose_name = _("review by somebody else")
        verbose_name_plural = _("reviews by somebody else")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Whoever wrote the draft may send it back, and is not offered to approve it."""
        offered: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        own = bool(offered) and wrote_draft(user, obj)
        return [each for each in offered if not (own and each[0] == "approve")]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Raises PermissionDenied when the writer approves, by whatever door."""
        page = task_state.workflow_state.content_object.specific
        if action_name == "approve" and wrote_draft(user, page):
            raise PermissionDenied(_("Whoever wrote a draft does not approve it."))
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the groups approve what they did not write themselves")


class ReviewChangedError(RuntimeError):
    """Somebody tried to change or delete a recorded review."""


class LessonReviewQuerySet(models.QuerySet["LessonReview"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise ReviewChangedError("a recorded review is never changed")

    def delete(self) -> NoReturn:
        raise ReviewChangedError("a recorded review is never deleted")


class LessonReview(models.Model):
    """One person's note on going through a published lesson again. Append-only."""

    lesson = models.ForeignKey(
        "courses.LessonPage", on_delete=models.PROTECT, related_name="reviews"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="lesson_reviews"
    )
    at = models.DateTimeField(_("reviewed at"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=ReviewOutcome)
    note = models.TextField(_("what was looked at"), max_length=2000)
    changed = models.TextField(_("what was changed"), max_length=2000, blank=True)
    next_on = models.DateField(_("next review"))

    objects = LessonReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson review")
        verbose_name_plural = _("lesson reviews")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(note=""), name="lessonreview_has_a_note"),
            models.CheckConstraint(
                condition=Q(outcome=ReviewOutcome.CURRENT) | ~Q(changed=""),
                name="lessonreview_says_what_changes",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """New rows only."""
        if not self._state.adding:
            raise ReviewChangedError("a recorded review is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ReviewChangedError("a recorded review is never deleted")
