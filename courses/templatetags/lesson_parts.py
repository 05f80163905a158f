"""Small helpers of the block templates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from exams.models import PracticalTask, TaskAssignment

register = template.Library()


@register.filter
def letter(place: int) -> str:
    """The key of an option: 0 is "A"."""
    return chr(ord("A") + int(place))


@register.filter
def bytes_said(size: int) -> str:
    """A size as people say it, in decimal units: "12.4 MB"."""
    if size < 1_000_000:
        return f"{number_format(max(1, round(size / 1000)), use_l10n=True)} KB"
    return f"{number_format(size / 1_000_000, decimal_pos=1)} MB"


@register.filter
def seconds_said(seconds: int) -> str:
    """A length in words: "3 分 20 秒"."""
    minutes, rest = divmod(int(seconds), 60)
    said = [_("%(n)d min") % {"n": minutes}] if minutes else []
    if rest or not minutes:
        said.append(_("%(n)d s") % {"n": rest})
    return " ".join(said)


@register.simple_tag(takes_context=True)
def watching_of(context: Mapping[str, Any], media: Any) -> Any:
    """How far this person has watched a recording, where the page keeps it."""
    return (context.get("watching") or {}).get(media.pk)


@register.simple_tag(takes_context=True)
def practical_task(context: Mapping[str, Any], code: str) -> dict[str, Any]:
    """The task of this code and this person's own assignment of it; None where there is none."""
    user = getattr(context.get("request"), "user", None)
    mine = None
    if user is not None and user.is_authenticated:
        found = TaskAssignment.objects.visible_to(user).filter(task_version__task__code=code)
        mine = found.order_by("-pk").first()
    return {"task": PracticalTask.objects.filter(code=code).first(), "mine": mine}
