"""A quick check that asks a question of the practice pool."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser

from courses.blocks.check import PREVIEW
from courses.blocks.groups import PRACTICE
from courses.rules.checks import Words, check_words, summary
from exams.choices import QuestionState
from exams.models import Question


def words_of(question: Question) -> Words:
    """The published words of a question; it has been published, or KeyError says so."""
    version = question.live_version
    if version is None:
        raise KeyError(question.code)
    return check_words(
        content=version.content, key=version.key, stem=version.stem,
        explanation=version.explanation, code=question.code, version=version.pk,
    )  # fmt: skip


def words_by_question(ids: Iterable[int]) -> dict[int, Words]:
    """Question id → its published words; one query, none for no ids."""
    wanted = set(ids)
    found = Question.objects.worded_practice().filter(pk__in=wanted) if wanted else ()
    return {question.pk: words_of(question) for question in found}


class PracticeChooser(BaseChooser):
    """Choosing from the practice pool; shows the question with its options and the right one."""

    model = "exams.Question"
    chooser_modal_url_name = "practice_chooser:choose"
    choose_one_text = _("Choose from the practice pool")
    choose_another_text = _("Choose another question")
    show_edit_link = False
    icon = "help"

    def get_instance(self, value: Any) -> Question | None:
        if isinstance(value, Question):
            return value
        if not str(value).isdecimal():
            return None
        return Question.objects.worded_practice().filter(pk=value).first()

    def get_display_title(self, instance: Question) -> str:
        said = summary(words_of(instance))
        if instance.state == QuestionState.RETIRED:
            return str(_("WITHDRAWN, choose another: %(question)s") % {"question": said})
        return said


class QuestionCheckBlock(blocks.ChooserBlock):
    """One question of the practice pool. Publishing the lesson freezes its words."""

    target_model = "exams.Question"

    class Meta:
        icon = "help"
        group = PRACTICE
        label = _("Quick check")
        template = "blocks/check.html"
        preview_value = PREVIEW
        description = _("A question of the practice pool, without marks; it is explained after")

    @cached_property
    def widget(self) -> PracticeChooser:
        return PracticeChooser()

    @cached_property
    def field(self) -> forms.ModelChoiceField[Question]:
        return forms.ModelChoiceField(
            queryset=Question.objects.worded_practice(),
            widget=self.widget,
            required=self._required,
            help_text=self._help_text,
        )

    def to_python(self, value: Any) -> Question | None:
        return self.widget.get_instance(value)

    def value_from_form(self, value: Any) -> Question | None:
        return self.widget.get_instance(value)

    def bulk_to_python(self, values: Any) -> list[Question | None]:
        """One query for all checks of a lesson."""
        found = Question.objects.worded_practice().in_bulk(values)
        return [found.get(pk) for pk in values]

    def asked(self, value: Question) -> Words:
        """What a learner is asked."""
        return words_of(value)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["value"] = words_of(value) if isinstance(value, Question) else value
        return context

    def render(self, value: Any, context: Any = None) -> str:
        """Nothing while no question has been chosen."""
        rendered: str = super().render(value, context) if value else ""
        return rendered
