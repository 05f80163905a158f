"""Addresses of certificates."""

from django.urls import path

from certificates.views import holder, office, schemes, verifying

app_name = "certificates"

urlpatterns = [
    path("me/certificates/", holder.certificate_wall, name="certificate_wall"),
    path("certificates/<uuid:uid>/file/", holder.certificate_file, name="certificate_file"),
    path("verify/", verifying.verify_form, name="verify_form"),
    path("verify/<str:code>/", verifying.verify_code, name="verify_code"),
    path("office/certificates/", office.office_list, name="office_list"),
    path("office/certificates/missing/", office.missing_issue, name="missing_issue"),
    path("office/certificates/schemes/", schemes.scheme_list, name="scheme_list"),
    path("office/certificates/schemes/<int:pk>/", schemes.scheme_edit, name="scheme_edit"),
    path("office/certificates/<uuid:uid>/", office.office_detail, name="office_detail"),
    path("office/certificates/<uuid:uid>/paper/", office.paper_rerun, name="paper_rerun"),
    path(
        "office/certificates/<uuid:uid>/revocation/",
        office.revocation_request,
        name="revocation_request",
    ),
    path(
        "office/certificates/revocations/<int:pk>/",
        office.revocation_decide,
        name="revocation_decide",
    ),
]
