"""A preview that is sent twice at the same moment."""

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from courses.models import ImportTicket, LessonPage
from courses.permissions import grant_editing
from courses.services import ensure_catalog, import_lesson, read_draft
from people.services import sync_roles
from tests.deep.threads import together
from tests.factories.courses import ModuleFactory
from tests.factories.people import UserFactory
from tests.kit.documents.files import p, r, word

pytestmark = [pytest.mark.deep, pytest.mark.django_db(transaction=True)]


def test_hands_that_send_one_preview_make_one_draft():
    module, editor = ModuleFactory(), UserFactory(roles=["editor"])
    ensure_catalog()
    sync_roles()
    grant_editing(Group.objects.get(name="editor"))
    draft = read_draft(data=word(p(r("字"))), name="a.docx")

    made = together(4, lambda number: import_lesson(
        draft=draft, module=module, title="课", by=editor, at=timezone.now(), ticket="one",
    ))  # fmt: skip

    assert len({each.lesson.pk for each in made}) == LessonPage.objects.count() == 1
    assert sum(each.is_new for each in made) == ImportTicket.objects.count() == 1
