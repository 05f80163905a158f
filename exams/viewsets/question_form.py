"""The editing form of a question: one text for options and key, whatever the type."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from exams.choices import ScoringRule
from exams.models import Question
from exams.rules.errors import RuleError
from exams.rules.notation import from_text, to_text
from exams.rules.question_types import RULES
from exams.services.errors import from_rule

HELP = gettext_lazy(
    "Choices: one option a line, * before a right one. True or false: * 正确 or * 错误. "
    "Numeric: value | tolerance | unit. Fill in: a line per blank, answers parted by |. "
    "Ordering: lines in the right order. Matching: left = right. "
    "Short answer and case: key point | marks | keywords. "
    "Calculated: parameter | least | most | step, last = formula | tolerance | places | unit; "
    "the stem has {parameter}. Cloze: 选择 | weight | option | * right option, "
    "填空 | weight | answers, 数值 | weight | value | tolerance | unit; the stem has [[1]]."
)


class QuestionForm(WagtailAdminModelForm):
    """Edits the draft; publishing freezes a version."""

    answers = forms.CharField(
        label=gettext_lazy("options and key"),
        help_text=HELP,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    scoring = forms.ChoiceField(
        label=gettext_lazy("scoring"),
        help_text=gettext_lazy("For multiple choice, fill in, ordering, matching and cloze."),
        choices=[("", gettext_lazy("As usual for the type")), *ScoringRule.choices],
        required=False,
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
            self.initial["scoring"] = question.content.get("scoring", "")
            # Once published a question stays in its pool: what is posted here is not read.
            self.fields["pool"].disabled = question.live_version_id is not None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        unchanged = self.instance.pk and not {"answers", "type", "scoring"} & set(self.changed_data)
        if {"type", "answers", "scoring"} <= set(cleaned) and not unchanged:
            self._read_body(cleaned)
        if not self.errors:
            self._check_stem(cleaned)
        if cleaned.get("mark") is not None and cleaned["mark"] <= 0:
            self.add_error("mark", _("A question is worth more than nothing."))
        return cleaned

    def _read_body(self, cleaned: dict[str, Any]) -> None:
        try:
            body = from_text(cleaned["type"], cleaned["answers"], cleaned["scoring"])
            self.instance.content, self.instance.key = body
        except RuleError as error:
            field = "scoring" if error.code == "scoring" else "answers"
            self.add_error(field, from_rule(error).message)

    def _check_stem(self, cleaned: dict[str, Any]) -> None:
        try:
            RULES[cleaned["type"]].check_stem(cleaned["stem"], self.instance.content)
        except RuleError as error:
            self.add_error("stem", from_rule(error).message)
