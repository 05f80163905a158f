"""Who reads evidence packs, and who has them made."""

from typing import Any

from people import roles
from people.roles import has_role
from reports.choices import MONEY_READERS

# All classes; trainers read those they teach.
READERS = (roles.HR, roles.OFFICER, roles.APPROVER, roles.FINANCE, roles.AUDITOR)
MAKERS = (roles.HR, roles.AUDITOR)


def reads_money(user: Any) -> bool:
    """The person may see what was paid and claimed."""
    return has_role(user, *MONEY_READERS)


def makes_packs(user: Any) -> bool:
    """HR and auditors have the files of a class and of its people made."""
    return has_role(user, *MAKERS)
