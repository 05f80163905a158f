import pytest
from django.urls import reverse

from courses.models import LessonPage
from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory
from tests.factories.learning import CourseGrantFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "learning:catalogue_list"


def course_with(*lessons, **fields):
    """A published course; each lesson is (posts, level, seconds)."""
    course = CourseFactory(**fields)
    module = ModuleFactory(course=course)
    for posts, level, seconds in lessons:
        lesson = LessonFactory(module=module, level=level, planned_seconds=seconds)
        lesson.posts.set(posts)
        lesson.save()
    return course


@pytest.fixture
def person(client):
    person = UserFactory(roles=["trainee"])
    client.force_login(person)
    return person


@pytest.fixture
def shown(client):
    def shown(**filters):
        page = client.get(reverse(PAGE), filters)
        assert page.status_code == 200
        return [course.title for course, _facts, _is_open in page.context["rows"]]

    return shown


@pytest.fixture
def tree():
    course_with((["运营", "直播"], "assistant", 900), (["运营"], "senior", 1800), title="甲",
                field="platform")  # fmt: skip
    course_with((["客服"], "assistant", 600), title="乙", field="users", intro="待客之道")
    course_with(title="丙")


def test_everything_published_is_listed_with_what_it_holds(client, person, tree):
    CourseFactory(title="草稿", live=False)

    rows = client.get(reverse(PAGE)).context["rows"]

    assert [
        (course.title, facts.lessons, facts.planned_seconds, facts.posts, is_open)
        for course, facts, is_open in rows
    ] == [
        ("甲", 2, 2700, ("直播", "运营"), False),
        ("乙", 1, 600, ("客服",), False),
        ("丙", 0, 0, (), False),
    ]
    assert [level.value for level in rows[0][1].levels] == ["assistant", "senior"]


def test_a_lesson_taken_offline_counts_no_more(client, person):
    course = course_with((["运营"], "assistant", 900), (["数据"], "senior", 1800))
    LessonPage.objects.descendant_of(course).last().unpublish()

    rows = client.get(reverse(PAGE), {"q": course.title}).context["rows"]

    assert [(facts.lessons, facts.posts) for _course, facts, _open in rows] == [(1, ("运营",))]


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"field": "platform"}, ["甲"]),
        ({"post": "客服"}, ["乙"]),
        ({"level": "assistant"}, ["甲", "乙"]),
        ({"post": "直播", "level": "assistant"}, ["甲"]),
        # One lesson is for 直播 and another is senior: no lesson is both.
        ({"post": "直播", "level": "senior"}, []),
        ({"q": "待客"}, ["乙"]),
        ({"open": "1"}, []),
        ({"post": "没有这个岗位"}, []),
        ({"level": "绝世"}, []),
    ],
)
def test_the_filter_narrows_by_what_lessons_are(person, tree, shown, filters, titles):
    assert shown(**filters) == titles


def test_the_open_ones_lead_to_the_course_and_the_others_say_whom_to_ask(client, person, shown):
    mine, other = course_with(title="我的"), course_with(title="别的")
    CourseGrantFactory(person=person, course=mine)
    UserFactory(roles=["hr"], name="沈若兰")
    UserFactory(roles=["hr"], name="已离职", is_active=False)

    page = client.get(reverse(PAGE)).content.decode()

    assert reverse("learning:course_detail", args=[mine.slug]) in page
    assert reverse("learning:course_detail", args=[other.slug]) not in page
    assert "沈若兰" in page
    assert "已离职" not in page
    assert shown(open="1") == ["我的"]


def test_staff_preview_every_course(client):
    course = course_with(title="甲")
    client.force_login(UserFactory(roles=["hr"]))

    page = client.get(reverse(PAGE))

    assert [is_open for _course, _facts, is_open in page.context["rows"]] == [True]
    assert reverse("learning:course_detail", args=[course.slug]) in page.content.decode()


def test_pages_hold_24_courses_and_keep_the_filter(client, person):
    for _number in range(25):
        CourseFactory(field="data")

    first = client.get(reverse(PAGE), {"field": "data"})
    second = client.get(reverse(PAGE), {"field": "data", "page": "2"})
    beyond = client.get(reverse(PAGE), {"field": "data", "page": "999"})

    assert [len(page.context["rows"]) for page in (first, second, beyond)] == [24, 1, 1]
    assert "?field=data&amp;page=2" in first.content.decode()


def test_without_a_catalogue_there_is_nothing(person, shown):
    assert shown() == []
    assert shown(level="assistant") == []


def test_an_unknown_filter_is_refused(client, person):
    assert client.get(reverse(PAGE), {"filed": "data"}).status_code == 400


def test_a_card_names_three_posts_at_most_and_how_many_there_are(client, person):
    course_with((["运营", "直播", "客服", "数据"], "assistant", 900))
    course_with((["运营", "直播", "客服"], "assistant", 900))

    text = client.get(reverse(PAGE)).content.decode()

    assert text.count("等 4 个岗位") == text.count("个岗位") == 1
    assert "客服、数据、直播等 4 个岗位</p>" in text
    assert "客服、直播、运营</p>" in text


def test_filter_and_cards_call_the_level_of_a_lesson_as_the_editors_do(client, person, tree):
    text = client.get(reverse(PAGE)).content.decode()

    assert (text.count("难度"), "等级" in text, "级别" in text) == (4, False, False)
