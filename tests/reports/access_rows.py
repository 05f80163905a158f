from django.utils import timezone

from kit.storage import put_once
from reports.models import EvidencePack
from tests.access import Row
from tests.training.access_rows import build as build_training

LOOKERS = {"hr", "auditor"}


def build(world):
    build_training(world)
    row = {
        "training_class": world.training_class, "number": 1, "digest": "0" * 64,
        "file_sha256": "0" * 64, "requested_by": world.people["hr"],
        "made_at": timezone.now(), "file": put_once("packs", b"%PDF-")[0],
        "content_file": put_once("packs", b"{}", ".json")[0],
    }  # fmt: skip
    world.pack = EvidencePack.objects.create(audience="office", **row)
    world.own_pack = EvidencePack.objects.create(audience="own", enrolment=world.place, **row)


READERS = {"hr", "officer", "approver", "finance", "auditor", "trainer"}
MONEY = {"hr", "finance", "approver", "auditor"}
TRAINEES = {"trainee", "other_trainee"}


def of_class(world):
    return {"pk": world.training_class.pk}


def of_place(world):
    return {"pk": world.training_class.pk, "enrolment_pk": world.place.pk}


ROWS = [
    Row("reports:class_pack", ok=READERS, kwargs=of_class),
    Row("reports:person_pack", ok=READERS, kwargs=of_place),
    Row("reports:class_pack_make", ok=LOOKERS, kwargs=of_class, method="post", status=302),
    Row("reports:person_pack_make", ok=LOOKERS, kwargs=of_place, method="post", status=302),
    Row("reports:pack_download", ok=MONEY, kwargs=lambda w: {"pk": w.pack.pk}),
    Row("reports:pack_content", ok=MONEY, kwargs=lambda w: {"pk": w.pack.pk}),
    Row("reports:pack_download", ok={"trainee", *MONEY}, kwargs=lambda w: {"pk": w.own_pack.pk}),
    Row(
        "reports:own_pack_make",
        ok={"trainee"},
        kwargs=lambda w: {"enrolment_pk": w.place.pk},
        method="post",
        status=302,
    ),
    Row("reports:own_pack_list", ok=TRAINEES),
    Row("reports:own_pack", ok={"trainee"}, kwargs=lambda w: {"enrolment_pk": w.place.pk}),
    Row("reports:dashboard_view", ok=LOOKERS),
    Row("reports:kpi_rows", ok=LOOKERS, kwargs=lambda w: {"kpi": "coverage", "side": "gap"}),
    Row("reports:report_list", ok=LOOKERS),
    Row(
        "reports:export_start",
        ok=LOOKERS,
        method="post",
        status=302,
        data=lambda w: {"kind": "completion", "format": "csv", "year": "2026"},
    ),
]
