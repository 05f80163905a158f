"""The start page of trainers and graders."""

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.portal.queries.teaching import my_classes, queues, sessions_of_day, sheets_missing
from people import roles
from people.permissions import role_required
from people.roles import has_role

MOST_SHEETS = 5


@require_safe
@role_required(roles.TRAINER, roles.GRADER)
def teaching_home(request: HttpRequest) -> HttpResponse:
    """Today's sessions, my classes and the queues that wait for a mark."""
    at = timezone.now()
    today = timezone.localdate(at)
    begin = timezone.make_aware(datetime.combine(today, time.min))
    context = {"today": today, "queues": queues(request.user), "at": at}
    if has_role(request.user, roles.TRAINER):
        missing = list(sheets_missing(request.user, at)[: MOST_SHEETS + 1])
        context |= {
            "teaches": True,
            "classes": my_classes(request.user),
            "sessions": sessions_of_day(request.user, begin, begin + timedelta(days=1)),
            "sheets": missing[:MOST_SHEETS],
            "more_sheets": len(missing) > MOST_SHEETS,
        }
    return render(request, "portal/teaching_home.html", context)
