"""The review before publishing, and the one every quarter after it."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, TaskState, Workflow, WorkflowPage, WorkflowTask

from audit.services import record
from courses.choices import ReviewOutcome
from courses.models import CatalogPage, LessonPage, LessonReview, PeerReviewTask
from courses.queries import overdue_reviews
from courses.rules.reviewing import may_be_next
from kit.refusing import Refused
from notices.services import notify
from people.permissions import need_role
from people.queries import people_with_role
from people.roles import EDITOR, REVIEWER

WORKFLOW = "课时双人审核"
# The same words of the same person within this time are one review.
SAME_WORDS = timedelta(minutes=10)


@transaction.atomic
def require_review(*, top: CatalogPage) -> Workflow:
    """Put the review by somebody else over the whole catalogue; twice changes nothing.

    A catalogue that has been given another workflow keeps it.
    """
    placed = WorkflowPage.objects.filter(page=top.pk).select_related("workflow").first()
    if placed is not None:
        return placed.workflow
    task = PeerReviewTask.objects.create(
        name=WORKFLOW, content_type=ContentType.objects.get_for_model(PeerReviewTask)
    )
    task.groups.add(Group.objects.get_or_create(name=REVIEWER)[0])
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task.task_ptr, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=top.page_ptr)
    return workflow


@transaction.atomic
def submit_newest(*, task_state: TaskState, by: Any, at: datetime) -> None:
    """The newest draft of a page waits instead of the one that was submitted, and reviewers are
    told. Done already, or decided meanwhile, it changes nothing. PermissionDenied for others."""
    page = task_state.workflow_state.content_object
    latest = Page.objects.select_for_update().get(pk=page.pk).latest_revision_id
    state = TaskState.objects.select_for_update().get(pk=task_state.pk)
    if not state.task.specific.get_actions(page, by):
        raise PermissionDenied
    if state.status != TaskState.STATUS_IN_PROGRESS or state.revision_id == latest:
        return
    state.cancel(user=by, resume=True)
    record(
        action="courses.draft_submitted_anew", at=at, actor=by, obj=page.specific,
        detail={"instead_of": state.revision_id, "revision": latest},
    )  # fmt: skip


@transaction.atomic
def record_lesson_review(
    *,
    lesson: LessonPage,
    by: Any,
    at: datetime,
    outcome: str,
    note: str,
    changed: str,
    next_on: date,
) -> LessonReview:
    """Note that somebody went through a published lesson; sent twice it is one note.

    Refused: role, note, changed, next_on.
    """
    need_role(by, EDITOR, REVIEWER)
    if not note.strip():
        raise Refused("note", _("Say what was looked at."))
    if outcome != ReviewOutcome.CURRENT and not changed.strip():
        raise Refused("changed", _("Say what was changed, or what must be."))
    if not may_be_next(next_on=next_on, today=timezone.localdate(at)):
        raise Refused("next_on", _("Choose a day after today and within a year."))
    LessonPage.objects.select_for_update(of=("self",)).get(pk=lesson.pk)
    said = {"by": by, "outcome": outcome, "note": note.strip(), "changed": changed.strip(),
            "next_on": next_on}  # fmt: skip
    today = LessonReview.objects.filter(lesson=lesson, at__gt=at - SAME_WORDS, **said).first()
    if today is not None:
        return today  # a second click
    made = LessonReview.objects.create(lesson=lesson, at=at, **said)
    record(
        action="courses.lesson_reviewed", at=at, actor=by, obj=lesson, reason=made.note[:500],
        detail={"outcome": outcome, "next_on": next_on.isoformat()},
    )  # fmt: skip
    return made


@transaction.atomic
def remind_reviews(*, at: datetime) -> int:
    """Tell editors and reviewers how many lessons are overdue; once a week and person.

    Returns how many people are told of them, those told before included.
    """
    today = timezone.localdate(at)
    overdue = len(overdue_reviews(today))
    if not overdue:
        return 0
    title = ngettext(
        "%(count)d lesson is due for review", "%(count)d lessons are due for review", overdue
    ) % {"count": overdue}
    people = {person.pk: person for role in (EDITOR, REVIEWER) for person in people_with_role(role)}
    for person in people.values():
        notify(
            person=person, event="courses.reviews_due", title=title, at=at,
            url=reverse("courses:review_list"), key=f"courses.reviews_due:{today:%G-W%V}",
        )  # fmt: skip
    return len(people)
