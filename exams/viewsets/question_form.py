"""The editing form of a question: one text for options and key, whatever the type."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from exams.models import Question
from exams.rules.errors import RuleError
from exams.rules.notation import from_text, to_text
from exams.services.errors import from_rule

HELP = gettext_lazy(
    "Choices: one option a line, * before a right one. True or false: * 正确 or * 错误. "
    "Numeric: value | tolerance | unit. Fill in: a line per blank, answers parted by |. "
    "Ordering: lines in the right order. Matching: left = right. "
    "Short answer and case: key point | marks | keywords."
)


class QuestionForm(WagtailAdminModelForm):
    """Edits the draft; publishing freezes a version."""

    answers = forms.CharField(
        label=gettext_lazy("options and key"),
        help_text=HELP,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    publish_now = forms.BooleanField(
        label=gettext_lazy("publish now"),
        help_text=gettext_lazy("New papers draw this wording; papers already drawn keep theirs."),
        required=False,
        initial=True,
    )

    class Meta:
        model = Question
        fields = [
            "code", "topic", "pool", "type", "difficulty", "competency", "mark", "stem",
            "explanation",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        if question.pk:
            text = to_text(question.type, question.content, question.key)
            self.initial["answers"] = text
            self.fields["answers"].initial = text
            # Once published a question stays in its pool: what is posted here is not read.
            self.fields["pool"].disabled = question.live_version_id is not None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unchanged = self.instance.pk and not {"answers", "type"} & set(self.changed_data)
        if {"type", "answers"} <= set(cleaned) and not unchanged:
            try:
                body = from_text(cleaned["type"], cleaned["answers"])
                self.instance.content, self.instance.key = body
            except RuleError as error:
                self.add_error("answers", from_rule(error).message)
        if cleaned.get("mark") is not None and cleaned["mark"] <= 0:
            self.add_error("mark", _("A question is worth more than nothing."))
        return cleaned
