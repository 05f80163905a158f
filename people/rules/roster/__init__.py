from people.rules.roster.columns import EXPECTED, TITLES, MatchedColumns, match_columns
from people.rules.roster.rows import ReadRow, read_row
from people.rules.roster.together import check_duplicates, check_supervisors, shared_bank_accounts
from people.rules.roster.values import Fault, Flag, visible

__all__ = [
    "EXPECTED",
    "TITLES",
    "Fault",
    "Flag",
    "MatchedColumns",
    "ReadRow",
    "check_duplicates",
    "check_supervisors",
    "match_columns",
    "read_row",
    "shared_bank_accounts",
    "visible",
]
