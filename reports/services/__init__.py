from reports.services.exporting import run_export, start_export, write_report

__all__ = ["run_export", "start_export", "write_report"]
