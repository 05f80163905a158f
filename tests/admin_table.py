"""Every kind of screen of the Wagtail admin, and who gets it.

`ok` names the cast members who get 200. Everybody else who may enter the admin at all is sent
back to its start page, people without the admin get 404, the anonymous the sign-in. `{name}` in a
path is the pk of what `sampled` made under that name.
"""

from typing import Any

from django.utils import timezone

from courses.models import AdvertisingWord
from people.models import Competency, CompetencyItem
from subsidies.models import PolicyVersion
from tests.factories.certificates import CertificateSchemeFactory
from tests.factories.courses import LessonFactory
from tests.factories.exams import QuestionVersionFactory, SittingFactory
from tests.factories.media import MediaFactory
from tests.factories.people import PostFactory, UnitFactory
from tests.factories.subsidies import make_policy

ENTERS = frozenset({"editor", "reviewer", "author", "officer", "administrator"})
PAGES = frozenset({"editor", "administrator"})
WRITE_LESSONS = frozenset({"editor", "reviewer", "author"})
NOBODY: frozenset[str] = frozenset()
EDITOR, AUTHOR = frozenset({"editor"}), frozenset({"author"})
OFFICER, ADMINISTRATOR = frozenset({"officer"}), frozenset({"administrator"})


def sampled() -> dict[str, Any]:
    """One row of everything that has a screen, by the name in the paths."""
    from wagtail.documents.models import Document
    from wagtail.images.models import Image
    from wagtail.images.tests.utils import get_test_image_file

    lesson = LessonFactory()
    version = QuestionVersionFactory()
    sitting = SittingFactory()
    competency = Competency.objects.create(code="data", name="数据", weight_percent=100)
    CompetencyItem.objects.create(competency=competency, name="解读", max_points=15)
    scheme = CertificateSchemeFactory()
    published = make_policy()
    draft = PolicyVersion.objects.create(
        policy=published.policy, number=2, data=published.data, valid_from=timezone.localdate()
    )
    image = Image.objects.create(title="图", file=get_test_image_file())
    document = Document.objects.create(title="文", file=get_test_image_file())
    return {
        "lesson": lesson, "outline": LessonFactory(module=lesson.get_parent().specific, live=False),
         "course": lesson.get_parent().get_parent(),
        "catalogue": lesson.get_ancestors().get(depth=2), "question": version.question,
        "topic": version.question.topic, "exam": sitting.exam, "sitting": sitting,
        "unit": UnitFactory(), "post": PostFactory(), "competency": competency,
        "programme": scheme.programme, "certificatescheme": scheme, "policy": published.policy,
        "policyversion": draft, "published": published, "image": image,
        "advertisingword": AdvertisingWord.objects.create(word="无敌"), "document": document,
        "mediafile": MediaFactory(),
        "practised": QuestionVersionFactory(question__pool="practice").question,
    }  # fmt: skip


def _viewset(name: str, ok: frozenset[str], **more: frozenset[str]) -> dict[str, frozenset[str]]:
    """The addresses of a ModelViewSet; nothing of ours is deleted in the admin."""
    return {
        f"{name}/": ok, f"{name}/results/": ok, f"{name}/new/": ok,
        f"{name}/edit/{{{name}}}/": ok, f"{name}/history/{{{name}}}/": ok,
        f"{name}/history-results/{{{name}}}/": ok, f"{name}/usage/{{{name}}}/": ok,
        f"{name}/delete/{{{name}}}/": NOBODY,
        **{f"{name}/{action}/{{{name}}}/": who for action, who in more.items()},
    }  # fmt: skip


SNIPPET = "snippets/exams/question"
TABLE: dict[str, dict[str, frozenset[str]]] = {
    "start": {"": ENTERS, "account/": ENTERS},
    "pages": {
        "pages/": PAGES,
        "pages/{catalogue}/": PAGES,
        "pages/{course}/edit/": PAGES,
        "pages/{lesson}/edit/": PAGES,
        "pages/{lesson}/history/": PAGES,
        "pages/{lesson}/delete/": NOBODY,
        "pages/{outline}/delete/": PAGES,
        "course_pages/": PAGES,
        "lesson_pages/": PAGES,
    },
    "imports": {"lesson_imports/": EDITOR, "lesson_paste/": EDITOR},
    "files": {
        "images/": EDITOR,
        "images/{image}/": EDITOR,
        "images/{image}/delete/": EDITOR,
        "documents/": NOBODY,
        "documents/edit/{document}/": NOBODY,
        "collections/": NOBODY,
    },
    "accounts": {
        "users/": NOBODY, "users/new/": NOBODY, "groups/": NOBODY, "groups/new/": NOBODY,
    },
    "reports": {
        "reports/locked/": PAGES,
        "reports/site-history/": ENTERS,
        "reports/workflow/": PAGES,
        "reports/workflow_tasks/": PAGES,
        "reports/page-types-usage/": PAGES,
        "workflows/list/": NOBODY,
        "workflows/add/": NOBODY,
        "workflows/tasks/index/": NOBODY,
        "forms/": PAGES,
    },
    "snippets": {
        "snippets/": NOBODY,
        f"{SNIPPET}/": AUTHOR,
        f"{SNIPPET}/add/": AUTHOR,
        f"{SNIPPET}/edit/{{question}}/": AUTHOR,
        f"{SNIPPET}/history/{{question}}/": AUTHOR,
        f"{SNIPPET}/usage/{{question}}/": AUTHOR,
        f"{SNIPPET}/copy/{{question}}/": AUTHOR,
        f"{SNIPPET}/delete/{{question}}/": NOBODY,
    },
    "advertisingword": _viewset("advertisingword", EDITOR),
    "topic": _viewset("topic", AUTHOR),
    "mediafile": {
        **_viewset("mediafile", EDITOR), "mediafile/": PAGES, "mediafile/results/": PAGES,
    },
    "media_chooser": {
        "media_chooser/": ENTERS, "media_chooser/results/": ENTERS,
        "media_chooser/chosen/{mediafile}/": ENTERS, "media_chooser/chosen-multiple/": ENTERS,
        "media_chooser/create/": EDITOR,
    },
    "practice_chooser": {
        "practice_chooser/": WRITE_LESSONS, "practice_chooser/results/": WRITE_LESSONS,
        "practice_chooser/chosen/{practised}/": WRITE_LESSONS,
        "practice_chooser/chosen-multiple/": WRITE_LESSONS,
    },
    "exam": _viewset("exam", OFFICER),
    "sitting": _viewset("sitting", OFFICER),
    "unit": _viewset("unit", ADMINISTRATOR),
    "post": _viewset("post", ADMINISTRATOR),
    "competency": _viewset("competency", ADMINISTRATOR),
    "programme": _viewset("programme", ADMINISTRATOR),
    "certificatescheme": _viewset("certificatescheme", OFFICER),
    "policy": _viewset("policy", ADMINISTRATOR),
    "policyversion": {
        **_viewset("policyversion", ADMINISTRATOR, copy=ADMINISTRATOR, inspect=ADMINISTRATOR),
        "policyversion/inspect/{published}/": ADMINISTRATOR,
    },
}  # fmt: skip
