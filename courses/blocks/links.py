"""Parts that lead elsewhere: to a practical task, or to a page outside on the list."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.groups import LINKS
from courses.rules.embeds import outside_host
from exams.models import PracticalTask


def task_choices() -> list[tuple[str, str]]:
    """The practical tasks in use, by code."""
    rows = PracticalTask.objects.filter(is_retired=False)
    return [(task.code, str(task)) for task in rows]


class TaskLinkBlock(blocks.StructBlock):
    """The way to a practical task; each person's own assignment is found when it is shown."""

    task = blocks.ChoiceBlock(label=_("Practical task"), choices=task_choices)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=160)

    class Meta:
        icon = "link"
        group = LINKS
        label = _("Practical task")
        template = "blocks/task_link.html"
        preview_value = {"task": "PT03", "note": "学完本课就可以做"}
        description = _("Leads to a practical task that is handed in and marked")


class EmbedBlock(blocks.StructBlock):
    """A page or video outside, as a link that names its host: nothing is loaded from there."""

    url = blocks.URLBlock(label=_("Address"), max_length=500)
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    note = blocks.CharBlock(label=_("What it shows"), required=False, max_length=160)

    class Meta:
        icon = "site"
        group = LINKS
        label = _("Page outside")
        template = "blocks/embed.html"
        preview_value = {
            "url": "https://www.samr.gov.cn/",
            "title": "国家市场监督管理总局",
            "note": "查阅广告法原文",
        }
        description = _("A link to a page on the list of allowed hosts; never loaded by itself")

    def clean(self, value: Any) -> Any:
        """Only hosts on the list, once it is published."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if outside_host(cleaned["url"], settings.COURSE_EMBED_HOSTS) is None:
            words = _("Only https pages of these hosts: %(hosts)s. Ask the administrator.") % {
                "hosts": "、".join(settings.COURSE_EMBED_HOSTS)
            }
            raise blocks.StructBlockValidationError(block_errors={"url": ValidationError(words)})
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["host"] = urlsplit(value["url"]).hostname or ""
        return context
