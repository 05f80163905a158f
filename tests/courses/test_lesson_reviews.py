from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditRow
from courses.models import LessonReview
from courses.models.review import ReviewChangedError
from courses.queries import overdue_reviews, reviews_due
from courses.services import record_lesson_review, remind_reviews
from courses.tasks import remind_reviews as remind_task
from kit.refusing import Refused
from notices.models import Notice
from people.services import sync_roles
from tests.factories.courses import LessonFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 13)


def published(at, days, **fields):
    return LessonFactory(last_published_at=at - timedelta(days=days), **fields)


@pytest.fixture
def reviewer():
    return UserFactory(roles=["reviewer"], name="叶知秋")


def note(lesson, by, at, **fields):
    fields = {
        "outcome": "current", "note": "逐条核对费率", "changed": "",
        "next_on": timezone.localdate(at) + timedelta(days=90),
    } | fields  # fmt: skip
    return record_lesson_review(lesson=lesson, by=by, at=at, **fields)


def test_a_lesson_is_due_ninety_days_after_publishing(at):
    due, later = published(at, 90), published(at, 89)
    never_said = LessonFactory()
    LessonFactory(live=False)

    assert [(each.lesson_id, each.due_on) for each in reviews_due()] == [
        (never_said.pk, date(2000, 3, 31)),
        (due.pk, TODAY),
        (later.pk, TODAY + timedelta(days=1)),
    ]
    assert [each.lesson_id for each in overdue_reviews(TODAY)] == [never_said.pk, due.pk]


def test_a_review_is_kept_and_sets_the_next_day(at, reviewer):
    lesson = published(at, 400)

    note(lesson, reviewer, at - timedelta(days=1), next_on=TODAY)
    made = note(
        lesson, reviewer, at, outcome="changed", changed=" 费率 5% 改为 6% ",
        next_on=TODAY + timedelta(days=30),
    )  # fmt: skip

    (due,) = reviews_due()
    assert (due.due_on, due.last_at, due.last_by) == (made.next_on, at, "叶知秋")
    assert made.changed == "费率 5% 改为 6%"
    assert LessonReview.objects.count() == 2
    row = AuditRow.objects.filter(action="courses.lesson_reviewed").order_by("-pk")[0]
    assert (row.actor_id, row.detail) == (
        reviewer.pk, {"outcome": "changed", "next_on": "2026-04-12"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"note": "  "}, "note"),
        ({"outcome": "changed"}, "changed"),
        ({"outcome": "to_change", "changed": " "}, "changed"),
        ({"next_on": TODAY}, "next_on"),
        ({"next_on": TODAY + timedelta(days=367)}, "next_on"),
    ],
)
def test_a_note_that_says_nothing_is_refused(at, reviewer, fields, code):
    with pytest.raises(Refused) as refused:
        note(published(at, 1), reviewer, at, **fields)

    assert refused.value.code == code


@pytest.mark.parametrize("role", ["auditor", "trainer", "hr"])
def test_others_record_no_review(at, role):
    with pytest.raises(Refused) as refused:
        note(published(at, 1), UserFactory(roles=[role]), at)

    assert refused.value.code == "role"


def test_a_recorded_review_is_never_changed(at, reviewer):
    made = note(published(at, 1), reviewer, at)

    for change in (made.save, made.delete, LessonReview.objects.all().delete,
                   lambda: LessonReview.objects.update(note="改")):  # fmt: skip
        with pytest.raises(ReviewChangedError):
            change()


@pytest.mark.parametrize("wrong", [{"note": ""}, {"outcome": "changed"}])
def test_the_database_refuses_an_empty_note(at, reviewer, wrong):
    fields = {"outcome": "current", "note": "看过", "changed": "", "next_on": TODAY} | wrong
    with pytest.raises(IntegrityError), transaction.atomic():
        LessonReview.objects.create(lesson=published(at, 1), by=reviewer, at=at, **fields)


def test_editors_and_reviewers_are_reminded_once_a_week(at, reviewer):
    both = UserFactory(roles=["editor", "reviewer"])
    UserFactory(roles=["auditor"])
    assert remind_reviews(at=at) == 0
    published(at, 90)

    counts = [remind_reviews(at=at), remind_reviews(at=at + timedelta(days=1))]
    once = Notice.objects.count()
    remind_reviews(at=at + timedelta(days=7))

    assert (counts, once, Notice.objects.count()) == ([2, 2], 2, 4)
    told = Notice.objects.filter(person=both).order_by("pk")[0]
    assert (told.title, told.url) == ("1 个课时到期待复核", "/content/reviews/")


def test_the_beat_tells_what_is_due(reviewer):
    LessonFactory()

    remind_task.run()

    assert Notice.objects.get().person == reviewer


def test_the_page_lists_what_is_due_and_takes_the_note(client, reviewer):
    sync_roles()
    at = timezone.now()
    due, later = published(at, 91, title="到期课"), published(at, 1, title="未到期课")
    client.force_login(reviewer)
    path = reverse("courses:review_detail", args=[due.pk])

    before = client.get(reverse("courses:review_list")).content.decode()
    everything = client.get(reverse("courses:review_list"), {"state": "all"}).content.decode()
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    next_on = (timezone.localdate() + timedelta(days=90)).isoformat()
    wrong = client.post(path, {"outcome": "changed", "note": "看过", "next_on": next_on})
    data = {"outcome": "changed", "note": "看过", "changed": "改费率", "next_on": next_on}
    right = client.post(path, data)
    after = client.get(reverse("courses:review_list"))

    assert ("到期课" in before, "未到期课" in before) == (True, False)
    assert ("到期课" in everything, "未到期课" in everything) == (True, True)
    assert "1 个课时到期待复核" in home
    assert wrong.status_code == 422
    assert "请写明改了什么" in wrong.content.decode()
    assert (right.status_code, list(after.context["page_obj"])) == (302, [])
    assert "改费率" in client.get(path).content.decode()
    assert client.get(reverse("courses:review_detail", args=[later.pk])).status_code == 200


def test_an_auditor_reads_and_writes_nothing(client):
    lesson = LessonFactory()
    client.force_login(UserFactory(roles=["auditor"]))
    path = reverse("courses:review_detail", args=[lesson.pk])
    next_on = (timezone.localdate() + timedelta(days=90)).isoformat()

    page = client.get(path).content.decode()
    answer = client.post(path, {"outcome": "current", "note": "看过", "next_on": next_on})

    assert "记录复核" not in page
    assert (answer.status_code, LessonReview.objects.count()) == (422, 0)


def test_the_same_words_sent_twice_are_one_review(at, reviewer):
    lesson = published(at, 1)
    first = note(lesson, reviewer, at)

    again = note(lesson, reviewer, at + timedelta(seconds=1))
    other = note(lesson, reviewer, at + timedelta(seconds=2), note="再看了一遍费率")

    assert again == first
    assert LessonReview.objects.count() == 2
    assert other.pk != first.pk
