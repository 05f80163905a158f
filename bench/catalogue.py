"""Lists at size: a catalogue of 2 000 courses, a class of 500, their pages by HTTP client.

Each list is asked for ten times by the person whose page it is; the median must keep the budget
of 500 ms and the queries must be those of a small installation. What misses is named, and the
run fails.
"""

import sys
import time
from datetime import UTC, datetime
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

COURSES, PEOPLE, TIMES = 2000, 500, 10
BUDGET_MS = 500
AT = datetime(2026, 3, 20, tzinfo=UTC)
POSTS = ("运营", "设计", "客服", "直播", "跨境", "数据")


def prepare_courses() -> list[int]:
    """2 000 courses with one module and three lessons each, as plain rows; ids of the courses."""
    from taggit.models import Tag
    from wagtail.models import Page

    from courses.models import CoursePage, LessonPage, LessonPost
    from courses.services import ensure_catalog

    top = ensure_catalog()
    made: list[Any] = []
    for number in range(COURSES):
        made += pages_of_course(Page._get_path(top.path, top.depth + 1, number + 1), number)
    save_pages(made)
    tags = [Tag.objects.get_or_create(name=name)[0] for name in POSTS]
    lessons = [each for each in made if isinstance(each, LessonPage)]
    LessonPost.objects.bulk_create(
        LessonPost(content_object_id=lesson.pk, tag=tags[place % len(tags)])
        for place, lesson in enumerate(lessons)
    )
    return [each.pk for each in made if isinstance(each, CoursePage)]


def pages_of_course(path: str, number: int) -> list[Any]:
    """A course, its module and its lessons, not saved."""
    from courses.choices import CourseField, Level
    from courses.models import CoursePage, LessonPage, ModulePage

    fields, slug = list(CourseField), f"bench-{number}"
    course = page(
        CoursePage, path, f"课程 {number:04d}", slug, code=slug, intro="按岗位学，学完能做。",
        field=fields[number % len(fields)],
    )  # fmt: skip
    module = page(ModulePage, f"{path}0001", "第一模块", f"{slug}-m")
    lessons = [
        page(
            LessonPage, f"{path}0001000{place}", f"第 {place} 课", f"{slug}-{place}",
            planned_seconds=1800, level=list(Level)[place - 1],
        )
        for place in (1, 2, 3)
    ]  # fmt: skip
    return [course, module, *lessons]


def page(model: Any, path: str, title: str, slug: str, **fields: Any) -> Any:
    """A published page at this place of the tree, not saved."""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Locale

    return model(
        path=path, depth=len(path) // 4, title=title, draft_title=title, slug=slug, live=True,
        url_path=f"/{path}/", locale=Locale.get_default(),
        content_type=ContentType.objects.get_for_model(model), **fields,
    )  # fmt: skip


def save_pages(pages: list[Any]) -> None:
    """Rows of pages and of their own kinds, without Wagtail's saving of each."""
    import uuid

    from django.db import transaction
    from wagtail.models import Page

    shared = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    with transaction.atomic():
        rows = [
            Page(
                **{name: getattr(page, name) for name in shared} | {"translation_key": uuid.uuid4()}
            )
            for page in pages
        ]
        Page.objects.bulk_create(rows, batch_size=500)
        for row, page in zip(rows, pages, strict=True):
            page.pk, page.page_ptr_id = row.pk, row.pk
            # Multi-table rows cannot be made in bulk; raw saves the own table only.
            page.save_base(raw=True, force_insert=True)


def prepare_class(course_ids: list[int]) -> tuple[Any, Any]:
    """A class of 500 over twenty of the courses, begun in each of their lessons; and a trainee."""
    from courses.models import CoursePage
    from courses.queries import lessons_of
    from learning.models import CourseGrant, LessonProgress
    from people.models import Post, Profile, User
    from people.roles import TRAINEE, grant
    from tests.factories.training import TrainingClassFactory
    from training.models import Enrolment

    courses = CoursePage.objects.filter(pk__in=course_ids[:20])
    made: Any = TrainingClassFactory()
    made.programme.courses.set(courses)
    people = User.objects.bulk_create(
        User(number=f"K{number:05d}", name=f"学员{number}", password="!")  # noqa: S106
        for number in range(PEOPLE)
    )
    grant(people[0], TRAINEE)
    post = Post.objects.create(name="店铺运营", family="operation")
    Profile.objects.bulk_create(Profile(user=person, post=post) for person in people)
    Enrolment.objects.bulk_create(
        Enrolment(training_class=made, person=person, list_price_fen=0, enrolled_at=AT)
        for person in people
    )
    CourseGrant.objects.bulk_create(
        CourseGrant(person=person, course=course, source="bench:1", granted_at=AT)
        for person in people for course in courses
    )  # fmt: skip
    LessonProgress.objects.bulk_create(
        (
            LessonProgress(person=person, lesson=lesson, credited_seconds=900, last_at=AT)
            for person in people for lesson in lessons_of(courses)
        ),
        batch_size=5000,
    )  # fmt: skip
    return made, people[0]


def measure(client: Client, name: str, path: str) -> float:
    """Print the median and the worst of ten, and the queries of one; the median in ms."""
    client.get(path)
    queries: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    taken = []
    for _unused in range(TIMES):
        start = time.perf_counter()
        client.get(path)
        taken.append((time.perf_counter() - start) * 1000)
    middle = median(taken)
    sys.stdout.write(
        f"{name}: median {middle:.0f} ms, worst {max(taken):.0f} ms, {len(queries)} queries, "
        f"{len(answer.content) // 1024} KiB; budget {BUDGET_MS} ms"
        f"{'' if middle <= BUDGET_MS else ' MISSED'}\n"
    )
    return middle


def run() -> None:
    """Print every list; RuntimeError when one misses its budget."""
    from people.roles import HR, TRAINER
    from tests.factories.people import UserFactory

    started = time.perf_counter()
    made, trainee = prepare_class(prepare_courses())
    trainer: Any = UserFactory(roles=[TRAINER])
    made.trainers.add(trainer)
    sys.stdout.write(f"prepared in {time.perf_counter() - started:.0f} s\n")
    hr: Any = UserFactory(roles=[HR])
    catalogue, detail = reverse("learning:catalogue_list"), {"pk": made.pk}
    pages = (
        ("catalogue, first page", trainee, catalogue),
        ("catalogue, page 80", trainee, f"{catalogue}?page=80"),
        ("catalogue by field, post and level", trainee,
         f"{catalogue}?field=data&post=运营&level=assistant"),
        ("catalogue, open to me", trainee, f"{catalogue}?open=1"),
        ("catalogue as HR", hr, catalogue),
        ("home of a learner with 20 courses", trainee, reverse("portal:learner_home")),
        ("class of 500, HR", hr, reverse("training:class_detail", kwargs=detail)),
        ("class of 500, HR, page 10", hr,
         reverse("training:class_detail", kwargs=detail) + "?page=10"),
        ("class of 500, trainer", trainer,
         reverse("training:teaching_class_detail", kwargs=detail)),
        ("admissions of 500", hr, reverse("training:admission_list", kwargs=detail)),
        ("roster", hr, reverse("people:person_list")),
    )  # fmt: skip
    late = []
    for name, person, path in pages:
        client = Client(SERVER_NAME="localhost")
        client.force_login(person)
        if measure(client, name, path) > BUDGET_MS:
            late.append(name)
    if late:
        raise RuntimeError(f"over budget: {', '.join(late)}")
