from tests.access import Row

LOOKERS = {"hr", "auditor"}

ROWS = [
    Row("reports:dashboard_view", ok=LOOKERS),
    Row("reports:kpi_rows", ok=LOOKERS, kwargs=lambda w: {"kpi": "coverage", "side": "gap"}),
    Row("reports:report_list", ok=LOOKERS),
    Row(
        "reports:export_start",
        ok=LOOKERS,
        method="post",
        status=302,
        data=lambda w: {"kind": "completion", "format": "csv", "year": "2026"},
    ),
]
