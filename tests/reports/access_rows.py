from tests.access import Row
from tests.training.access_rows import build

__all__ = ["ROWS", "build"]
LOOKERS = {"hr", "auditor"}

READERS = {"hr", "officer", "approver", "finance", "auditor", "trainer"}
TRAINEES = {"trainee", "other_trainee"}


def of_class(world):
    return {"pk": world.training_class.pk}


def of_place(world):
    return {"pk": world.training_class.pk, "enrolment_pk": world.place.pk}


ROWS = [
    Row("reports:class_pack", ok=READERS, kwargs=of_class),
    Row("reports:person_pack", ok=READERS, kwargs=of_place),
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
