from reports.services.exporting import run_export, start_export, write_report
from reports.services.freezing import clean_orphans, freeze_pack, make_packs, start_packs

__all__ = [
    "clean_orphans",
    "freeze_pack",
    "make_packs",
    "run_export",
    "start_export",
    "start_packs",
    "write_report",
]
