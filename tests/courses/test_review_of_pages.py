"""What a reviewer sees is what is published; nothing changes while it waits."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    rich_text,
    streamfield,
)

from audit.models import AuditRow
from courses.models import LessonPage
from courses.models.lesson import HOUR_STREAMS
from courses.services import ensure_catalog, submit_newest
from people.services import sync_roles
from tests.courses.reviewing import published_lesson, submit
from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
MODAL = {"x-requested-with": "XMLHttpRequest"}


@pytest.fixture(autouse=True)
def _site():
    ensure_catalog()
    sync_roles()


@pytest.fixture
def editor():
    return UserFactory(name="李编辑", roles=["editor"])


@pytest.fixture
def reviewer():
    return UserFactory(name="王审核", roles=["reviewer"])


@pytest.fixture
def lesson():
    return published_lesson()


def waiting():
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def editor_of(lesson):
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def address(lesson, action, task):
    return reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, action, task.pk])


def now(lesson):
    return LessonPage.objects.get(pk=lesson.pk)


def filled(client, lesson):
    """The editor's page and its form as the browser fills it."""
    shown = client.get(editor_of(lesson)).content.decode()
    form = querydict_from_html(shown, form_id="page-edit-form")
    streams = {name: streamfield([]) for name in (*HOUR_STREAMS, "goals")}
    streams["body"] = streamfield([("paragraph", rich_text(f"<p>{'字' * 500}</p>"))])
    for name, value in nested_form_data(streams).items():
        form[name] = value
    return shown, form


def told(answer):
    return [str(each).strip() for each in answer.wsgi_request._messages]


@pytest.mark.parametrize("who", ["reviewer", "both", "the author", "another editor"])
def test_nobody_changes_a_lesson_while_it_waits(client, lesson, editor, reviewer, who):
    author = editor if who != "the author" else UserFactory(roles=["editor", "reviewer"])
    person = {
        "reviewer": reviewer, "the author": author, "another editor": UserFactory(roles=["editor"]),
        "both": UserFactory(roles=["editor", "reviewer"]),
    }[who]  # fmt: skip
    submit(lesson, author)
    client.force_login(person)
    opened, form = filled(client, lesson)
    form["title"] = "改了题"

    by_hand = client.post(editor_of(lesson), form)
    by_itself = client.post(editor_of(lesson), form, headers={"accept": "application/json"})

    assert 'data-controller="w-init w-unsaved "' in opened
    assert "改了题" in by_hand.content.decode()  # nothing typed is lost
    assert by_itself.json()["error_code"] == "locked"
    assert now(lesson).latest_revision.content["title"] == "新题"
    assert lesson.permissions_for_user(person).can_lock() is False


def test_the_locked_editor_says_why_and_offers_the_decisions(client, lesson, editor, reviewer):
    submit(lesson, editor)
    task = waiting()
    client.force_login(reviewer)

    shown = client.get(editor_of(lesson)).content.decode()

    assert shown.count(f'data-workflow-action-url="{address(lesson, "approve", task)}"') == 2
    assert shown.count(f'data-workflow-action-url="{address(lesson, "reject", task)}"') == 1
    assert 'data-activate="dashboard"' in shown
    assert "李编辑" in shown
    assert "审定之前内容不变" in shown


def test_the_author_is_offered_to_take_it_back_and_no_decision(client, lesson, editor):
    submit(lesson, editor)
    client.force_login(editor)
    shown, form = filled(client, lesson)
    form["action-cancel-workflow"] = "1"

    client.post(editor_of(lesson), form)

    assert "data-workflow-action-url" not in shown
    assert now(lesson).workflow_in_progress is False
    assert 'name="action-submit"' in client.get(editor_of(lesson)).content.decode()


def test_a_waiting_lesson_is_previewed(client, lesson, editor, reviewer):
    submit(lesson, editor)
    client.force_login(reviewer)
    form = filled(client, lesson)[1]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])

    made = client.post(preview, form)
    shown = client.get(f"{preview}?mode=phone")
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))

    assert (made.json()["is_valid"], shown.status_code, draft.status_code) == (True, 200, 200)


