import pytest
from django.urls import reverse

from courses.services import ensure_catalog
from tests.factories.media import MediaFactory, an_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    ensure_catalog()
    client.force_login(an_editor())


@pytest.mark.parametrize("chooser", ["media_chooser", "practice_chooser"])
@pytest.mark.parametrize("pk", ["abc", "²", "0", "9" * 30])
def test_what_nobody_can_have_chosen_is_not_found(client, editor, chooser, pk):
    one = client.get(reverse(f"{chooser}:chosen", args=[pk]))
    several = client.get(reverse(f"{chooser}:chosen_multiple"), {"id": [pk]})

    assert (one.status_code, several.status_code) == (404, 200)


def test_a_file_is_chosen_by_its_number(client, editor):
    media = MediaFactory()

    one = client.get(reverse("media_chooser:chosen", args=[media.pk])).json()
    several = client.get(reverse("media_chooser:chosen_multiple"), {"id": [media.pk, "x"]}).json()

    assert one["result"]["id"] == str(media.pk)
    assert [each["id"] for each in several["result"]] == [str(media.pk)]
