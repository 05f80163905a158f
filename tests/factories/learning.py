from datetime import UTC, datetime

import factory

from learning.models import Bookmark, CourseGrant, LessonNote, LessonProgress, StudySession
from tests.factories.courses import CourseFactory, LessonFactory
from tests.factories.people import UserFactory

LONG_AGO = datetime(2026, 3, 1, 2, tzinfo=UTC)


class CourseGrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CourseGrant

    person = factory.SubFactory(UserFactory)
    course = factory.LazyFunction(CourseFactory)
    source = "training.enrolment:1"
    granted_at = LONG_AGO


class StudySessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StudySession

    person = factory.SubFactory(UserFactory)
    lesson = factory.LazyFunction(LessonFactory)
    started_at = LONG_AGO
    last_beat_at = factory.SelfAttribute("started_at")


class LessonProgressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonProgress

    person = factory.SubFactory(UserFactory)
    lesson = factory.LazyFunction(LessonFactory)
    last_at = LONG_AGO


class LessonNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LessonNote

    person = factory.SubFactory(UserFactory)
    lesson = factory.LazyFunction(LessonFactory)
    text = "记一笔"
    writer = "a-page"
    saved_at = LONG_AGO


class BookmarkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Bookmark

    person = factory.SubFactory(UserFactory)
    lesson = factory.LazyFunction(LessonFactory)
    made_at = LONG_AGO
