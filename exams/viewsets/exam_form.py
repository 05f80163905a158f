"""The editing form of an exam: the blueprint as lines of type, count and mark."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from exams.choices import QuestionType
from exams.models import Exam
from exams.services import ExamError
from exams.services.exams import check_blueprint


class ExamForm(WagtailAdminModelForm):
    """Saving publishes; refused while the bank is too small for the blueprint."""

    parts = forms.CharField(
        label=gettext_lazy("blueprint"),
        help_text=gettext_lazy("One part a line: type, number of questions, marks each."),
        widget=forms.Textarea(attrs={"rows": 9}),
    )

    class Meta:
        model = Exam
        fields = ["code", "title", "duration_minutes", "instructions"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["parts"] = blueprint_text(self.instance.blueprint)

    def clean_parts(self) -> str:
        """Also leaves the blueprint on the instance."""
        text: str = self.cleaned_data["parts"]
        try:
            self.instance.blueprint = read_parts(text)
            check_blueprint(self.instance.blueprint)
        except ExamError as error:
            raise forms.ValidationError(error.message) from error
        return text


def blueprint_text(blueprint: list[dict[str, Any]]) -> str:
    """The lines of a blueprint, types by their names."""
    names = dict(QuestionType.choices)
    return "\n".join(
        f"{names.get(part['type'], part['type'])} {part['count']} {part['mark']}"
        for part in blueprint
    )


def read_parts(text: str) -> list[dict[str, Any]]:
    """The blueprint of such lines. Raises ExamError naming the line."""
    types = {str(label).casefold(): value for value, label in QuestionType.choices}
    types |= {value: value for value in QuestionType.values}
    parts = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace("，", " ").replace(",", " ").rsplit(maxsplit=2)
        if not words:
            continue
        if len(words) != 3 or words[0].casefold() not in types or not words[1].isdecimal():
            raise ExamError(
                "blueprint",
                _("Line %(number)s: write a type, a number of questions and their marks.")
                % {"number": number},
            )
        type_ = types[words[0].casefold()]
        parts.append({"type": type_, "count": int(words[1]), "mark": words[2]})
    return parts
