"""The five indicators and the rows behind them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kit.http import only_filters
from people import roles
from people.permissions import role_required
from reports.forms import ScopeForm
from reports.queries.kpis import (
    GAP,
    SIDES,
    coverage_by_unit,
    figures,
    rows_behind,
    years_with_classes,
)
from reports.rules.kpi import Figure, Kpi

LOOKERS = (roles.HR, roles.AUDITOR)
PAGE = 50


def kpi_words() -> dict[Kpi, dict[str, str]]:
    """Name and definition of each indicator."""
    return {
        Kpi.COVERAGE: {
            "name": _("Training coverage"),
            "definition": _(
                "Enrolled in a class of the year ÷ people on posts that must be trained."
            ),
        },
        Kpi.COMPLETION: {
            "name": _("Training completion"),
            "definition": _(
                "Finished with a result ÷ enrolled, of the people who must be trained."
            ),
        },
        Kpi.SATISFACTION: {
            "name": _("Training satisfaction"),
            "definition": _("Surveys with 4 or 5 of 5 ÷ surveys given."),
        },
        Kpi.PASS_RATE: {
            "name": _("Pass rate after training"),
            "definition": _("Passed ÷ those with a result."),
        },
        Kpi.TRANSFER: {
            "name": _("Transfer to the job"),
            "definition": _("Applied at work ÷ those followed up three months later."),
        },
    }


def tile(found: Figure) -> dict[str, Any]:
    """One indicator as the page shows it; percentages are rounded down, so none reaches its
    target that the exact share misses."""
    share = None if found.share is None else int(found.share * 10_000)
    return {
        "kpi": found.kpi,
        **kpi_words()[found.kpi],
        "figure": found,
        "percent": None if share is None else f"{share // 100}.{share % 100:02d}",
        "target": f"{int(found.target * 100)}",
        "width": 0 if share is None else share / 100,
        "missing": 0 if found.margin is None else max(0, -found.margin),
    }


@require_safe
@role_required(*LOOKERS)
@only_filters("year", "unit")
def dashboard_view(request: HttpRequest) -> HttpResponse:
    """The five figures of a year and unit."""
    form = ScopeForm(request.GET, this_year=timezone.localdate().year)
    if not form.is_valid():
        return render(request, "reports/dashboard_view.html", {"form": form}, status=400)
    scope = form.scope
    context = {
        "form": form,
        "scope": scope,
        "query": query_of(scope.as_params()),
        "tiles": [tile(found) for found in figures(scope)],
        "units": coverage_by_unit(scope),
        "years": years_with_classes() or [scope.year],
        "now": timezone.now(),
    }
    return render(request, "reports/dashboard_view.html", context)


def query_of(params: dict[str, Any]) -> str:
    """The scope as an address has it."""
    return "&".join(f"{key}={value}" for key, value in params.items() if value is not None)


@require_safe
@role_required(*LOOKERS)
@only_filters("year", "unit", "page")
def kpi_rows(request: HttpRequest, kpi: str, side: str) -> HttpResponse:
    """Who stands above, below or between the lines of a figure."""
    if kpi not in set(Kpi) or side not in SIDES:
        raise Http404
    form = ScopeForm(request.GET, this_year=timezone.localdate().year)
    if not form.is_valid():
        return render(request, "reports/kpi_rows.html", {"form": form}, status=400)
    scope = form.scope
    rows = rows_behind(Kpi(kpi), side, scope)
    of_people = rows.model is get_user_model()
    joined = ("profile__unit", "profile__post") if of_people else (
        "person__profile__unit", "person__profile__post", "training_class",
    )  # fmt: skip
    page = Paginator(rows.select_related(*joined).order_by("pk"), PAGE).get_page(
        request.GET.get("page")
    )
    people = [row if of_people else row.person for row in page]
    context = {
        "form": form,
        "scope": scope,
        "query": query_of(scope.as_params()),
        "words": kpi_words()[Kpi(kpi)],
        "side": side,
        "is_gap": side == GAP,
        "page": page,
        "rows": list(zip(people, page, strict=True)),
        "of_people": of_people,
    }
    return render(request, "reports/kpi_rows.html", context)
