"""What a person makes of a finding. Only here does a finding have an effect."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from learning.services import uncount_entries
from training.choices import Verdict
from training.errors import TrainingError
from training.models import AnomalyVerdict, Enrolment, StudyAnomaly
from training.permissions import judges
from training.services.admitting import refresh_admission

LONGEST_REASON = 500


@transaction.atomic
def judge_anomaly(
    *, anomaly_id: int, verdict: str, reason: str, by: Any, at: datetime
) -> AnomalyVerdict:
    """Write a verdict beside a finding; earlier ones stay.

    “Time not counted” takes the entries the finding names out of the count, as decisions of their
    own, and looks at the person's admissions again; it is final.
    Raises TrainingError: not_allowed, unknown_verdict, reason_needed, reason_too_long,
    nothing_to_take_out, taken_out.
    """
    anomaly = (
        StudyAnomaly.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=anomaly_id)
    )
    reason = " ".join(reason.split())
    _refuse(anomaly, verdict, reason, by)
    made = AnomalyVerdict.objects.create(
        anomaly=anomaly, verdict=verdict, reason=reason, judged_by=by, judged_at=at
    )
    seconds = _take_out(made, by, at) if verdict == Verdict.NOT_COUNTED else 0
    record(
        action="training.anomaly_judged", at=at, actor=by, obj=anomaly,
        detail={"verdict": verdict, "reason": reason, "seconds_taken_out": seconds},
    )  # fmt: skip
    return made


def _refuse(anomaly: StudyAnomaly, verdict: str, reason: str, by: Any) -> None:
    if not judges(by, anomaly.person):
        message = _("Only HR and trainers of a class of this person judge, never the person.")
        raise TrainingError("not_allowed", message)
    if verdict not in Verdict.values:
        raise TrainingError("unknown_verdict", _("Choose one of the verdicts."))
    if not reason:
        raise TrainingError("reason_needed", _("Write down what you found out: it is kept."))
    if len(reason) > LONGEST_REASON:
        message = _("The reason has %(have)d characters, %(most)d at most. Shorten it.")
        raise TrainingError(
            "reason_too_long", message % {"have": len(reason), "most": LONGEST_REASON}
        )
    if anomaly.verdicts.filter(verdict=Verdict.NOT_COUNTED).exists():
        raise TrainingError("taken_out", _("This time was taken out of the count; that is final."))
    if verdict == Verdict.NOT_COUNTED and not anomaly.evidence["entries"]:
        message = _("This finding names no credited time that could be taken out.")
        raise TrainingError("nothing_to_take_out", message)


def _take_out(verdict: AnomalyVerdict, by: Any, at: datetime) -> int:
    person = verdict.anomaly.person
    seconds = uncount_entries(
        person=person,
        entry_ids=verdict.anomaly.evidence["entries"],
        source=f"training.verdict:{verdict.pk}",
        reason=verdict.reason,
        by=by,
        at=at,
    )
    places = Enrolment.objects.in_training().filter(person=person)
    for pk in places.values_list("pk", flat=True):
        refresh_admission(enrolment_id=pk, at=at)
    return seconds
