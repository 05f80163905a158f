"""Two people for every lesson: the task of its workflow, and the record of later reviews."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Max, Q
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState
from wagtail.utils.timestamps import render_timestamp

from courses.choices import ReviewOutcome
from kit.refusing import Refused

CHANGED = "draft_changed"


def wrote_draft(user: Any, page: Any) -> bool:
    """Whether the person saved any version of the page since one was last approved here.

    What was published without an approval (loaded, copied, by an installation without the
    review) has been read by nobody else, so it counts as draft.
    """
    approved = TaskState.objects.for_instance(page).filter(
        task__in=PeerReviewTask.objects.all(), status=TaskState.STATUS_APPROVED
    )
    last = approved.aggregate(last=Max("revision_id"))["last"] or 0
    return bool(page.revisions.filter(user_id=user.pk, pk__gt=last).exists())


class ReviewLock(WorkflowLock):
    """What waits for its review stays as it was submitted, whoever looks at it."""

    def get_message(self, user: Any) -> str:
        """Says who submitted it, and how to change it all the same."""
        waiting = self.object.current_workflow_state
        words = gettext(
            "Submitted for review by {person} on {at}; it stays as it is until it has been decided."
            " To change it, request changes, or whoever submitted it cancels the workflow."
        )
        by = waiting.requested_by or gettext("the system")
        return format_html(words, person=by, at=render_timestamp(waiting.created_at))

    def get_description(self, user: Any, can_lock: bool = False) -> str:
        return gettext("Nobody changes a page while it waits for its review.")


class PeerReviewTask(AbstractGroupApprovalTask):
    """Approval by a member of the groups who wrote nothing of what is approved."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("review by somebody else")
        verbose_name_plural = _("reviews by somebody else")

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """For everybody: a reviewer who corrects would be a writer who cannot approve."""
        return True

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Wagtail lets whoever locks a page edit it; a reviewer does not."""
        return False

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Whoever wrote the draft may send it back, and is not offered to approve it."""
        offered: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        own = bool(offered) and wrote_draft(user, obj)
        return [each for each in offered if not (own and each[0] == "approve")]

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Decide on exactly the version that was submitted; saving waits meanwhile.

        Raises PermissionDenied when the writer approves, ValidationError when the page cannot be
        published as it is, Refused draft_decided and draft_changed when something else happened
        since the person looked; nothing has been decided then.
        """
        page = task_state.workflow_state.content_object
        latest = Page.objects.select_for_update().get(pk=page.pk).latest_revision
        waiting = TaskState.objects.select_for_update().select_related("workflow_state")
        state = waiting.get(pk=task_state.pk)
        if {state.status, state.workflow_state.status} != {TaskState.STATUS_IN_PROGRESS}:
            raise Refused("draft_decided", _DECIDED % {"title": latest.object_str})
        if action_name == "approve":
            self._check_approval(state, user, page.specific, latest)
        return super().on_action(state, user, action_name, **kwargs)

    @staticmethod
    def _check_approval(state: Any, user: Any, page: Any, latest: Any) -> None:
        if wrote_draft(user, page):
            raise PermissionDenied(_("Whoever wrote a draft does not approve it."))
        if latest.pk != state.revision_id:
            told = {"title": latest.object_str, "person": latest.user or gettext("the system"),
                    "at": render_timestamp(latest.created_at)}  # fmt: skip
            raise Refused(CHANGED, _CHANGED % told)

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the groups approve what they did not write themselves")


_DECIDED = _(
    "“%(title)s” does not wait any more as you saw it: it has been decided, taken back or submitted"
    " anew. Open it again and look."
)
_CHANGED = _(
    "“%(title)s” is no longer what was submitted: %(person)s saved it on %(at)s. Nothing has been"
    " published; it waits anew as it is now. Open it again, look, and decide then."
)


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
