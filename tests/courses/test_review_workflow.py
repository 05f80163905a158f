"""Editors submit, somebody else approves; nobody publishes a lesson past the review."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import TaskState, Workflow, WorkflowPage

from audit.models import AuditRow
from courses.models import PeerReviewTask, wrote_draft
from courses.services import ensure_catalog, require_review
from people.services import sync_roles
from tests.courses.reviewing import published_lesson, submit
from tests.factories.courses import LessonFactory, ModuleFactory, make_catalog
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    ensure_catalog()
    sync_roles()


@pytest.fixture
def editor():
    return UserFactory(roles=["editor"])


@pytest.fixture
def reviewer():
    return UserFactory(roles=["reviewer"])


@pytest.fixture
def lesson():
    return published_lesson()


def decide(client, lesson, person, action, comment=""):
    client.force_login(person)
    task = TaskState.objects.get(
        workflow_state__object_id=str(lesson.pk), status=TaskState.STATUS_IN_PROGRESS
    )
    url = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, action, task.pk])
    answer = client.post(url, {"comment": comment})
    lesson.refresh_from_db()
    return answer


def test_a_reviewer_publishes_what_an_editor_submitted(client, lesson, editor, reviewer):
    submit(lesson, editor)
    client.force_login(reviewer)
    home = client.get(reverse("wagtailadmin_home")).content.decode()

    decide(client, lesson, reviewer, "approve")

    row = AuditRow.objects.get(action="courses.lesson_approved")
    assert "新题" in home
    assert (lesson.title, lesson.live, lesson.has_unpublished_changes) == ("新题", True, False)
    assert (row.actor_id, row.object_id) == (reviewer.pk, str(lesson.pk))


def test_a_reviewer_sends_back_with_a_comment(client, lesson, editor, reviewer):
    submit(lesson, editor)

    decide(client, lesson, reviewer, "reject", "第二节的费率没有来源")

    row = AuditRow.objects.get(action="courses.lesson_rejected")
    state = TaskState.objects.get()
    assert lesson.has_unpublished_changes is True
    assert (state.comment, row.reason) == ("第二节的费率没有来源",) * 2


def test_nobody_with_both_roles_approves_the_own_draft(client, lesson, reviewer):
    both = UserFactory(roles=["editor", "reviewer"])
    submit(lesson, both)
    task, state = PeerReviewTask.objects.get(), TaskState.objects.get()

    refused = decide(client, lesson, both, "approve")
    with pytest.raises(PermissionDenied):
        task.on_action(state, both, "approve")

    assert lesson.has_unpublished_changes is True
    assert refused.status_code in (302, 404)
    assert [name for name, _, _ in task.get_actions(lesson, both)] == ["reject"]
    assert [name for name, _, _ in task.get_actions(lesson, reviewer)].count("approve") == 2
    decide(client, lesson, reviewer, "approve")
    assert lesson.has_unpublished_changes is False


def test_both_roles_approve_what_somebody_else_wrote(client, lesson, editor):
    both = UserFactory(roles=["editor", "reviewer"])
    submit(lesson, both)
    decide(client, lesson, UserFactory(roles=["reviewer"]), "approve")
    submit(lesson, editor, title="更新的题")

    decide(client, lesson, both, "approve")

    assert (lesson.title, lesson.has_unpublished_changes) == ("更新的题", False)


def test_what_nobody_approved_counts_as_draft_even_when_it_is_live(client, lesson, editor):
    both = UserFactory(roles=["editor", "reviewer"])
    lesson.save_revision(user=both).publish()  # by a command, a copy, or without the review
    lesson.refresh_from_db()
    submit(lesson, editor)

    decide(client, lesson, both, "approve")

    assert lesson.has_unpublished_changes is True


@pytest.mark.parametrize("end", ["cancelled", "sent back"])
def test_all_who_wrote_since_the_last_approval_are_writers(client, lesson, reviewer, end):
    first, second = (UserFactory(roles=["editor", "reviewer"]) for _ in range(2))
    state = submit(lesson, first)
    if end == "cancelled":
        state.cancel(user=first)
        submit(lesson, second)
    else:
        decide(client, lesson, reviewer, "reject", "费率没有来源")
        lesson.save_revision(user=second)
        lesson.current_workflow_state.resume(second)
    task = PeerReviewTask.objects.get()

    offered = [[name for name, *_ in task.get_actions(lesson, each)] for each in (first, second)]

    assert offered == [["reject"], ["reject"]]
    decide(client, lesson, reviewer, "approve")
    assert lesson.has_unpublished_changes is False
    assert not wrote_draft(first, lesson)


def test_an_editor_neither_approves_nor_is_offered_to(client, lesson, editor):
    submit(lesson, editor)
    other = UserFactory(roles=["editor"])

    decide(client, lesson, other, "approve")

    assert lesson.has_unpublished_changes is True
    assert PeerReviewTask.objects.get().get_actions(lesson, other) == []


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_nobody_publishes_a_lesson_directly(client, lesson, role):
    person = UserFactory(roles=[role])
    client.force_login(person)
    lesson.title = "新题"
    lesson.save_revision(user=person)

    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={lesson.pk}&next=/admin/")
    lesson.refresh_from_db()

    module = lesson.get_parent().specific
    assert lesson.title == "旧题"
    assert lesson.permissions_for_user(person).can_publish() is False
    assert module.permissions_for_user(person).can_publish_subpage() is False
    assert module.permissions_for_user(person).can_publish() is True


def test_an_installation_may_do_without(lesson, editor, settings):
    settings.COURSE_REVIEW = False

    assert lesson.permissions_for_user(editor).can_publish() is True
    module = lesson.get_parent().specific
    assert module.permissions_for_user(editor).can_publish_subpage() is True


def test_the_editor_is_offered_to_submit(client, lesson, editor):
    client.force_login(editor)

    page = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk])).content.decode()

    assert "action-submit" in page
    assert 'name="action-publish"' not in page


def test_a_reviewer_opens_only_what_waits(client, lesson, editor, reviewer):
    other = LessonFactory(module=ModuleFactory())
    submit(lesson, editor)
    client.force_login(reviewer)

    pages = [reverse("wagtailadmin_pages:edit", args=[each.pk]) for each in (lesson, other)]

    assert [client.get(page).status_code for page in pages] == [200, 302]


def test_a_catalogue_is_given_its_review_once_and_keeps_another():
    top = make_catalog()
    first = WorkflowPage.objects.get(page=top.pk).workflow

    assert require_review(top=top) == first
    other = Workflow.objects.create(name="自设流程")
    WorkflowPage.objects.filter(page=top.pk).update(workflow=other)
    assert require_review(top=top) == other
    assert ensure_catalog() == top
    assert PeerReviewTask.objects.get().groups.get() == Group.objects.get(name="reviewer")


def test_a_catalogue_of_an_earlier_release_gets_its_review():
    WorkflowPage.objects.all().delete()

    call_command("migrate", verbosity=0)

    assert WorkflowPage.objects.get().page.specific == make_catalog()
