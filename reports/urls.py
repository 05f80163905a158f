from django.urls import path

from reports.views import dashboard, exports, packs

app_name = "reports"
urlpatterns = [
    path("hr/dashboard/", dashboard.dashboard_view, name="dashboard_view"),
    path("hr/dashboard/<slug:kpi>/<slug:side>/", dashboard.kpi_rows, name="kpi_rows"),
    path("hr/reports/", exports.report_list, name="report_list"),
    path("hr/reports/export/", exports.export_start, name="export_start"),
    path("hr/classes/<int:pk>/pack/", packs.class_pack, name="class_pack"),
    path("hr/classes/<int:pk>/pack/<int:enrolment_pk>/", packs.person_pack, name="person_pack"),
    path("me/pack/", packs.own_pack_list, name="own_pack_list"),
    path("me/pack/<int:enrolment_pk>/", packs.own_pack, name="own_pack"),
]
