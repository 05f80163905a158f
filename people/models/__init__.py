from people.models.organisation import Competency, CompetencyItem, Post, Unit
from people.models.profile import Profile
from people.models.roster import RosterImport, RosterImportRow
from people.models.slip import ActivationSlip, SetupLink
from people.models.user import User
from people.models.working_hours import WorkingHours

__all__ = [
    "ActivationSlip",
    "Competency",
    "CompetencyItem",
    "Post",
    "Profile",
    "RosterImport",
    "RosterImportRow",
    "SetupLink",
    "Unit",
    "User",
    "WorkingHours",
]
