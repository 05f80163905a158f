"""Which lessons are meant for a person's post."""

from typing import Any

from courses.models import LessonPost
from people.models import Profile


def post_path(person: Any) -> frozenset[int]:
    """The lessons of the path of this person's post; none without a post. Two queries at most."""
    post = (
        Profile.objects.filter(user_id=person.pk, post__isnull=False)
        .values_list("post__path", "post__name")
        .first()
    )
    if post is None:
        return frozenset()
    path, name = post
    lessons = LessonPost.objects.filter(tag__name=path or name)
    return frozenset(lessons.values_list("content_object_id", flat=True))
