"""Which places a person is offered, by role. A place whose address does not exist is left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import roles

LEARNERS = frozenset({roles.TRAINEE})
TEACHERS = frozenset({roles.TRAINER, roles.GRADER})
OFFICE = frozenset({roles.HR, roles.FINANCE})
EXAM_OFFICE = frozenset({roles.OFFICER, roles.APPROVER})
AUTHORS = frozenset({roles.EDITOR, roles.REVIEWER, roles.AUTHOR, roles.ADMINISTRATOR})
# Those who study courses, teach them or put people into classes; others follow the address.
CATALOGUE = frozenset({roles.TRAINEE, roles.TRAINER, roles.HR})
CONTENT_KEEPERS = frozenset({roles.EDITOR, roles.REVIEWER, roles.AUDITOR})


@dataclass(frozen=True)
class Place:
    """One entry of the navigation; `under` are further addresses that belong to it."""

    label: str | Promise
    name: str
    roles: frozenset[str]
    icon: str = "right"
    under: tuple[str, ...] = ()
    tab: bool = True


@dataclass(frozen=True)
class Entry:
    """A place as it is drawn for one request."""

    label: str
    url: str
    icon: str
    current: bool = False
    text: str = ""


PLACES = (
    Place(_("Learning"), "portal:learner_home", LEARNERS, "book"),
    Place(_("Course catalogue"), "learning:catalogue_list", CATALOGUE, "list", tab=False),
    Place(_("Search my lessons"), "learning:lesson_search", LEARNERS, "search", tab=False),
    Place(_("Exams"), "exams:exam_list", LEARNERS, "pen", ("/exam/",)),
    Place(_("Results"), "exams:own_result_list", LEARNERS, "chart", ("/me/results/",), tab=False),
    Place(_("Certificates"), "certificates:certificate_wall", LEARNERS, "cert"),
    Place(_("Subsidy claims"), "subsidies:own_claim_list", LEARNERS, "money", tab=False),
    Place(_("Today"), "portal:teaching_home", TEACHERS, "home"),
    Place(pgettext_lazy("teaching", "Classes"), "training:teaching_class_list",
          frozenset({roles.TRAINER}), "users"),
    Place(_("Findings in study records"), "training:anomaly_list",
          frozenset({roles.TRAINER, roles.HR, roles.AUDITOR}), "target", tab=False),
    Place(_("Marking"), "exams:marking_queue", TEACHERS, "pen", ("/teach/marking/",)),
    Place(_("Practical work"), "exams:practical_queue", TEACHERS, "target", ("/teach/practical/",)),
    Place(_("Overview"), "portal:hr_home", OFFICE, "home", tab=False),
    Place(_("Indicators"), "reports:dashboard_view", frozenset({roles.HR}), "chart"),
    Place(_("Roster"), "people:person_list", frozenset({roles.HR}), "users", ("/hr/people/",)),
    Place(_("Classes"), "training:class_list", frozenset({roles.HR}), "calendar",
          ("/hr/classes/", "/hr/programmes/")),
    Place(_("Claims"), "subsidies:claim_list", OFFICE, "money", ("/hr/claims/",)),
    Place(_("Fees and payments"), "subsidies:finance_overview", frozenset({roles.FINANCE}),
          "money", ("/hr/finance/",)),
    Place(_("Reports"), "reports:report_list", frozenset({roles.HR}), "doc", ("/hr/reports/",)),
    Place(_("Exam results"), "exams:result_list", EXAM_OFFICE, "check", ("/results/",)),
    Place(_("Certificates issued"), "certificates:office_list", EXAM_OFFICE, "cert",
          ("/office/certificates/",)),
    Place(_("Audit"), "audit:audit_list", frozenset({roles.AUDITOR}), "shield"),
    Place(_("Lesson reviews"), "courses:review_list", CONTENT_KEEPERS, "check",
          ("/content/reviews/",)),
    Place(_("Course versions"), "courses:version_overview", CONTENT_KEEPERS, "doc",
          ("/content/versions/",)),
    Place(_("Flagged questions"), "courses:flag_list",
          frozenset({roles.AUTHOR, roles.AUDITOR}), "flag", ("/content/questions/",), tab=False),
    Place(_("Lesson hours"), "courses:hours_list", CONTENT_KEEPERS, "hour", ("/content/",)),
    Place(_("Roles"), "people:role_list", frozenset({roles.ADMINISTRATOR}), "key"),
    Place(_("Content and settings"), "wagtailadmin_home", AUTHORS, "edit", ("/admin/",)),
)  # fmt: skip

HOMES: tuple[tuple[frozenset[str], str, Any, Any, str], ...] = (
    (LEARNERS, "portal:learner_home", _("Learning"),
     _("Lessons, exams, certificates and subsidies of your own."), "book"),
    (TEACHERS, "portal:teaching_home", _("Teaching and marking"),
     _("Your classes and the work that waits for a mark."), "users"),
    (OFFICE, "portal:hr_home", _("Personnel and training"),
     _("People, classes, indicators, claims and reports."), "chart"),
    (EXAM_OFFICE, "exams:result_list", _("Exam office"),
     _("Results to submit and approve, certificates issued."), "check"),
    (AUTHORS, "wagtailadmin_home", _("Content and settings"),
     _("Courses, question bank, policies and settings."), "edit"),
    (frozenset({roles.AUDITOR}), "audit:audit_list", _("Audit"),
     _("Follow every figure back to its evidence."), "shield"),
)  # fmt: skip

AREAS = (
    ("/hr/", _("Personnel")),
    ("/teach/", _("Teaching")),
    ("/results/", _("Exam office")),
    ("/office/", _("Exam office")),
    ("/content/", pgettext_lazy("area", "Content")),
    ("/learn/", _("Academy")),
    ("/exam/", _("Academy")),
    ("/me/", _("Academy")),
)


@lru_cache(maxsize=256)
def address(name: str) -> str:
    """The address of a URL name, or nothing when no app offers it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def link(name: str, **kwargs: Any) -> str:
    """The address of one thing, or nothing when no app offers it."""
    try:
        return reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def entries(places: Iterable[Place], held: frozenset[str], path: str) -> list[Entry]:
    """The places these roles are offered; the one that holds `path` is current."""
    offered = [(place, address(place.name)) for place in places if not held.isdisjoint(place.roles)]
    offered = [(place, url) for place, url in offered if url]
    here = _longest(offered, path)
    return [Entry(str(place.label), url, place.icon, place is here) for place, url in offered]


def _longest(offered: list[tuple[Place, str]], path: str) -> Place | None:
    best, length = None, 0
    for place, url in offered:
        for prefix in (url, *place.under):
            if path.startswith(prefix) and len(prefix) > length:
                best, length = place, len(prefix)
    return best


def homes(held: frozenset[str]) -> list[Entry]:
    """The start pages a person may choose from, in the order people work."""
    return [
        Entry(str(label), address(name), icon, text=str(text))
        for wanted, name, label, text, icon in HOMES
        if not held.isdisjoint(wanted) and address(name)
    ]


def area(path: str) -> str:
    """The part of the platform an address belongs to, for the line beside the brand."""
    return next((str(label) for prefix, label in AREAS if path.startswith(prefix)), "")
