"""What a site still lacks before classes can end in certificates, in words, and who mends it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lms.portal import nav
from people import roles
from people.models import User
from subsidies.models import PolicyVersion
from training.models import Programme

# Without one of each no class ends in a certificate: they run it, teach, mark, submit, approve.
NEEDED = (roles.HR, roles.TRAINER, roles.GRADER, roles.OFFICER, roles.APPROVER)


@dataclass(frozen=True)
class Gap:
    """One thing to set: what, why, the role that can, and where that role does it."""

    what: str
    why: str
    role: str
    place: str

    @property
    def who(self) -> str:
        """The role in words."""
        return str(roles.LABELS[self.role])

    def url_for(self, held: frozenset[str]) -> str:
        """The address of the place for people with that role, else nothing."""
        return nav.address(self.place) if self.role in held else ""


def site_gaps(on: date) -> list[Gap]:
    """Everything that is not set yet, in the order it is needed; empty on a site that works."""
    return [*_people(), *_programmes(), *_policies(on)]


def rows_for(user: Any, on: date) -> list[dict[str, Any]]:
    """The gaps with the link of those this person can mend."""
    held = roles.roles_of(user)
    return [{"gap": gap, "url": gap.url_for(held)} for gap in site_gaps(on)]


def _people() -> list[Gap]:
    held = User.objects.filter(is_active=True, groups__name__in=NEEDED)
    there = set(held.values_list("groups__name", flat=True))
    lacking = [str(roles.LABELS[role]) for role in NEEDED if role not in there]
    if not lacking:
        return []
    return [
        Gap(
            _("Nobody has these roles yet: %(roles)s") % {"roles": "、".join(lacking)},
            _("A class needs one of each: they run it, teach, mark, submit and approve."),
            roles.ADMINISTRATOR,
            "people:role_list",
        )
    ]


def _programmes() -> list[Gap]:
    programmes = list(
        Programme.objects.select_related("certificate_scheme", "assessment_scheme").order_by("code")
    )
    if not programmes:
        return [
            Gap(
                _("There is no programme yet"),
                _("A class is opened from a programme: courses, exam, demands and price."),
                roles.HR,
                "training:programme_list",
            )
        ]
    return [gap for programme in programmes for gap in _of_programme(programme)]


def _of_programme(programme: Programme) -> list[Gap]:
    found = []
    name = {"programme": programme.title}
    scheme = programme.assessment_scheme
    if programme.exam_id is None or scheme is None or scheme.published_at is None:
        what = _("%(programme)s has no theory exam or no published assessment scheme") % name
        why = _("Its classes cannot be filed or opened.")
        found.append(Gap(what, why, roles.HR, "training:programme_list"))
    if not programme.issuer:
        what = _("%(programme)s names no training body") % name
        why = _("Its name stands on forms and is proposed as the issuer. Check the price too.")
        found.append(Gap(what, why, roles.HR, "training:programme_list"))
    if not hasattr(programme, "certificate_scheme"):
        what = _("%(programme)s has no certificate scheme") % name
        why = _("Results are approved, but no certificate is issued until the issuer is recorded.")
        found.append(Gap(what, why, roles.OFFICER, "certificatescheme:index"))
    return found


def _policies(on: date) -> list[Gap]:
    if PolicyVersion.objects.in_force(on).exists():
        return []
    return [
        Gap(
            _("No subsidy policy is in force"),
            _("Check the drafts against the official documents and publish them."),
            roles.ADMINISTRATOR,
            "policyversion:index",
        )
    ]
