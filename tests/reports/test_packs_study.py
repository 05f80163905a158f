"""The study in a pack: in the order of the class, by working hours, with answers and findings."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.urls import reverse

from courses.models import LessonPage
from exams.models import Assessment
from kit.canonical import digest
from learning.models import CheckAnswer, LedgerEntry
from reports.queries.packs import (
    OWN,
    TRAINER,
    Depth,
    class_content,
    person_content,
    place,
    study,
)
from reports.rules.completeness import gaps_by_section
from reports.services.packs import class_sections, person_sections
from reports.views.links import own_links
from tests.factories.learning import StudySessionFactory
from tests.factories.packs import AT, packed_class, packed_place
from tests.factories.people import UserFactory
from training.models import AnomalyVerdict, StudyAnomaly
from training.queries import hours_of

pytestmark = pytest.mark.django_db
# A Monday; work begins at 09:00.
MONDAY = datetime(2026, 3, 9, 8, 59, tzinfo=ZoneInfo("Asia/Shanghai"))
FULL = Depth()
CHECK = {"stem": "赚吗", "options": ["赚", "亏"], "answer": 1, "explanation": "毛利"}


@pytest.fixture
def made():
    return packed_class()


@pytest.fixture
def row(made):
    return packed_place(made)


def content_of(row, depth=FULL):
    return person_content(place(row.pk), at=AT, depth=depth)


def person_of(row, depth=FULL):
    return content_of(row, depth)["person"]


def lessons_of_class(made):
    return list(LessonPage.objects.descendant_of(made.programme.courses.get()).order_by("path"))


def online(sections):
    return next(section for section in sections if section.key == "online")


def table(section, number):
    return [[cell.text for cell in line] for line in section.tables[number].rows]


def find(person, day=MONDAY, **verdict):
    found = StudyAnomaly.objects.create(
        person=person, kind="overlap", day=day.date(), found_at=AT,
        evidence={
            "entries": [], "sessions": [], "since": day.isoformat(), "until": None,
            "seconds": 180, "count": 0,
        },
    )  # fmt: skip
    if verdict:
        AnomalyVerdict.objects.create(anomaly=found, judged_at=AT, **verdict)
    return found


def test_moving_lessons_and_renaming_addresses_changes_no_pack(made, row):
    before = content_of(row)
    first, *_others, last = lessons_of_class(made)

    first.move(last, pos="right")
    course = made.programme.courses.get()
    course.slug, course.title = "elsewhere", "改了"
    course.save()

    assert digest(content_of(row)) == digest(before)
    assert next(one["id"] for one in before["person"]["lessons"]) == first.pk


def test_the_own_pack_leads_to_the_course_wherever_it_is_now(made, row):
    course = made.programme.courses.get()
    course.slug = "elsewhere"
    course.save()
    link = own_links(place(row.pk))

    assert link(f"courses.coursepage:{course.pk}") == "/learn/courses/elsewhere/"
    assert (link("courses.coursepage:0"), link("nothing:1")) == ("", "")


def test_study_and_class_time_stand_apart_by_working_hours_as_on_the_hours_page(made, row):
    lesson, person = lessons_of_class(made)[0], row.person
    session = StudySessionFactory(person=person, lesson=lesson, ended_at=MONDAY)
    for minutes in (1, 2):
        at = MONDAY + timedelta(minutes=minutes)
        LedgerEntry.objects.create(
            person=person, lesson=lesson, session=session, seconds=60, day=at.date(), at=at
        )

    told, sheet = person_of(row), hours_of(person)

    one = next(each for each in told["lessons"] if each["id"] == lesson.pk)
    assert (one["inside"], one["outside"]) == (60, 60)
    assert told["working_hours"] == {
        "online_inside": sheet.online.inside, "online_outside": sheet.online.outside,
        "class_inside": sheet.classroom.inside, "class_outside": sheet.classroom.outside,
    }  # fmt: skip
    assert sheet.classroom.inside + sheet.classroom.outside == sum(
        session.seconds for session in made.sessions.all()[:2]
    )


def test_answers_keep_the_words_and_the_version_that_were_answered(made, row):
    lesson = lessons_of_class(made)[0]
    version = lesson.versions.get()
    CheckAnswer.objects.filter(person=row.person).delete()
    for choice, asked, uid in ((1, CHECK, "1"), (5, {}, "2")):
        CheckAnswer.objects.create(
            person=row.person, lesson=lesson, lesson_version=version if asked else None,
            block_id=f"00000000-0000-4000-8000-00000000001{uid}", asked=asked, choice=choice,
            correct=bool(asked), answered_at=AT,
        )  # fmt: skip
    LessonPage.objects.filter(pk=lesson.pk).update(title="今天的标题")

    answered, older = person_of(row)["answers"]

    assert (answered["title"], answered["version"], answered["stem"], answered["chosen"]) == (
        version.title, 1, "赚吗", "亏",
    )  # fmt: skip
    assert (older["title"], older["version"], older["stem"], older["chosen"]) == (
        version.title, None, "", "",
    )  # fmt: skip
    section = online(person_sections(content_of(row), link=lambda ref: ""))
    assert table(section, 2)[0][1:5] == ["1", "赚吗", "亏", "是"]


def test_findings_of_the_time_in_the_class_stand_with_every_verdict(made, row):
    judge = UserFactory(name="郑人事")
    find(row.person, verdict="talk", reason="谈过话", judged_by=judge)
    find(row.person, day=MONDAY + timedelta(days=1))
    find(row.person, day=row.enrolled_at - timedelta(days=1))

    content = content_of(row)
    told = content["person"]["findings"]

    assert [(one["day"], len(one["verdicts"])) for one in told] == [
        ("2026-03-09", 1), ("2026-03-10", 0),
    ]  # fmt: skip
    assert told[0]["verdicts"] == [
        {"verdict": "talk", "reason": "谈过话", "by": f"郑人事 {judge.number}",
         "at": "2026-03-14T09:00:00+08:00"},
    ]  # fmt: skip
    assert [gap.code for gap in gaps_by_section(content)["online"]] == [
        "hours_short", "finding_open",
    ]  # fmt: skip
    section = online(person_sections(content, link=lambda ref: ""))
    assert [line[4] for line in table(section, 1)] == ["需要谈话", "尚未认定"]


def test_a_finding_after_the_result_is_of_another_time(row):
    row.state, row.completed_at = "passed", MONDAY
    row.save()
    find(row.person, day=MONDAY + timedelta(days=1))

    assert person_of(row)["findings"] == []


def test_nobody_reads_findings_about_oneself(made, row):
    find(row.person)

    own = content_of(row, OWN)
    as_office = content_of(row, Depth(reader=row.person_id))
    of_class = class_content(made, at=AT, depth=Depth(full=False, reader=row.person_id))

    assert ("findings" in own["person"], as_office["person"]["findings"]) == (False, None)
    assert len(online(person_sections(own, link=lambda ref: "")).tables) == 2
    assert len(online(class_sections(of_class, link=lambda ref: "")).tables) == 1


def test_the_file_of_a_class_tells_findings_and_when_it_is_whole_the_split(made, row):
    find(row.person)
    link = lambda ref: ""  # noqa: E731

    whole = online(class_sections(class_content(made, at=AT), link=link))
    page = online(class_sections(class_content(made, at=AT, depth=Depth(full=False)), link=link))

    assert [len(section.tables[0].columns) for section in (whole, page)] == [7, 5]
    assert [len(table(section, 1)) for section in (whole, page)] == [1, 1]


def open_pack(client, row, *roles, user=None):
    client.force_login(user or UserFactory(roles=list(roles)))
    path = reverse("reports:person_pack", args=[row.training_class_id, row.pk])
    answer = client.get(path)
    return answer, re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_a_trainer_reads_no_theory_score_before_the_approval(client, row):
    trainer = row.training_class.trainers.get()

    _answer, before = open_pack(client, row, user=trainer)
    _answer, office = open_pack(client, row, "officer")
    Assessment.objects.filter(context=row.context).update(
        state="approved", submitted_by=UserFactory(), submitted_at=AT, approved_by=UserFactory(),
        approved_at=AT, total_numerator=418, total_denominator=5, total_score="83.6",
    )  # fmt: skip
    _answer, after = open_pack(client, row, user=trainer)

    assert ["59.33" in text for text in (before, office, after)] == [False, True, True]
    assert "没有已评阅的理论考试" not in before


def test_a_candidate_reads_the_own_paper_once_it_is_marked(row):
    (attempt,) = person_of(row, OWN)["theory"]["attempts"]
    (hidden,) = person_of(row, TRAINER)["theory"]["attempts"]

    assert (attempt["score"], hidden["score"], hidden["is_marked"]) == ("178/3", "", True)


@pytest.mark.parametrize(
    ("role", "hours", "finding"),
    [
        ("hr", True, True), ("auditor", True, True), ("approver", False, True),
        ("finance", False, True), ("officer", False, False),
    ],
)  # fmt: skip
def test_the_hours_open_for_who_may_look_into_them(client, row, role, hours, finding):
    find(row.person)

    answer, text = open_pack(client, row, role)

    address = reverse("training:person_hours", args=[row.person_id])
    assert f'href="{address}"' in answer.content.decode() or not hours
    assert (f'href="{address}"' in answer.content.decode(), "尚未认定" in text) == (hours, finding)
    assert f"{settings.PUBLIC_URL}{address}" in text


def test_a_trainer_of_the_class_opens_the_hours_and_the_findings(client, row):
    found = find(row.person)

    answer, _text = open_pack(client, row, user=row.training_class.trainers.get())

    page = answer.content.decode()
    assert f'href="{reverse("training:person_hours", args=[row.person_id])}"' in page
    assert f'href="{reverse("training:anomaly_detail", args=[found.pk])}"' in page


def test_the_study_of_three_people_costs_as_much_as_of_one(made, django_assert_num_queries):
    places = [place(packed_place(made, name=name).pk) for name in ("甲", "乙", "丙")]

    with django_assert_num_queries(9):
        study.study_of_people(made, places)
    with django_assert_num_queries(9):
        study.study_of_people(made, places[:1])
