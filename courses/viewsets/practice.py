"""Choosing a question of the practice pool for a lesson. The exam pool is not to be seen here."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as generic
from wagtail.admin.viewsets.chooser import ChooserViewSet

from courses.blocks.question_check import words_of
from courses.permissions import reads_practice_pool
from courses.rules.checks import summary
from courses.viewsets.chosen import ByNumber
from exams.models import Question


def choosable() -> QuerySet[Question]:
    """What a lesson may ask, with its wording."""
    return Question.objects.practised().select_related("live_version", "topic")


class PracticeFilter(BaseFilterForm):
    """Finding a question by its code, its words or its topic."""

    q = forms.CharField(
        label=_("Search term"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("Code, words or topic")}),
    )

    def filter(self, objects: QuerySet[Question]) -> QuerySet[Question]:
        found: QuerySet[Question] = super().filter(objects)
        asked = self.cleaned_data["q"].strip()
        if asked:
            self.is_searching, self.search_query = True, asked
            found = found.filter(
                Q(code__icontains=asked)
                | Q(live_version__stem__icontains=asked)
                | Q(topic__name__icontains=asked)
                | Q(topic__slug__icontains=asked)
            )
        return found


class ForPracticeReaders:
    """Those who write and review lessons and questions."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not reads_practice_pool(request.user):
            raise PermissionDenied
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class Listing(ForPracticeReaders):
    """Code, question with its options, topic."""

    filter_form_class = PracticeFilter

    def get_object_list(self) -> QuerySet[Question]:
        return choosable()

    def can_create(self) -> bool:
        return False

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,  # type: ignore[attr-defined]
            Column("words", label=_("Question"), accessor=lambda one: summary(words_of(one))),
            Column("topic", label=_("topic")),
        ]


class Chosen(ForPracticeReaders):
    """The answer of the chooser: what the lesson's editor shows."""

    def get_object(self, pk: Any) -> Question:
        return choosable().get(pk=pk)

    def get_objects(self, pks: list[str]) -> QuerySet[Question]:
        return choosable().filter(pk__in=pks)

    def get_display_title(self, instance: Question) -> str:
        return summary(words_of(instance))

    def get_edit_item_url(self, instance: Question) -> None:
        return None


class PracticeChooseView(Listing, generic.ChooseView):
    """The chooser."""


class PracticeResultsView(Listing, generic.ChooseResultsView):
    """Its list."""


class PracticeChosenView(ByNumber, Chosen, generic.ChosenView):
    """One chosen."""


class PracticeChosenMultipleView(ByNumber, Chosen, generic.ChosenMultipleView):
    """Several chosen."""


class PracticeChooserViewSet(ChooserViewSet):
    """The practice pool, to read."""

    model = Question
    icon = "help"
    choose_one_text = _("Choose from the practice pool")
    choose_another_text = _("Choose another question")
    register_widget = False
    choose_view_class = PracticeChooseView
    choose_results_view_class = PracticeResultsView
    chosen_view_class = PracticeChosenView
    chosen_multiple_view_class = PracticeChosenMultipleView

    def get_urlpatterns(self) -> list[URLPattern]:
        """Questions are written in the bank, not from inside a lesson."""
        return [each for each in super().get_urlpatterns() if each.name != "create"]

    def get_object_list(self) -> QuerySet[Question]:
        return choosable()
