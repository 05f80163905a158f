"""What a holder sees: the wall, and the paper."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from certificates.choices import CertificateState
from certificates.models import Certificate
from certificates.permissions import holds
from kit.http import private_file_response


@login_required
@require_safe
def certificate_wall(request: HttpRequest) -> HttpResponse:
    """One's own certificates, the newest first."""
    today = timezone.localdate()
    certificates = list(Certificate.objects.filter(person=request.user.pk))
    cards = [(each, each.shown_state(today)) for each in certificates]
    return render(request, "certificates/certificate_wall.html", {"cards": cards})


@login_required
@require_safe
def certificate_file(request: HttpRequest, uid: UUID) -> HttpResponseBase:
    """The paper: to its holder while it is not revoked, to the office always."""
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user), uid=uid)
    revoked = certificate.state == CertificateState.REVOKED
    if not certificate.file or (revoked and holds(request.user, certificate)):
        raise Http404
    return private_file_response(certificate.file, certificate.file_name)
