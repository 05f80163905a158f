from django.urls import path

from reports.views import dashboard, exports, pack_files, packs

app_name = "reports"
urlpatterns = [
    path("hr/dashboard/", dashboard.dashboard_view, name="dashboard_view"),
    path("hr/dashboard/<slug:kpi>/<slug:side>/", dashboard.kpi_rows, name="kpi_rows"),
    path("hr/reports/", exports.report_list, name="report_list"),
    path("hr/reports/export/", exports.export_start, name="export_start"),
    path("hr/classes/<int:pk>/pack/", packs.class_pack, name="class_pack"),
    path("hr/classes/<int:pk>/pack/<int:enrolment_pk>/", packs.person_pack, name="person_pack"),
    path("hr/classes/<int:pk>/pack/make/", pack_files.class_pack_make, name="class_pack_make"),
    path(
        "hr/classes/<int:pk>/pack/<int:enrolment_pk>/make/",
        pack_files.person_pack_make,
        name="person_pack_make",
    ),
    path("packs/<int:pk>/pdf/", pack_files.pack_download, {"kind": "pdf"}, name="pack_download"),
    path("packs/<int:pk>/json/", pack_files.pack_download, {"kind": "json"}, name="pack_content"),
    path("me/pack/<int:enrolment_pk>/make/", pack_files.own_pack_make, name="own_pack_make"),
    path("me/pack/", packs.own_pack_list, name="own_pack_list"),
    path("me/pack/<int:enrolment_pk>/", packs.own_pack, name="own_pack"),
]
