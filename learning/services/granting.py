"""Opening and closing courses to people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.services import record
from courses.models import CoursePage, CourseVersion
from learning.choices import EndReason
from learning.models import CourseGrant, StudySession
from learning.permissions import holds_grant_for
from learning.services.sessions import end_session, lock_person


def grant_courses(
    *,
    person: Any,
    courses: Iterable[CoursePage],
    source: str,
    at: datetime,
    versions: Iterable[CourseVersion] = (),
) -> list[CourseGrant]:
    """Open courses to a person. Granting twice from one source changes nothing.

    A course of which `versions` holds a version is opened as it was then.
    """
    wanted, pinned = list(courses), {version.course_id: version.pk for version in versions}
    with transaction.atomic():
        have = set(
            CourseGrant.objects.standing()
            .filter(person=person, source=source, course__in=wanted)
            .values_list("course_id", flat=True)
        )
        made = CourseGrant.objects.bulk_create(
            [
                CourseGrant(
                    person=person,
                    course=course,
                    course_version_id=pinned.get(course.pk),
                    source=source,
                    granted_at=at,
                )
                for course in wanted
                if course.pk not in have
            ],
            ignore_conflicts=True,
        )
        if made:
            detail = {"courses": [grant.course.code for grant in made], "source": source}
            record(action="learning.courses_granted", at=at, obj=person, detail=detail)
    return made


def move_grants(*, sources: Iterable[str], versions: Iterable[CourseVersion]) -> int:
    """Let the standing grants of these sources open these versions; returns how many moved.

    The caller holds the transaction and writes the audit row: it knows why.
    """
    moved = 0
    for version in versions:
        grants = CourseGrant.objects.standing().filter(source__in=list(sources))
        moved += grants.filter(course=version.course_id).update(course_version=version)
    return moved


def settle_grants(*, sources: Iterable[str], at: datetime) -> int:
    """These sources ask for no more study time; what they opened stays open. Returns how many.

    The caller holds the transaction and writes the audit row: it knows the result.
    """
    grants = CourseGrant.objects.unsettled().filter(source__in=list(sources))
    return int(grants.update(settled_at=at))


def revoke_courses(
    *, person: Any, source: str, at: datetime, courses: Iterable[CoursePage] | None = None
) -> int:
    """Close what this source opened (all of it, or the courses named). Returns how many.

    Time already credited stays. A session in a course that nothing opens any more ends.
    """
    with transaction.atomic():
        lock_person(person)
        grants = CourseGrant.objects.standing().filter(person=person, source=source)
        if courses is not None:
            grants = grants.filter(course__in=list(courses))
        codes = list(grants.values_list("course__code", flat=True))
        count = grants.update(revoked_at=at)
        if count:
            record(
                action="learning.courses_revoked",
                at=at,
                obj=person,
                detail={"courses": codes, "source": source},
            )
            _end_sessions_without_grant(person, at)
    return count


def _end_sessions_without_grant(person: Any, at: datetime) -> None:
    for session in StudySession.objects.filter(person=person, ended_at=None).select_related(
        "lesson"
    ):
        if not holds_grant_for(person, session.lesson):
            end_session(session, reason=EndReason.REVOKED, at=at)
