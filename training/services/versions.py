"""Pinning a class to the course versions it runs on."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from courses.models import CoursePage, CourseVersion
from courses.services import freeze_course
from learning.services import move_grants
from training.choices import TAKING_PEOPLE
from training.errors import TrainingError
from training.models import ClassCourse, TrainingClass
from training.permissions import runs_classes
from training.services.admitting import refresh_admissions
from training.services.telling import tell_moved


def pin_versions(*, training_class: TrainingClass, at: datetime) -> list[ClassCourse]:
    """Fix the courses of a class in their versions of now; once pinned nothing changes.

    A course that is not published would be missing from the class for good, and its hours with
    it: the class is not pinned until HR has decided. Raises TrainingError: course_offline.
    """
    pinned = list(training_class.class_courses.all())
    if pinned:
        return pinned
    courses = list(training_class.programme.courses.order_by("path"))
    _refuse_offline(courses)
    versions = _newest(courses, at)
    return ClassCourse.objects.bulk_create(
        ClassCourse(
            training_class=training_class,
            course_id=version.course_id,
            version=version,
            pinned_at=at,
        )
        for version in versions
    )


def _refuse_offline(courses: list[CoursePage]) -> None:
    titles = "、".join(course.title for course in courses if not course.live)
    if titles:
        message = _(
            "Not published: %(titles)s. Have it published, or take it out of the programme, then"
            " try again."
        )
        raise TrainingError("course_offline", message % {"titles": titles})


def _newest(courses: Any, at: datetime) -> list[CourseVersion]:
    found = (freeze_course(course=course, at=at) for course in courses)
    return [version for version in found if version is not None]


@transaction.atomic
def move_to_newest(
    *, training_class: TrainingClass, reason: str, known_losses: int = 0, by: Any, at: datetime
) -> list[ClassCourse]:
    """Move a class that is still taking people to what is published now; returns what moved.

    Its people read the newer versions from then on, and their hours count by them; time that
    was credited stays, admissions are looked at anew. A course taken offline stays as it is.
    Whoever loses an admission is told, and so are the trainers and HR. `known_losses` is how
    many lost admissions the mover has been shown: the move is not made when there are more.
    Raises TrainingError: not_allowed, reason_needed, not_taking, is_newest, more_losses.
    """
    reason = " ".join(reason.split())
    locked = _locked_to_move(training_class, reason, by)
    moved = [row for row in locked.class_courses.select_related("course") if _moves(row, at)]
    if not moved:
        raise TrainingError("is_newest", _("The class runs on the newest versions already."))
    ClassCourse.objects.bulk_update(moved, ["version", "pinned_at"])
    sources = [place.context for place in locked.enrolments.all()]
    move_grants(sources=sources, versions=[row.version for row in moved])
    everybody = locked.enrolments.values_list("pk", flat=True)
    lost = refresh_admissions(training_class=locked, enrolment_ids=everybody, at=at)
    _refuse_unknown_losses(len(lost), known_losses)
    detail = {
        "versions": {row.course.code: row.version.number for row in moved},
        "lost_admissions": len(lost),
    }
    row = record(
        action="training.class_versions_moved", at=at, actor=by, obj=locked, detail=detail,
        reason=reason,
    )  # fmt: skip
    tell_moved(training_class=locked, lost=lost, reason=reason, key=f"class_moved:{row.pk}", at=at)
    return moved


def _locked_to_move(training_class: TrainingClass, reason: str, by: Any) -> TrainingClass:
    if not runs_classes(by):
        raise TrainingError("not_allowed", _("Only HR moves a class to newer course versions."))
    if not reason:
        message = _("Write down why the class moves: it is kept and told to those concerned.")
        raise TrainingError("reason_needed", message)
    locked = TrainingClass.objects.select_for_update(of=("self",)).get(pk=training_class.pk)
    if locked.state not in TAKING_PEOPLE:
        message = _("Only a class that is filed or open moves to newer course versions.")
        raise TrainingError("not_taking", message)
    return locked


def _refuse_unknown_losses(count: int, known: int) -> None:
    """Raised after the move was reckoned, in its transaction: the refusal takes it all back."""
    if count <= known:
        return
    message = ngettext(
        "%(count)d person would lose the admission to the exam. Tick that you know.",
        "%(count)d people would lose the admission to the exam. Tick that you know.",
        count,
    )
    raise TrainingError("more_losses", message % {"count": count})


def _moves(row: ClassCourse, at: datetime) -> bool:
    course: CoursePage = row.course
    newest = freeze_course(course=course, at=at) if course.live else None
    if newest is None or newest.pk == row.version_id:
        return False
    row.version, row.pinned_at = newest, at
    return True
