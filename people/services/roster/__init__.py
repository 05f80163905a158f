from people.services.roster.batches import (
    check_batch,
    choose_sheet,
    start_writing,
    upload_roster,
    write_batch,
)
from people.services.roster.importing import RosterResult, check_roster, import_roster

__all__ = [
    "RosterResult",
    "check_batch",
    "check_roster",
    "choose_sheet",
    "import_roster",
    "start_writing",
    "upload_roster",
    "write_batch",
]