def test_a_decision_leads_on_to_where_the_person_may_go(client, lesson, editor, reviewer):
    both = UserFactory(roles=["editor", "reviewer"])
    places = []
    for title, person in (("一", reviewer), ("二", both)):
        lesson = now(lesson)
        submit(lesson, editor, title=title)
        client.force_login(person)
        back = {"next": f"http://testserver{editor_of(lesson)}", "comment": "可以"}
        answer = client.post(address(lesson, "approve", waiting()), back)
        places.append(answer.url)
        assert told(answer)[-1] == f"“{title}”已批准。"

    assert places == [reverse("wagtailadmin_home"), back["next"]]


def test_a_draft_that_does_not_add_up_stays_open_with_words(client, lesson, editor, reviewer):
    lesson.planned_seconds = 3600
    submit(lesson, editor)
    task = waiting()
    client.force_login(reviewer)

    plain = client.post(address(lesson, "approve", task))
    modal = client.post(address(lesson, "approve", task), {"comment": "写得好"}, headers=MODAL)

    assert plain.status_code == 302
    assert "计划3600秒" in told(plain)[0].replace(" ", "")
    assert "写得好" in modal.json()["html"]
    assert "3600" in modal.json()["html"]
    assert waiting() == task
    assert (now(lesson).title, AuditRow.objects.filter(action="courses.lesson_approved").count()) \
        == ("旧题", 0)  # fmt: skip


def test_what_was_saved_past_the_lock_is_looked_at_again(client, lesson, editor, reviewer):
    submit(lesson, editor)
    seen = waiting()
    lesson.title = "悄悄改的题"
    newest = lesson.save_revision(user=editor)
    client.force_login(reviewer)

    answer = client.post(address(lesson, "approve", seen))

    assert "李编辑" in told(answer)[0]
    assert now(lesson).title == "旧题"
    assert waiting().revision == newest
    row = AuditRow.objects.get(action="courses.draft_submitted_anew")
    assert row.detail == {"instead_of": seen.revision_id, "revision": newest.pk}
    client.post(address(lesson, "approve", waiting()))
    assert now(lesson).title == "悄悄改的题"


def test_the_version_of_an_earlier_look_is_not_decided(client, lesson, editor, reviewer):
    state = submit(lesson, editor)
    seen = waiting()
    state.cancel(user=editor)
    submit(lesson, editor, title="又改的题")
    client.force_login(reviewer)

    approved = client.post(address(lesson, "approve", seen))
    sent_back = client.post(address(lesson, "reject", seen), {"comment": "不行"}, headers=MODAL)

    assert "又改的题" in told(approved)[0]
    assert "不行" in sent_back.json()["html"]
    assert (now(lesson).title, waiting().pk == seen.pk) == ("旧题", False)


def test_saving_over_a_submitted_or_published_version_makes_a_new_one(lesson, editor):
    published = lesson.live_revision
    lesson.title = "新题"
    draft = lesson.save_revision(user=editor, overwrite_revision=published)
    again = lesson.save_revision(user=editor, overwrite_revision=draft)
    lesson.get_workflow().start(lesson, editor)
    submitted = lesson.save_revision(user=editor, overwrite_revision=again)

    assert draft.pk != published.pk
    assert again.pk == draft.pk  # nobody relies on it yet
    assert submitted.pk != again.pk
    with pytest.raises(PermissionDenied):
        lesson.save_revision(user=editor, overwrite_revision=draft)


def test_submitting_anew_is_for_those_who_decide_and_happens_once(lesson, editor, reviewer):
    submit(lesson, editor)
    seen = waiting()
    lesson.save_revision(user=editor)

    with pytest.raises(PermissionDenied):
        submit_newest(task_state=seen, by=editor, at=timezone.now())
    for _ in range(2):
        submit_newest(task_state=seen, by=reviewer, at=timezone.now())

    assert AuditRow.objects.filter(action="courses.draft_submitted_anew").count() == 1
    assert TaskState.objects.count() == 2


