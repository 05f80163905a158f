"""Findings in the record of study: a list, and one with its evidence and the form to judge it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kit.http import only_filters
from learning.models import StudySession
from people.permissions import role_required
from people.roles import AUDITOR, HR, TRAINER
from training.choices import Verdict
from training.errors import TrainingError
from training.models import StudyAnomaly
from training.permissions import judges
from training.queries import anomalies_inspected_by
from training.services import judge_anomaly

PAGE = 50
SESSIONS_SHOWN = 50


@role_required(HR, TRAINER, AUDITOR)
@only_filters("state", "page")
@require_safe
def anomaly_list(request: HttpRequest) -> HttpResponse:
    """Findings about people whose hours one may open; those nobody has judged come by default."""
    rows = anomalies_inspected_by(request.user)
    state = request.GET.get("state", "open")
    if state in Verdict.values:
        rows = rows.filter(verdict=state)
    elif state != "all":
        state, rows = "open", rows.filter(verdict=None)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.label = Verdict(row.verdict).label if row.verdict else ""
    states = [("open", _("Not judged yet")), *Verdict.choices, ("all", _("All"))]
    context = {"page_obj": page, "state": state, "states": states}
    return render(request, "training/anomaly_list.html", context)


@role_required(HR, TRAINER, AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def anomaly_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding: what was found, the sessions behind it, verdicts, and the form."""
    anomaly = get_object_or_404(anomalies_inspected_by(request.user), pk=pk)
    typed = {name: request.POST.get(name, "").replace("\x00", "") for name in ("verdict", "reason")}
    if request.method == "POST":
        try:
            judge_anomaly(anomaly_id=anomaly.pk, **typed, by=request.user, at=timezone.now())
        except TrainingError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("The verdict is written down."))
            return redirect(request.path)
    return render(request, "training/anomaly_detail.html", _context(request, anomaly, typed))


def _context(request: HttpRequest, anomaly: StudyAnomaly, typed: dict[str, str]) -> dict[str, Any]:
    evidence = anomaly.evidence
    verdicts = list(anomaly.verdicts.select_related("judged_by"))
    final = any(verdict.verdict == Verdict.NOT_COUNTED for verdict in verdicts)
    sessions = StudySession.objects.filter(person=anomaly.person, pk__in=evidence["sessions"])
    return {
        "anomaly": anomaly,
        "evidence": evidence,
        "since": _instant(evidence["since"]),
        "until": _instant(evidence["until"]),
        "sessions": sessions.select_related("lesson").order_by("started_at")[:SESSIONS_SHOWN],
        "verdicts": verdicts,
        "choices": [
            choice
            for choice in Verdict.choices
            if choice[0] != Verdict.NOT_COUNTED or evidence["entries"]
        ],
        "may_judge": judges(request.user, anomaly.person) and not final,
        "typed": typed,
    }


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
