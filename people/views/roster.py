"""Importing a roster: upload, look at what it would do, write."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kit.http import private_file_response, typed_text
from kit.refusing import Refused
from kit.spreadsheets import Column, write_xlsx
from people import services
from people.choices import ImportState, RowOutcome
from people.forms.records import RosterUploadForm, RosterWriteForm
from people.models import RosterImport
from people.permissions import role_required
from people.roles import ADMINISTRATOR, HR
from people.rules.roster import EXPECTED
from people.rules.roster.values import CATEGORIES, FAMILIES, ID_TYPES
from people.services.roster.words import remarks_of, worded, worded_flags

WAITING = {ImportState.UPLOADED, ImportState.WRITING}
SHOWN = 500


@role_required(HR, ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def roster_import(request: HttpRequest) -> HttpResponse:
    """Upload a roster; see those that came before."""
    form = RosterUploadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
    )
    if form.is_valid():
        try:
            batch = services.upload_roster(
                file=form.cleaned_data["file"], by=request.user, at=timezone.now()
            )
        except Refused as error:
            form.add_error("file", error.message)
        else:
            return redirect("people:roster_detail", batch.pk)
    imports = RosterImport.objects.visible_to(request.user).select_related("owner")[:30]
    context = {"form": form, "imports": imports}
    status = 400 if form.is_bound else 200
    return render(request, "people/roster_import.html", context, status=status)


@role_required(HR, ADMINISTRATOR)
@require_GET
def roster_detail(request: HttpRequest, pk: Any) -> HttpResponse:
    """What a file would do, or did."""
    batches = RosterImport.objects.visible_to(request.user).select_related("job", "owner")
    batch = get_object_or_404(batches, pk=pk)
    column = request.GET.get("column", "")
    errors = [error for error in batch.errors if not column or error["column"] == column]
    flags = worded_flags(batch.flags[:SHOWN])
    same = batch.rows.filter(outcome=RowOutcome.SAME).count()
    earlier = (
        RosterImport.objects.filter(file_sha256=batch.file_sha256, state=ImportState.WRITTEN)
        .exclude(pk=batch.pk)
        .first()
    )
    context = {
        "batch": batch,
        "waiting": batch.state in WAITING,
        "errors": worded(errors[:SHOWN]),
        "flags": flags,
        "remarks": remarks_of(batch.remarks),
        "more_errors": max(0, len(errors) - SHOWN),
        "error_columns": Counter(error["column"] for error in batch.errors).most_common(),
        "column": column,
        "same": same,
        "earlier": earlier,
        "writable": batch.created + batch.updated,
        "changed_rows": batch.rows.filter(outcome=RowOutcome.UPDATE)[:SHOWN],
    }
    return render(request, "people/roster_detail.html", context)


@role_required(HR, ADMINISTRATOR)
@require_POST
def roster_sheet(request: HttpRequest, pk: Any) -> HttpResponse:
    """Which sheet of a file holds the people."""
    batch = get_object_or_404(RosterImport.objects.visible_to(request.user), pk=pk)
    try:
        services.choose_sheet(
            batch_id=batch.pk,
            sheet=typed_text(request.POST, "sheet"),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as error:
        messages.error(request, error.message)
    return redirect("people:roster_detail", batch.pk)


@role_required(HR, ADMINISTRATOR)
@require_POST
def roster_write(request: HttpRequest, pk: Any) -> HttpResponse:
    """Have a checked file written."""
    batch = get_object_or_404(RosterImport.objects.visible_to(request.user), pk=pk)
    form = RosterWriteForm(request.POST)
    chosen = form.cleaned_data if form.is_valid() else {}
    try:
        services.start_writing(
            batch_id=batch.pk,
            by=request.user,
            at=timezone.now(),
            skip_bad=chosen.get("mode") == "good",
            allow_move=bool(chosen.get("allow_move")),
        )
    except Refused as error:
        messages.error(request, error.message)
    return redirect("people:roster_detail", batch.pk)


@role_required(HR, ADMINISTRATOR)
@require_GET
def roster_errors(request: HttpRequest, pk: Any) -> HttpResponseBase:
    """The rows to be mended, as a workbook."""
    batch = get_object_or_404(RosterImport.objects.visible_to(request.user), pk=pk)
    columns = [
        Column("row", _("Row"), "int"),
        Column("number", pgettext("person", "Number")),
        Column("name", pgettext("person", "Name")),
        Column("column", _("Column")),
        Column("value", _("Value"), width=30),
        Column("reason", _("What is wrong"), width=44),
        Column("remedy", _("What to do"), width=44),
    ]
    return _workbook(columns, worded(batch.errors), [], _("Rows to be mended"))


@role_required(HR, ADMINISTRATOR)
@require_GET
def roster_template(request: HttpRequest) -> HttpResponseBase:
    """An empty roster with the right titles and what may stand under them."""
    notes = [
        (_("Compulsory"), "姓名、证件号码"),
        ("证件类型", "、".join(ID_TYPES)),
        ("人员类别", "、".join(CATEGORIES)),
        ("岗位类别", "、".join(FAMILIES)),
        ("入职日期", "2026-01-05"),
        (_("Numbers of papers and accounts"), _("Format the column as text.")),
    ]
    columns = [Column(title, title) for title in EXPECTED]
    return _workbook(columns, [], notes, "花名册")


def _workbook(columns: list[Column], rows: Any, notes: Any, title: str) -> HttpResponseBase:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.xlsx"
        write_xlsx(path, sheet=title, columns=columns, rows=rows, notes=notes)
        return private_file_response(path.open("rb"), f"{title}.xlsx")
