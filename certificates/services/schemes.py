"""Saving what a programme's certificates say."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from certificates.models import CertificateScheme
from certificates.permissions import issues_certificates
from certificates.rules.numbers import ISSUER_CODE, KIND_CODE
from certificates.rules.wording import WordingFault, scheme_faults
from kit.identifiers import IdentifierError, parse_uscc
from kit.refusing import Refused
from training.models import Programme

FIELDS = (
    "title", "issuer_name", "issuer_uscc", "issuer_code", "kind_code", "validity_months",
    "signatories", "basis", "language",
)  # fmt: skip


def fault_message(fault: WordingFault) -> str:
    """A wording fault in the reader's language, with its remedy."""
    if fault.kind == "forbidden":
        return _(
            "“%(word)s” must not stand on a training certificate: it is kept for national, "
            "occupational or skill-level certificates. Leave it out."
        ) % {"word": fault.detail}
    if fault.kind == "needs_basis":
        return _(
            "“%(word)s” reads like an occupational title. Record its basis, or choose a name that "
            "says what was trained."
        ) % {"word": fault.detail}
    if fault.kind == "too_long":
        return _("Too long for the paper: at most %(limit)s Chinese characters.") % {
            "limit": fault.detail
        }
    return _("Fill this in.")


def faults_of(scheme: CertificateScheme) -> dict[str, list[str]]:
    """Everything that stops this scheme from being printed, by field."""
    faults: dict[str, list[str]] = {}
    for fault in scheme_faults(
        title=scheme.title,
        issuer_name=scheme.issuer_name,
        basis=scheme.basis,
        signatories=scheme.signatories,
    ):
        faults.setdefault(fault.field, []).append(fault_message(fault))
    if not ISSUER_CODE.fullmatch(scheme.issuer_code):
        faults["issuer_code"] = [_("Two to eight capital letters or digits.")]
    if not KIND_CODE.fullmatch(scheme.kind_code):
        faults["kind_code"] = [_("Exactly two capital letters or digits.")]
    if scheme.issuer_uscc:
        try:
            scheme.issuer_uscc = parse_uscc(scheme.issuer_uscc)
        except IdentifierError as error:
            faults["issuer_uscc"] = [_(error.message)]
    return faults


def save_scheme(*, programme: Programme, by: Any, at: datetime, **values: Any) -> CertificateScheme:
    """Make or change the scheme of a programme; certificates already issued keep their words.

    `values` are fields of CertificateScheme. `by` is an officer, or None for the loader.
    ValidationError (by field) for wording that may not be printed; Refused for others.
    """
    if by is not None and not issues_certificates(by):
        raise Refused("not_allowed", _("Only exam officers keep certificate schemes."))
    with transaction.atomic():
        scheme = CertificateScheme.objects.filter(programme=programme).first()
        scheme = scheme or CertificateScheme(programme=programme)
        for name in FIELDS:
            if name in values:
                setattr(scheme, name, values[name])
        if faults := faults_of(scheme):
            raise ValidationError(faults)
        scheme.save()
        detail = {name: getattr(scheme, name) for name in FIELDS}
        record(action="certificates.scheme_saved", at=at, actor=by, obj=scheme, detail=detail)
    return scheme
