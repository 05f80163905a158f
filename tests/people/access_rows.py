from django.utils import timezone

from people.models import RosterImport
from tests.access import EVERYBODY, SIGNED_IN, Row
from tests.factories.people import PostFactory, ProfileFactory, UnitFactory

KEEPERS = {"hr", "administrator"}
READERS = {*KEEPERS, "auditor"}


def build(world):
    world.profile = ProfileFactory()
    world.unit, world.post = UnitFactory(), PostFactory()
    world.batch = RosterImport.objects.create(
        file_name="a.xlsx", file_sha256="0" * 64, created_at=timezone.now(), state="checked"
    )


def person(world):
    return {"pk": world.profile.user_id}


def batch(world):
    return {"pk": world.batch.pk}


ROWS = [
    Row("people:slip_enter", ok=EVERYBODY, anonymous=200),
    Row("people:slip_enter", ok=EVERYBODY, method="post", anonymous=200),
    # Without the code of a slip in the session everybody is sent to type one.
    Row("people:password_set", ok=EVERYBODY, status=302),
    Row("people:setup", kwargs=lambda world: {"token": "unknown"}, anonymous=404),
    Row("people:own_account", ok=SIGNED_IN),
    Row("people:person_list", ok=READERS),
    Row("people:person_find", ok=READERS, method="post", status=302),
    Row("people:person_detail", ok=READERS, kwargs=person),
    Row("people:person_edit", ok=KEEPERS, kwargs=person),
    Row("people:person_edit", ok=KEEPERS, kwargs=person, method="post"),
    Row("people:id_reveal", ok={"hr"}, kwargs=person, method="post"),
    Row(
        "people:person_state",
        ok=KEEPERS,
        kwargs=person,
        method="post",
        data=lambda world: {"active": "0", "reason": "test"},
        status=302,
    ),
    Row("people:slip_print", ok=KEEPERS),
    Row(
        "people:slip_print",
        ok=KEEPERS,
        method="post",
        data=lambda world: {"people": world.profile.user_id, "identity_check": "ID seen"},
    ),
    Row("people:role_list", ok={"administrator"}),
    Row(
        "people:role_change",
        ok={"administrator"},
        kwargs=person,
        method="post",
        data=lambda world: {"role": "trainer", "action": "grant"},
        status=302,
    ),
    Row("people:staff_new", ok={"administrator"}),
    Row(
        "people:staff_new",
        ok={"administrator"},
        method="post",
        data=lambda world: {"number": "HR9", "name": "沈若兰", "held": ["hr"]},
        status=302,
    ),
    Row("people:organisation_list", ok=READERS),
    Row("people:unit_new", ok=KEEPERS),
    Row("people:unit_edit", ok=KEEPERS, kwargs=lambda world: {"pk": world.unit.pk}),
    Row("people:working_hours_edit", ok=KEEPERS, kwargs=lambda world: {"pk": world.unit.pk}),
    Row("people:post_new", ok=KEEPERS),
    Row("people:post_edit", ok=KEEPERS, kwargs=lambda world: {"pk": world.post.pk}),
    Row("people:roster_import", ok=KEEPERS),
    Row("people:roster_import", ok=KEEPERS, method="post", status=400),
    Row("people:roster_template", ok=KEEPERS),
    Row("people:roster_detail", ok=KEEPERS, kwargs=batch),
    Row("people:roster_sheet", ok=KEEPERS, kwargs=batch, method="post", status=302),
    Row("people:roster_write", ok=KEEPERS, kwargs=batch, method="post", status=302),
    Row("people:roster_errors", ok=KEEPERS, kwargs=batch),
]