def test_copies_are_drafts(client, lesson, editor, settings):
    client.force_login(editor)
    module = lesson.get_parent()
    copy = reverse("wagtailadmin_pages:copy", args=[module.pk])
    form = {
        "new_title": "副本", "new_slug": "copy", "new_parent_page": module.get_parent().pk,
        "copy_subpages": "on", "publish_copies": "on", "alias": "on",
    }  # fmt: skip

    shown = client.get(copy).content.decode()
    client.post(copy, form)

    made = Page.objects.get(slug="copy")
    assert 'name="publish_copies"' not in shown
    assert [each.live for each in made.get_descendants(inclusive=True)] == [False, False]
    assert made.alias_of is None
    settings.COURSE_REVIEW = False
    assert 'name="publish_copies"' in client.get(copy).content.decode()


def test_a_published_lesson_moves_to_another_module(client, lesson, editor):
    other = ModuleFactory(course=CourseFactory())
    client.force_login(editor)
    course = lesson.get_parent().get_parent()

    asked = client.get(reverse("wagtailadmin_pages:move", args=[lesson.pk]))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, other.pk]))
    misplaced = client.post(reverse("wagtailadmin_pages:move_confirm", args=[lesson.pk, course.pk]))

    assert asked.status_code == 200
    assert misplaced.url == reverse("wagtailadmin_home")
    assert now(lesson).get_parent().pk == other.pk
    assert now(lesson).live is True
    assert now(lesson).permissions_for_user(editor).can_delete() is False


def test_published_lessons_are_put_in_another_order(client, lesson, editor):
    module = lesson.get_parent()
    second = LessonFactory(module=module.specific)
    client.force_login(editor)
    position = reverse("wagtailadmin_pages:set_page_position", args=[second.pk])

    assert client.post(f"{position}?position=0").status_code == 200

    assert [each.pk for each in Page.objects.get(pk=module.pk).get_children()] == [
        second.pk, lesson.pk,
    ]  # fmt: skip


def test_an_order_that_cannot_be_frozen_is_not_kept(client, lesson, editor, monkeypatch):
    module = lesson.get_parent()
    second = LessonFactory(module=module.specific)
    client.force_login(editor)

    def full(**_rest):
        raise ValidationError("voll")

    monkeypatch.setattr("courses.receivers.freeze_course", full)
    position = reverse("wagtailadmin_pages:set_page_position", args=[second.pk])
    with pytest.raises(ValidationError):
        client.post(f"{position}?position=0")

    assert Page.objects.get(pk=module.pk).get_children().first().pk == lesson.pk


def test_reviewers_and_learners_move_nothing(client, lesson, editor, reviewer):
    submit(lesson, editor)
    client.force_login(reviewer)

    assert client.get(reverse("wagtailadmin_pages:move", args=[lesson.pk])).status_code == 302
    assert lesson.permissions_for_user(reviewer).can_move() is False


def test_the_modal_of_a_decision_answers_with_json(client, lesson, editor, reviewer):
    submit(lesson, editor)
    client.force_login(reviewer)
    where = address(lesson, "reject", waiting())

    asked = client.get(where, headers=MODAL)
    done = client.post(where, {"comment": "第二节没有来源"}, headers=MODAL)

    assert "comment" in asked.json()["html"]
    assert json.loads(done.content) == {"step": "success", "redirect": reverse("wagtailadmin_home")}
    assert TaskState.objects.get().comment == "第二节没有来源"


def test_nothing_is_sent_back_without_saying_why(client, lesson, editor, reviewer):
    submit(lesson, editor)
    client.force_login(reviewer)

    answer = client.post(address(lesson, "reject", waiting()), {"comment": "  "}, headers=MODAL)

    assert "请在意见里写明要改什么" in answer.json()["html"]
    assert TaskState.objects.get().status == "in_progress"
