"""Lessons by the day of their next review, and the note of the one just made."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.forms.reviewing import LessonReviewForm
from courses.models import LessonPage
from courses.queries import overdue_reviews, reviews_due
from courses.rules.reviewing import REVIEW_DAYS
from courses.services import record_lesson_review
from kit.http import only_filters
from kit.refusing import Refused
from people.permissions import role_required
from people.roles import AUDITOR, EDITOR, REVIEWER, has_role

PAGE = 50


@role_required(EDITOR, REVIEWER, AUDITOR)
@require_safe
@only_filters("state", "page")
def review_list(request: HttpRequest) -> HttpResponse:
    """Overdue lessons, or all of them, the longest overdue first."""
    today = timezone.localdate()
    everything = request.GET.get("state") == "all"
    rows = reviews_due() if everything else overdue_reviews(today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "page_range": page.paginator.get_elided_page_range(page.number),
        "everything": everything,
        "today": today,
        "days": REVIEW_DAYS,
    }
    return render(request, "courses/review_list.html", context)


@role_required(EDITOR, REVIEWER, AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What earlier reviews said of a lesson; editors and reviewers add theirs."""
    lesson = get_object_or_404(LessonPage.objects.live(), pk=pk)
    at = timezone.now()
    next_on = timezone.localdate(at) + timedelta(days=REVIEW_DAYS)
    form = LessonReviewForm(request.POST or None, initial={"next_on": next_on})
    if request.method == "POST" and form.is_valid():
        try:
            record_lesson_review(lesson=lesson, by=request.user, at=at, **form.cleaned_data)
        except Refused as error:
            form.add_error(error.code if error.code in form.fields else None, error.message)
        else:
            messages.success(request, _("The review was recorded."))
            return redirect("courses:review_detail", pk=pk)
    context = {
        "lesson": lesson,
        "form": form,
        "reviews": lesson.reviews.select_related("by"),
        "records": has_role(request.user, EDITOR, REVIEWER),
    }
    return render(
        request, "courses/review_detail.html", context, status=422 if form.errors else 200
    )
