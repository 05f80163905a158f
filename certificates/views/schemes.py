"""What the certificates of each programme say."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certificates import services
from certificates.forms import SchemeForm
from certificates.models import CertificateScheme
from people.permissions import role_required
from people.roles import OFFICER
from training.models import Programme


@role_required(OFFICER)
@require_safe
def scheme_list(request: HttpRequest) -> HttpResponse:
    """Programmes with their schemes, and those without."""
    programmes = Programme.objects.select_related("certificate_scheme").order_by("code")
    rows = [(each, getattr(each, "certificate_scheme", None)) for each in programmes]
    return render(request, "certificates/scheme_list.html", {"rows": rows})


@role_required(OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def scheme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Make or change one programme's scheme."""
    programme = get_object_or_404(Programme, pk=pk)
    scheme = CertificateScheme.objects.filter(programme=programme).first()
    form = SchemeForm(request.POST or None, instance=scheme, programme=programme)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_scheme(
                programme=programme, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved. Certificates already issued keep their words."))
            return redirect("certificates:scheme_list")
    context = {"form": form, "programme": programme, "scheme": scheme}
    status = 422 if form.errors else 200
    return render(request, "certificates/scheme_edit.html", context, status=status)
