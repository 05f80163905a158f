"""The terms of a version in words, with the labels of its form."""

from typing import Any

from django.utils.translation import gettext as _

from kit.money import format_yuan
from subsidies.models import PolicyVersion
from subsidies.viewsets.version_form import PLAIN, PolicyVersionForm

FLAGS = {"stackable", "requires_certificate", "requires_pass", "requires_unemployment"}


def terms_in_words(version: PolicyVersion) -> list[tuple[str, str]]:
    """Label and value of every term."""
    fields = PolicyVersionForm.base_fields
    terms = version.terms
    rows = [(str(fields[name].label), _word(name, getattr(terms, name))) for name in PLAIN]
    cap = "—" if terms.cap_fen is None else format_yuan(terms.cap_fen)
    papers = dict(fields["documents"].choices)
    listed = "、".join(str(papers.get(kind, kind)) for kind in terms.documents)
    return [*rows, (str(fields["cap"].label), cap), (str(fields["documents"].label), listed or "—")]


def _word(name: str, value: Any) -> str:
    if name in FLAGS:
        return _("yes") if value else _("no")
    choices = dict(getattr(PolicyVersionForm.base_fields[name], "choices", ()))
    return str(choices.get(value, "—" if value in (None, "") else value))
