"""Surveys of the trainee, follow-ups of trainee and supervisor."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluations import services
from evaluations.forms import FollowUpForm, SurveyForm
from evaluations.models import TransferFollowUp
from kit.http import only_filters
from kit.refusing import Refused
from training.models import Enrolment


@require_safe
@login_required
@only_filters()
def survey_list(request: HttpRequest) -> HttpResponse:
    """What I am asked, and what I have answered."""
    today = timezone.localdate()
    places = Enrolment.objects.filter(
        person_id=request.user.pk, training_class__opens_on__lte=today
    ).select_related("training_class", "survey")
    follow_ups = (
        TransferFollowUp.objects.visible_to(request.user)
        .filter(due_on__lte=today)
        .select_related("enrolment__person", "enrolment__training_class")
    )
    context = {"places": places, "follow_ups": follow_ups}
    return render(request, "evaluations/survey_list.html", context)


@login_required
def survey_give(request: HttpRequest, enrolment_id: int) -> HttpResponse:
    """The survey of one class."""
    place = get_object_or_404(
        Enrolment.objects.select_related("training_class"), pk=enrolment_id, person=request.user
    )
    posted = request.method == "POST"
    form = SurveyForm(request.POST if posted else None)
    if form.is_valid():
        try:
            services.give_survey(
                enrolment_id=place.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as error:
            form.add_error(None, error.message)
            return _page(request, form, place, status=409)
        messages.success(request, _("Thank you for your word."))
        return redirect("evaluations:survey_list")
    return _page(request, form, place, status=400 if posted else 200)


def _page(
    request: HttpRequest,
    form: forms.Form,
    place: Enrolment,
    *,
    status: int,
    follow_up: TransferFollowUp | None = None,
) -> HttpResponse:
    """The questions, with what was typed and what is wrong with it."""
    context = {"form": form, "place": place, "follow_up": follow_up}
    return render(request, "evaluations/survey_give.html", context, status=status)


@login_required
def follow_up_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The trainee's or supervisor's word three months later."""
    follow_up = get_object_or_404(
        TransferFollowUp.objects.visible_to(request.user).select_related(
            "enrolment__person", "enrolment__training_class"
        ),
        pk=pk,
    )
    posted = request.method == "POST"
    form = FollowUpForm(request.POST if posted else None)
    place = follow_up.enrolment
    if form.is_valid():
        try:
            services.answer_follow_up(
                follow_up_id=follow_up.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as error:
            form.add_error(None, error.message)
            return _page(request, form, place, status=409, follow_up=follow_up)
        messages.success(request, _("Thank you for your word."))
        return redirect("evaluations:survey_list")
    return _page(request, form, place, status=400 if posted else 200, follow_up=follow_up)
