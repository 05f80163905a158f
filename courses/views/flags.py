"""Questions to look at again after a figure of their lesson was changed."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.forms.flagging import FlagVerdictForm
from courses.models import QuestionFlag
from courses.queries import flag_readings, flag_rows, lessons_asking
from courses.services import decide_flags
from exams.models import Question
from exams.rules.notation import to_text
from kit.http import only_filters
from kit.refusing import Refused
from people.permissions import role_required
from people.roles import AUDITOR, AUTHOR, has_role

PAGE = 50


@role_required(AUTHOR, AUDITOR)
@require_safe
@only_filters("state", "page")
def flag_list(request: HttpRequest) -> HttpResponse:
    """Open flags, those that name a figure that is gone first; or the decided ones."""
    decided = request.GET.get("state") == "decided"
    rows = flag_rows(request.user, decided=decided)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "decided": decided,
    }
    return render(request, "courses/flag_list.html", context)


@role_required(AUTHOR, AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def flag_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A flagged question beside what its lesson said and says; authors decide."""
    flagged = QuestionFlag.objects.visible_to(request.user).values("question")
    questions = Question.objects.filter(pk__in=flagged).select_related("live_version")
    question = get_object_or_404(questions, pk=pk)
    form = FlagVerdictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decide_flags(question=question, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as error:
            if error.code not in form.fields:
                messages.error(request, error.message)
                return redirect("courses:flag_detail", pk=pk)
            form.add_error(error.code, error.message)
        else:
            messages.success(request, _("The decision was recorded."))
            return redirect("courses:flag_list")
    status = 422 if form.errors else 200
    return render(
        request, "courses/flag_detail.html", _context(request, question, form), None, status
    )


def _context(request: HttpRequest, question: Question, form: FlagVerdictForm) -> dict[str, Any]:
    flags = list(
        question.figure_flags.select_related(
            "wording", "before", "place__lesson_version", "place__course_version", "decided_by"
        )
    )
    waiting = [flag for flag in flags if not flag.verdict]
    if waiting and not form.is_bound:
        form.initial["seen"] = max(flag.pk for flag in waiting)
    wording = question.live_version if has_role(request.user, AUTHOR) else None
    return {
        "question": question,
        # Auditors follow the decision; keys of the exam pool stay with those who write them.
        "wording": wording,
        "answers": to_text(wording.type, wording.content, wording.key) if wording else "",
        "form": form,
        "waiting": flag_readings(waiting),
        "asked_in": lessons_asking(question),
        "decided": flag_readings(flag for flag in flags if flag.verdict),
    }
