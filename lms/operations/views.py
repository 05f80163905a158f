"""/healthz: this process answers. /readyz: the installation can work."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.operations.health import READY, look


@require_safe
@never_cache
def health_alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def health_ready(request: HttpRequest) -> JsonResponse:
    """200 when every check is well, else 503. Strangers learn the names of checks, no facts."""
    with override("en"):
        findings = look(READY, timezone.now())
    well = all(finding.well for finding in findings)
    checks = {finding.name: "ok" if finding.well else "fault" for finding in findings}
    return JsonResponse({"ready": well, "checks": checks}, status=200 if well else 503)
