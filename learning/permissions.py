"""Facts about a person and a course."""

from typing import Any

from django.db.models import Q

from courses.models import CoursePage, LessonPage
from learning.models import CourseGrant
from people.roles import EDITOR, HR, REVIEWER, TRAINER, has_role


def previews_courses(user: Any) -> bool:
    """Staff who read every course without a grant, and earn no time by it."""
    return has_role(user, EDITOR, REVIEWER, TRAINER, HR)


def holds_grant(user: Any, course: CoursePage) -> bool:
    """Whether a grant that has not been revoked opens this course."""
    return CourseGrant.objects.standing().filter(person=user, course=course).exists()


def holds_grant_for(user: Any, lesson: LessonPage) -> bool:
    """Whether a standing grant opens this lesson: its course, or a version it stands in."""
    paths = [lesson.path[:end] for end in range(lesson.steplen, len(lesson.path), lesson.steplen)]
    opens = Q(course_version=None, course__path__in=paths)
    opens |= Q(course_version__places__lesson=lesson.pk)
    return CourseGrant.objects.standing().filter(opens, person=user).exists()


def reads_lesson(user: Any, lesson: LessonPage) -> bool:
    """Whether this person may open the lesson: by a grant, or as staff who preview."""
    return previews_courses(user) or holds_grant_for(user, lesson)
