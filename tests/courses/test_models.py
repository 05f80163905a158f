import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import RequestFactory
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase

from courses.models import CatalogPage, CoursePage, LessonPage, ModulePage
from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory, make_catalog
from tests.factories.learning import LessonProgressFactory


class TestTree(WagtailPageTestCase):
    def test_each_page_has_its_place(self):
        self.assertAllowedParentPageTypes(CatalogPage, {Page})
        self.assertAllowedParentPageTypes(CoursePage, {CatalogPage})
        self.assertAllowedParentPageTypes(ModulePage, {CoursePage})
        self.assertAllowedParentPageTypes(LessonPage, {ModulePage})
        self.assertAllowedSubpageTypes(CatalogPage, {CoursePage})
        self.assertAllowedSubpageTypes(CoursePage, {ModulePage})
        self.assertAllowedSubpageTypes(ModulePage, {LessonPage})
        self.assertAllowedSubpageTypes(LessonPage, {})

    def test_there_is_one_catalogue(self):
        make_catalog()

        assert CatalogPage.can_create_at(Page.objects.get(depth=1)) is False


pytestmark = pytest.mark.django_db


def test_pages_are_served_by_redirect_to_the_learners_address():
    lesson = LessonFactory()
    module = lesson.get_parent().specific
    course = module.get_parent().specific
    request = RequestFactory().get("/")

    assert course.serve(request).url == f"/learn/courses/{course.slug}/"
    assert module.serve(request).url == f"/learn/courses/{course.slug}/#{module.slug}"
    assert lesson.serve(request).url == f"/learn/lessons/{lesson.pk}/"
    assert make_catalog().serve(request).url == "/learn/"


def test_the_editors_see_the_learners_address(settings):
    settings.WAGTAILADMIN_BASE_URL = "http://lan:8000"
    course = CourseFactory(slug="platform-ops")

    assert (course.url, course.full_url) == (
        "/learn/courses/platform-ops/",
        "http://lan:8000/learn/courses/platform-ops/",
    )


def test_nothing_is_listed_to_search_engines():
    assert CourseFactory().get_sitemap_urls() == []


def test_codes_follow_the_slugs():
    lesson = LessonFactory(slug="pricing")

    assert lesson.lesson_slug == "pricing"
    assert CourseFactory(slug="marketing").code == "marketing"


def test_a_slug_that_is_not_ascii_is_refused():
    with pytest.raises(ValidationError) as error:
        CourseFactory(slug="平台运营")

    assert "slug" in error.value.message_dict


@pytest.mark.parametrize("seconds", [0, 6 * 3600 + 1])
def test_planned_seconds_stay_within_a_day(seconds):
    with pytest.raises(ValidationError) as error:
        LessonFactory(planned_seconds=seconds)

    assert list(error.value.message_dict) == ["planned_seconds"]


def test_the_database_refuses_a_lesson_without_seconds():
    lesson = LessonFactory()

    with pytest.raises(IntegrityError, match="plans_some"), transaction.atomic():
        LessonPage.objects.filter(pk=lesson.pk).update(planned_seconds=0)


def test_a_lesson_with_credited_time_cannot_be_deleted():
    progress = LessonProgressFactory(lesson=LessonFactory(module=ModuleFactory()))

    with pytest.raises(ProtectedError):
        progress.lesson.delete()
