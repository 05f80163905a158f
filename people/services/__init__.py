from people.services.accounts import (
    grant_role,
    reveal_id_number,
    seal_bank_account,
    seal_id_number,
    set_active,
    update_person,
    withdraw_role,
)
from people.services.organisation import save_competency, save_post, save_unit, set_working_hours
from people.services.role_permissions import sync_roles
from people.services.roster import (
    RosterResult,
    check_batch,
    check_roster,
    choose_sheet,
    import_roster,
    start_writing,
    upload_roster,
    write_batch,
)
from people.services.setup import (
    break_glass,
    create_first_administrator,
    create_setup_link,
    is_setup_open,
    mend_glass,
)
from people.services.slips import PrintedSlip, find_open_slip, issue_slips, use_slip
from people.services.staff import create_staff

__all__ = [
    "PrintedSlip",
    "RosterResult",
    "break_glass",
    "check_batch",
    "check_roster",
    "choose_sheet",
    "create_first_administrator",
    "create_setup_link",
    "create_staff",
    "find_open_slip",
    "grant_role",
    "import_roster",
    "is_setup_open",
    "issue_slips",
    "mend_glass",
    "reveal_id_number",
    "save_competency",
    "save_post",
    "save_unit",
    "seal_bank_account",
    "seal_id_number",
    "set_active",
    "set_working_hours",
    "start_writing",
    "sync_roles",
    "update_person",
    "upload_roster",
    "use_slip",
    "withdraw_role",
    "write_batch",
]
