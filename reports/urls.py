from django.urls import path

from reports.views import dashboard, exports

app_name = "reports"
urlpatterns = [
    path("hr/dashboard/", dashboard.dashboard_view, name="dashboard_view"),
    path("hr/dashboard/<slug:kpi>/<slug:side>/", dashboard.kpi_rows, name="kpi_rows"),
    path("hr/reports/", exports.report_list, name="report_list"),
    path("hr/reports/export/", exports.export_start, name="export_start"),
]
