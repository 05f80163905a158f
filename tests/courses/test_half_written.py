"""A half-written part is kept as a draft; publishing refuses it and names the place."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail import blocks
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from courses.models import LessonPage
from courses.permissions import grant_editing
from courses.rules.hours import honest_seconds
from courses.services import ensure_catalog
from exams.models import Question
from people.services import sync_roles
from tests.factories.courses import LessonFactory
from tests.factories.exams import QuestionVersionFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
STREAMS = ("goals", "body", "worked_example", "drill", "case", "checks")
KINDS = [
    pytest.param(stream, kind, id=kind)
    for stream in STREAMS
    for kind in LessonPage._meta.get_field(stream).stream_block.child_blocks
    if kind != "check"  # how a published version reads; nobody adds one
]


@pytest.fixture(autouse=True)
def editor(client, settings):
    settings.COURSE_REVIEW = False
    ensure_catalog()
    sync_roles()
    grant_editing(Group.objects.get(name="editor"))
    client.force_login(UserFactory(roles=["editor"]))


def posted(block, text=""):
    """What the editor's page posts for a new part in which nothing, or one text, was typed."""
    if isinstance(block, blocks.StructBlock):
        first, *rest = block.child_blocks.items()
        return {first[0]: posted(first[1], text)} | {name: posted(each) for name, each in rest}
    if isinstance(block, blocks.ListBlock):
        item = {
            "deleted": "",
            "order": "0",
            "type": "",
            "id": "",
            "value": posted(block.child_block),
        }
        return {"count": "1", "0": item}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(f"<p>{text}</p>" if text else "")
    if isinstance(block, blocks.ChoiceBlock):
        return block.get_default() or ""
    return text if isinstance(block, blocks.CharBlock | blocks.TextBlock) else ""


def form(lesson, stream, kind, value, **extra):
    streams = {name: streamfield([]) for name in STREAMS} | {stream: streamfield([(kind, value)])}
    return nested_form_data(
        {"title": lesson.title, "slug": lesson.slug, "planned_seconds": "1",
         "level": "assistant", "posts": "", "sources": "", "quoted_words": "", **streams} | extra
    )  # fmt: skip


def block_of(stream, kind):
    return LessonPage._meta.get_field(stream).stream_block.child_blocks[kind]


def url_of(lesson):
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def kept(lesson, stream):
    lesson.refresh_from_db()
    return [part.block_type for part in getattr(lesson.get_latest_revision_as_object(), stream)]


@pytest.mark.parametrize("text", ["", "半句"])
@pytest.mark.parametrize(("stream", "kind"), KINDS)
def test_a_draft_keeps_it_and_every_preview_shows_it(client, stream, kind, text):
    lesson = LessonFactory(live=False)
    data = form(lesson, stream, kind, posted(block_of(stream, kind), text))

    answer = client.post(url_of(lesson), data, HTTP_ACCEPT="application/json").json()
    lesson.refresh_from_db()

    draft = lesson.get_latest_revision_as_object()
    modes = [name for name, _label in LessonPage.preview_modes]
    assert answer["success"] is True
    assert kept(lesson, stream) == [kind]
    assert client.get(url_of(lesson)).status_code == 200
    assert [draft.make_preview_request(preview_mode=mode).status_code for mode in modes] == [
        200, 200, 200,
    ]  # fmt: skip


@pytest.mark.parametrize(("stream", "kind"), KINDS)
def test_publishing_refuses_it_and_names_the_field(client, stream, kind):
    lesson = LessonFactory(live=False)
    data = form(lesson, stream, kind, posted(block_of(stream, kind)))

    answer = client.post(url_of(lesson), data | {"action-publish": "1"})

    lesson.refresh_from_db()
    assert (answer.status_code, lesson.live) == (200, False)
    assert stream in answer.context["form"].errors


def figures(**fields):
    return {"tone": "figure", "title": "规模", "text": rich_text("<p>15 万亿元</p>"),
            "source": "", "as_of": ""} | fields  # fmt: skip


def test_figures_without_a_source_are_a_draft_but_not_published(client):
    lesson = LessonFactory(live=False)
    data = form(lesson, "body", "callout", figures())

    saved = client.post(url_of(lesson), data)
    refused = client.post(url_of(lesson), data | {"action-publish": "1"})

    [error] = refused.context["form"].errors.as_data()["body"]
    assert saved.status_code == 302
    assert kept(lesson, "body") == ["callout"]
    assert set(error.block_errors[0].block_errors) == {"source", "as_of"}


def test_a_host_that_is_not_on_the_list_is_told_at_publishing(client, settings):
    settings.COURSE_EMBED_HOSTS = ["www.samr.gov.cn"]
    lesson = LessonFactory(live=False)
    page = {"url": "https://elsewhere.example/", "title": "别处", "note": ""}

    saved = client.post(url_of(lesson), form(lesson, "body", "embed", page))
    refused = client.post(
        url_of(lesson), form(lesson, "body", "embed", page, **{"action-publish": "1"})
    )

    [error] = refused.context["form"].errors.as_data()["body"]
    assert saved.status_code == 302
    assert "www.samr.gov.cn" in str(error.block_errors[0].block_errors["url"])


def test_a_plan_left_empty_is_what_the_parts_take(client):
    lesson = LessonFactory(live=False)
    text = rich_text("<p>" + "字" * 600 + "</p>")

    saved = client.post(url_of(lesson), form(lesson, "body", "paragraph", text, planned_seconds=""))

    lesson.refresh_from_db()
    draft = lesson.get_latest_revision_as_object()
    assert saved.status_code == 302
    assert draft.planned_seconds == honest_seconds(draft.parts) == 144


def test_a_withdrawn_check_is_not_published(client):
    lesson = LessonFactory(live=False)
    version = QuestionVersionFactory(question__pool="practice")
    Question.objects.filter(pk=version.question_id).update(state="retired")
    data = form(lesson, "checks", "question", str(version.question_id))

    answer = client.post(url_of(lesson), data | {"action-publish": "1"})

    assert version.question.code in str(answer.context["form"].errors["checks"])
