"""A lesson on its way to review: published once, changed by somebody, handed in."""

from tests.factories.courses import LessonFactory


def published_lesson():
    text = [("paragraph", f"<p>{'字' * 500}</p>")]  # two minutes of reading
    lesson = LessonFactory(body=text, title="旧题")
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    return lesson


def submit(lesson, by, title="新题"):
    """A draft by this person, handed to the workflow of the catalogue."""
    lesson.title = title
    lesson.save_revision(user=by)
    return lesson.get_workflow().start(lesson, by)
