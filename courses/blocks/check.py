"""A question in passing, without marks."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import PRACTICE

# The check that the picker previews, of both kinds.
PREVIEW: dict[str, Any] = {
    "stem": "某条广告 ROI 为 1.2，毛利率 30%，是赚还是亏？",
    "options": ["赚", "保本", "亏"],
    "answer": 2,
    "explanation": "每投 1 元收回 2.2 元，毛利 0.66 元，比 1 元少 0.34 元。",
}


class CheckBlock(blocks.StructBlock):
    """A check in words: what a published lesson holds. Authors choose a `QuestionCheckBlock`.

    One stem, two to six options, the number of the right one counted from 0; code and version
    say which question of the bank it was, empty on lessons from before there were any.
    """

    stem = blocks.TextBlock(label=_("Question"), rows=2)
    options = blocks.ListBlock(
        blocks.CharBlock(label=_("Option")), label=_("Options"), min_num=2, max_num=6
    )
    answer = blocks.IntegerBlock(
        label=_("Right option"), min_value=0, help_text=_("Counted from 0: the first option is 0")
    )
    explanation = blocks.TextBlock(label=_("Explanation"), rows=2)
    code = blocks.CharBlock(label=_("Code in the bank"), required=False)
    version = blocks.IntegerBlock(label=_("Version in the bank"), required=False)

    class Meta:
        icon = "help"
        group = PRACTICE
        label = _("Quick check in words (of older lessons)")
        template = "blocks/check.html"
        preview_value = PREVIEW
        description = _("A question without marks; the explanation follows the answer")

    def asked(self, value: Any) -> dict[str, Any]:
        """What a learner is asked."""
        raw: dict[str, Any] = self.get_prep_value(value)
        return {name: each for name, each in raw.items() if each not in (None, "")}

    def clean(self, value: Any) -> Any:
        """The right option must be one of the options; a draft may still lack it."""
        cleaned = super().clean(value)
        answer, options = cleaned["answer"], cleaned["options"]
        if answer is not None and options and answer >= len(options):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "answer": ValidationError(
                        _("There is no option with this number; count from 0.")
                    )
                }
            )
        return cleaned
