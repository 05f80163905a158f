import json
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from audit.models import AuditRow
from courses.models import (
    CourseVersion,
    LessonPage,
    LessonPost,
    LessonText,
    LessonVersion,
    VersionChangedError,
    VersionLesson,
)
from courses.models.base import FrozenPageError
from courses.models.version import CourseVersionQuerySet
from courses.rules.versions import PLAIN, STREAMS
from courses.services import freeze_course, frozen_once, reindex_lessons
from tests.factories.courses import (
    CourseFactory,
    LessonFactory,
    ModuleFactory,
    lesson_of,
    make_catalog,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 13, 2, tzinfo=UTC)
BODY = [("paragraph", "<p>" + "字" * 600 + "</p>")]


def publish(page, **fields):
    """Publish a page through Wagtail, as its editor does."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def course():
    return CourseFactory(title="运营", slug="ops")


@pytest.fixture
def lesson(course):
    return lesson_of(course, title="定价", slug="pricing", body=BODY)


def numbers(course):
    return list(course.versions.order_by("number").values_list("number", flat=True))


def test_every_field_of_a_lesson_is_either_frozen_or_known_not_to_be_read():
    """A new field of LessonPage belongs into one of the two lists."""
    not_read = {"page_ptr", "lesson_slug", "quoted_words"}

    own = {field.name for field in LessonPage._meta.local_fields}

    assert own - not_read - {*PLAIN, *STREAMS} == set()


def test_publishing_a_lesson_freezes_its_course(course, lesson):
    publish(lesson, planned_seconds=100)

    version = course.versions.get()
    place = version.places.get()
    assert (version.number, version.title, str(version)) == (1, "运营", "运营 v1")
    assert version.outline["modules"] == [
        {"id": lesson.get_parent().pk, "title": lesson.get_parent().title,
         "slug": lesson.get_parent().slug}
    ]  # fmt: skip
    assert (place.lesson_version.title, place.lesson_version.planned_seconds) == ("定价", 100)
    assert (str(place.lesson_version), place.module, place.place) == ("定价 v1", 0, 0)
    assert str(place) == f"{version.pk} #0 {lesson.pk}"
    assert AuditRow.objects.filter(action="courses.version_frozen").count() == 1


def test_publishing_without_a_change_makes_no_version(course, lesson):
    publish(publish(lesson))
    publish(course)

    assert (numbers(course), LessonVersion.objects.count()) == ([1], 1)


def test_a_list_edited_without_a_change_makes_no_version(course, lesson):
    """Every saving in the editor may give the items of a list new ids."""
    block = {
        "type": "steps",
        "id": "6f2c",
        "value": {"title": "三步", "items": ["先看" * 5, "再想"]},
    }
    publish(lesson, body=json.dumps([block]), planned_seconds=1)
    items = [{"type": "item", "value": value, "id": f"x{value}"} for value in ("先看" * 5, "再想")]
    edited = block | {"value": {"title": "三步", "items": items}}

    publish(lesson, body=json.dumps([edited]))

    assert LessonVersion.objects.get().content["body"] == [block]
    assert numbers(course) == [1]


def test_a_changed_lesson_makes_a_version_and_shares_the_others(course, lesson):
    lesson_of(course)
    publish(lesson)

    publish(lesson, title="定价三问")

    assert (numbers(course), LessonVersion.objects.count()) == ([1, 2], 3)
    titles = [each.lesson_version.title for each in course.versions.get(number=2).places.all()]
    assert titles[0] == "定价三问"


def test_what_is_published_again_as_it_was_uses_its_old_row(course, lesson):
    publish(lesson, title="甲")
    publish(lesson, title="乙")
    publish(lesson, title="甲")

    used = [v.places.get().lesson_version.number for v in course.versions.order_by("number")]
    assert (numbers(course), used, LessonVersion.objects.count()) == ([1, 2, 3], [1, 2, 1], 2)


def test_a_draft_changes_nothing(course, lesson):
    publish(lesson)
    lesson.title = "草稿"

    lesson.save_revision()

    assert (freeze_course(course=course, at=AT).number, numbers(course)) == (1, [1])


def test_unpublishing_and_publishing_lessons_and_modules_makes_versions(course, lesson):
    other = lesson_of(course)
    publish(lesson)

    other.unpublish()
    lesson.get_parent().specific.unpublish()

    counts = [v.places.count() for v in course.versions.order_by("number")]
    assert counts == [2, 1, 0]


def test_moving_a_lesson_changes_both_courses(course, lesson):
    publish(lesson)
    there = ModuleFactory()
    other = there.get_parent().specific

    lesson.move(there, pos="last-child")

    assert (numbers(course), numbers(other)) == ([1, 2], [1])
    assert course.versions.newest().get().places.count() == 0
    assert other.versions.newest().get().places.get().lesson == lesson


def test_a_course_taken_offline_keeps_its_last_version(course, lesson):
    publish(lesson)

    publish(CourseFactory()).unpublish()
    course.unpublish()

    assert (freeze_course(course=course, at=AT).number, numbers(course)) == (1, [1])


def test_a_course_never_published_has_no_version():
    course = CourseFactory(live=False)

    assert (freeze_course(course=course, at=AT), numbers(course)) == (None, [])


def test_a_page_above_the_courses_freezes_nothing(course, lesson):
    publish(make_catalog())

    assert CourseVersion.objects.count() == 0


def test_pages_of_others_freeze_nothing(lesson):
    from wagtail.models import Page

    page = Page.objects.get(depth=1).add_child(instance=Page(title="站点", slug="site"))
    publish(page)

    assert CourseVersion.objects.count() == 0


def test_many_publishings_in_one_block_make_one_version(course, lesson):
    with transaction.atomic(), frozen_once(at=AT):
        publish(lesson, title="甲")
        publish(lesson, title="乙")

    assert (numbers(course), course.versions.get().published_at) == ([1], AT)


def test_a_block_that_fails_freezes_nothing(course, lesson):
    def goes_wrong():
        with transaction.atomic(), frozen_once(at=AT):
            publish(lesson, title="甲")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        goes_wrong()

    assert numbers(course) == []
    assert freeze_course(course=course, at=AT).number == 1


def test_publishing_and_freezing_stand_or_fall_together(course, lesson, monkeypatch):
    def fails(**kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr("courses.receivers.freeze_course", fails)

    with pytest.raises(RuntimeError, match="disk full"):
        publish(lesson, title="改过")

    assert LessonPage.objects.get(pk=lesson.pk).title == "定价"


def test_posts_are_part_of_a_version(course, lesson):
    publish(lesson)
    lesson.posts.add("客服")
    publish(lesson)

    assert LessonPost.objects.get().content_object == lesson
    assert LessonVersion.objects.get(number=2).content["posts"] == ["客服"]


def test_a_version_is_read_as_it_was(course, lesson):
    publish(lesson, body=[*BODY, ("heading", "先看")], sources="国标")
    publish(lesson, body=BODY, title="改了", sources="")

    old = LessonVersion.objects.select_related("lesson").get(number=1)
    page = old.reading()

    assert (page.pk, page.title, page.sources, page.version) == (lesson.pk, "定价", "国标", old)
    assert [part.block_type for part in page.body] == ["paragraph", "heading"]
    assert page.body[1].id == old.content["body"][1]["id"]
    assert (page.last_published_at, page.planned_seconds) == (old.frozen_at, 120)
    assert LessonPage.objects.get(pk=lesson.pk).title == "改了"


def test_a_course_is_read_as_it_was(course, lesson):
    publish(course, intro="旧")
    publish(course, intro="新", title="改了", slug="other")

    page = course.versions.get(number=1).reading()

    # The address follows the page: links of a class must lead somewhere.
    assert (page.pk, page.title, page.intro, page.slug) == (course.pk, "运营", "旧", "other")


def test_what_was_read_from_a_version_is_never_saved(course, lesson):
    publish(lesson)

    with pytest.raises(FrozenPageError):
        course.versions.get().reading().save()
    with pytest.raises(FrozenPageError):
        LessonVersion.objects.get().reading().save()


@pytest.mark.parametrize("model", [CourseVersion, LessonVersion, VersionLesson])
def test_versions_are_never_changed_or_deleted(model, course, lesson):
    publish(lesson)
    row = model.objects.get()

    with pytest.raises(VersionChangedError):
        row.save()
    with pytest.raises(VersionChangedError):
        row.delete()
    with pytest.raises(VersionChangedError):
        model.objects.all().delete()
    with pytest.raises(VersionChangedError):
        model.objects.update(pk=7)


def test_what_has_a_version_cannot_be_deleted(course, lesson):
    publish(lesson)

    for page in (lesson, course, lesson.get_parent()):
        with pytest.raises(ProtectedError), transaction.atomic():
            page.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        LessonPage.objects.filter(pk=lesson.pk).delete()


@pytest.mark.parametrize(
    ("model", "changed", "constraint"),
    [
        (CourseVersion, {}, "numbers_run_once|course_id"),
        (CourseVersion, {"number": 0}, "start_at_one"),
        (LessonVersion, {"digest": "1" * 64}, "numbers_run_once|number"),
        (LessonVersion, {"number": 2}, "stored_once|digest"),
        (LessonVersion, {"number": 2, "digest": "1", "planned_seconds": 0}, "some_seconds"),
        (VersionLesson, {"place": 5}, "once_a_version|lesson_id"),
    ],
)
def test_the_database_keeps_versions_apart(model, changed, constraint, course, lesson):
    publish(lesson)
    row = model.objects.get()
    row.pk, row._state.adding = None, True
    for name, value in changed.items():
        setattr(row, name, value)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_the_database_gives_a_place_to_one_lesson(course, lesson):
    publish(lesson)
    other = LessonFactory()
    place = VersionLesson.objects.get()

    with pytest.raises(IntegrityError, match=r"one_a_place|place"), transaction.atomic():
        VersionLesson.objects.create(
            course_version=place.course_version, lesson=other, module=0, place=0,
            lesson_version=place.lesson_version,
        )  # fmt: skip


def test_the_newest_version_of_each_course(course, lesson):
    publish(lesson)
    publish(lesson, title="新")
    other = publish(CourseFactory())

    found = CourseVersion.objects.newest().order_by("course")

    assert isinstance(found, CourseVersionQuerySet)
    assert [(one.course_id, one.number) for one in found] == [(course.pk, 2), (other.pk, 1)]


def test_freezing_writes_the_words_and_reindexing_writes_them_anew(course, lesson):
    publish(lesson, body=[*BODY, ("paragraph", "<p>直播运营看ROI</p>")])
    LessonText.objects.update(tokens="", text="")

    assert (reindex_lessons(), reindex_lessons()) == (1, 1)

    row = LessonText.objects.get()
    assert " 直播 播运 运营 营看 roi " in row.tokens
    assert row.text.startswith("定价 ")
    assert str(row) == str(row.version_id)
