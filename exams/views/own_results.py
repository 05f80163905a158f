"""A trainee's own results: figures only once they are approved."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from exams.choices import AssessmentState
from exams.models import Assessment
from exams.queries.results import task_sheets
from exams.signals import result_steps_wanted
from exams.views.sheets import sheet_of
from people.permissions import role_required
from people.roles import TRAINEE


@require_GET
@role_required(TRAINEE)
def own_result_list(request: HttpRequest) -> HttpResponse:
    """One's assessments, the newest first."""
    rows = Assessment.objects.filter(person_id=request.user.pk).order_by("-id")
    return render(
        request, "exams/own_result_list.html", {"rows": [(row, sheet_of(row)) for row in rows]}
    )


@require_GET
@role_required(TRAINEE)
def own_result_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The verdict first, then the sums that make it; before approval only what is missing."""
    row = Assessment.objects.filter(person_id=request.user.pk, pk=pk).first()
    if row is None:
        raise Http404
    is_final = row.state == AssessmentState.APPROVED
    steps = _steps(row) if is_final and row.passed else {}
    context = {
        "row": row, "sheet": sheet_of(row), "is_final": is_final, "steps": steps,
        "tasks": task_sheets(row) if is_final else [],
    }  # fmt: skip
    return render(request, "exams/own_result_detail.html", context)


def _steps(row: Assessment) -> dict[str, str]:
    """Where a pass leads: addresses on higher floors, which this floor does not know."""
    steps: dict[str, str] = {}
    for _receiver, found in result_steps_wanted.send(sender=Assessment, assessment=row):
        if isinstance(found, dict):
            steps.update(found)
    return steps
