"""Words about people that templates need."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from people import roles
from people.permissions import keeps_people, keeps_roles

register = template.Library()
CONTROLS = {"\x00": "NUL", "\x07": "BEL", "\t": "TAB", "\n": "LF", "\r": "CR", "\x1b": "ESC"}


@register.simple_tag
def role_names(user: Any) -> str:
    """The roles of a person in words, in the order of the house."""
    held = {group.name for group in user.groups.all()}
    return "、".join(str(roles.LABELS[role]) for role in roles.ALL if role in held) or "—"


@register.simple_tag
def role_name(role: str) -> str:
    """A role in words."""
    return str(roles.LABELS[role])


@register.filter
def boxed(text: str) -> SafeString:
    """A text with its control characters shown by name in a box."""
    return format_html_join("", "{}", ((_box(sign),) for sign in str(text)))


def _box(sign: str) -> str:
    if ord(sign) >= 0x20 and not 0x7F <= ord(sign) < 0xA0:
        return sign
    return format_html('<span class="ctl">{}</span>', CONTROLS.get(sign, f"{ord(sign):02X}"))


@register.filter
def as_input(field: BoundField) -> SafeString:
    """A form field in our look; placeholders that only repeat the label are dropped."""
    widget = field.field.widget
    given = str(widget.attrs.get("class", ""))
    if widget.attrs.get("placeholder") == field.label:
        widget.attrs.pop("placeholder")
    plain = getattr(widget, "input_type", "") == "checkbox" or "input" in given
    return field.as_widget(attrs={} if plain else {"class": f"input {given}".strip()})


@register.simple_tag
def account_state(person: Any) -> tuple[str, str]:
    """The class and the words for the state of an account."""
    if not person.is_active:
        return "is-bad", gettext("disabled")
    if not person.has_usable_password():
        return "is-warn", gettext("no password yet")
    return "is-good", gettext("in use")


@register.inclusion_tag("people/_places.html", takes_context=True)
def places(context: dict[str, Any], place: str) -> dict[str, Any]:
    """The chips that lead from one screen about people to the next."""
    user = context["request"].user
    return {"place": place, "keeps_people": keeps_people(user), "keeps_roles": keeps_roles(user)}
