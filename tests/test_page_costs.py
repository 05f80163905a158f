"""Every list page asks the database as often for three rows as for one; none may be forgotten."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import LessonPage
from courses.queries import course_of
from courses.services import freeze_course
from evaluations.services import give_survey, open_follow_up
from exams.models import Response
from exams.services import submit_attempt
from subsidies import services as subsidies
from subsidies.models import Claim
from tests.factories.audit import AuditRowFactory
from tests.factories.certificates import APPROVED_AT, CertificateSchemeFactory, make_certificate
from tests.factories.courses import CourseFactory, LessonFactory, ModuleFactory, lesson_of
from tests.factories.exams import AttemptFactory, QuestionVersionFactory, TopicFactory
from tests.factories.exams_practical import AssignmentFactory, SubmissionFactory, ready_assessment
from tests.factories.jobs import JobFactory
from tests.factories.learning import BookmarkFactory, CourseGrantFactory, LessonNoteFactory
from tests.factories.notices import NoticeFactory
from tests.factories.people import ProfileFactory, UnitFactory, UserFactory
from tests.factories.subsidies import PDF, make_policy, make_ready, pay_fee
from tests.factories.training import (
    EnrolmentFactory,
    TrainingClassFactory,
    place_in,
    ready_class,
    ready_programme,
)
from tests.page_cost import one_and_three
from tests.test_access import own_names
from training.models import StudyAnomaly
from training.services import take_attendance

LISTS = re.compile(r"_(list|queue|wall|overview|rows)$")


@dataclass(frozen=True)
class Page:
    """A page, who opens it, and what adds a row to it: `make(person, thing)`.

    `start` makes the thing the page is about, if it is about one; `kwargs` leads to it.
    """

    name: str
    role: str
    make: Callable[[Any, Any], Any]
    start: Callable[[], Any] = lambda: None
    kwargs: Callable[[Any], dict[str, Any]] = lambda thing: {}
    query: str = ""


def person_in_department(person, _thing):
    ProfileFactory(unit=UnitFactory(kind="department", parent=UnitFactory()))


def lesson_for(post):
    lesson = LessonFactory(module=ModuleFactory(course=CourseFactory(field="data")))
    lesson.posts.set([post])
    lesson.save()
    return lesson


def published_course(_person, _thing):
    freeze_course(course=CourseFactory(), at=timezone.now())


def versioned_course():
    """A course of three lessons in its first version."""
    course = CourseFactory()
    for _number in range(3):
        lesson_of(course, body=[("paragraph", "字" * 600)])
    freeze_course(course=course, at=timezone.now())
    return course


def changed_lesson(_person, course):
    """One more lesson that differs from the first version, in one more version."""
    before = LessonPage.objects.descendant_of(course).filter(title__startswith="课").first()
    before.title = f"改{before.pk}"
    before.save_revision().publish()


def flagged_question(_person, _thing):
    """A published question whose lesson said 5% and says 6%."""
    lesson = lesson_of(CourseFactory(), body=[("paragraph", "费率 5%" + "字" * 600)])
    QuestionVersionFactory(topic=TopicFactory(slug=lesson.slug))
    freeze_course(course=course_of(lesson), at=timezone.now())
    lesson.body = [("paragraph", "费率 6%" + "字" * 600)]
    lesson.save_revision().publish()


def course_of_own(person, _thing):
    """A course with a lesson for a post, open to the person, and one that is not."""
    CourseGrantFactory(person=person, course=lesson_for("运营").get_parent().get_parent().specific)
    lesson_for("客服")


def task(person, _thing):
    SubmissionFactory(assignment=AssignmentFactory(person=person))


def answer_to_mark(person, _thing):
    attempt = AttemptFactory(types=("short",))
    Response.objects.create(attempt=attempt, position=1, seq=1, saved_at=timezone.now(), value="答")
    submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=timezone.now())


def certificate(person, _thing):
    make_certificate(rendered=False, enrolment=EnrolmentFactory(person=person), identity=False)


def offer_and_claim(person, _thing):
    """One more certified place to claim for under one more policy, and an older claim."""
    if not hasattr(person, "profile"):
        ProfileFactory(user=person, category="returnee")
    at = timezone.now()
    place = EnrolmentFactory(
        person=person, category="returnee", state="passed", completed_at=at, list_price_fen=100_000
    )
    subsidies.open_receivable(enrolment=place, at=at)
    pay_fee(place, at=at)
    make_certificate(enrolment=place, identity=False, rendered=False, at=at)
    version = make_policy("P4")
    older = Claim.objects.count() + 1
    Claim.objects.create(
        number=f"OLD-{older}", year=2000 + older, policy_version=version, person=person,
        enrolment=place, fee_fen=100, amount_fen=80, payee="person", created_at=at,
        made_by=person,
    )  # fmt: skip


def handed_in_claim(person, _thing=None):
    place = make_ready(certified=False)
    version = make_policy("P4", requires_certificate=False, documents=[])
    claim = subsidies.make_claim(
        enrolment_id=place.pk, policy_version=version, by=place.person, at=APPROVED_AT
    )
    subsidies.submit_claim(claim_id=claim.pk, by=place.person, at=APPROVED_AT)
    return claim


def filed_and_unfiled_claims(person, _thing):
    claim = handed_in_claim(person)
    subsidies.file_batch(
        training_class=claim.enrolment.training_class, policy_version=claim.policy_version,
        by=UserFactory(roles=["hr"]), at=APPROVED_AT,
    )  # fmt: skip
    handed_in_claim(person)


def claim_in_batch(person, batch):
    claim = handed_in_claim(person)
    Claim.objects.filter(pk=claim.pk).update(batch=batch)


def new_batch():
    claim = handed_in_claim(None)
    return subsidies.file_batch(
        training_class=claim.enrolment.training_class, policy_version=claim.policy_version,
        by=UserFactory(roles=["hr"]), at=APPROVED_AT,
    )  # fmt: skip


def paper_of_claim(person, claim):
    number = claim.documents.count()
    subsidies.add_document(
        claim_id=claim.pk, kind="receipt", name="a.pdf", content=PDF + bytes([65 + number]),
        by=claim.person, at=APPROVED_AT,
    )  # fmt: skip


def open_claim():
    place = make_ready(certified=False)
    version = make_policy("P4", requires_certificate=False)
    return subsidies.make_claim(
        enrolment_id=place.pk, policy_version=version, by=place.person, at=APPROVED_AT
    )


def words_asked_for(person, _thing):
    """A class to speak of, one spoken of already, and follow-ups of oneself and a subordinate."""
    EnrolmentFactory(person=person)
    given = EnrolmentFactory(person=person)
    give_survey(
        enrolment_id=given.pk, score=5, content_score=5, trainer_score=5, comment="", by=person,
        at=APPROVED_AT,
    )  # fmt: skip
    long_ago = timezone.now() - timedelta(days=200)
    open_follow_up(enrolment=given, at=long_ago)
    other = ProfileFactory(supervisor=person)
    open_follow_up(enrolment=EnrolmentFactory(person=other.user), at=long_ago)


def finished_place(person, _thing):
    EnrolmentFactory(person=ProfileFactory().user, state="passed", completed_at=APPROVED_AT)


def late_entry(_person, made):
    take_attendance(
        session=made.sessions.get(day=1, number=1), states={place_in(made).pk: "present"},
        by=made.hr, at=timezone.now(), reason="补录",
    )  # fmt: skip


def noted_lesson(person, _thing):
    """A lesson of a further course, with a note and a bookmark."""
    course = CourseFactory()
    CourseGrantFactory(person=person, course=course)
    lesson = lesson_of(course)
    LessonNoteFactory(person=person, lesson=lesson)
    BookmarkFactory(person=person, lesson=lesson)


def finding(_person, _thing):
    StudyAnomaly.objects.create(
        person=EnrolmentFactory().person, kind="cap", day=APPROVED_AT.date(), found_at=APPROVED_AT
    )


def class_behind():
    """A class with a course that was published anew since."""
    made = ready_class()
    course = made.programme.courses.get()
    lesson_of(course)
    freeze_course(course=course, at=APPROVED_AT)
    return made


def kpi(name):
    return lambda _thing: {"kpi": name, "side": "denominator"}


def pk(thing):
    return {"pk": thing.pk}


PAGES = [
    Page("audit:audit_list", "auditor", lambda person, _: AuditRowFactory()),
    Page("jobs:job_list", "trainee", lambda person, _: JobFactory(owner=person)),
    Page("notices:notice_list", "trainee", lambda person, _: NoticeFactory(person=person)),
    Page("people:person_list", "hr", person_in_department, query="state=active"),
    Page("people:organisation_list", "hr", person_in_department),
    Page("people:slip_print", "hr", person_in_department, query="state=active"),
    Page("people:role_list", "administrator", lambda person, _: UserFactory(roles=["hr"])),
    Page("learning:note_list", "trainee", noted_lesson),
    Page("learning:bookmark_list", "trainee", noted_lesson),
    Page("courses:review_list", "reviewer", lambda person, _: LessonFactory()),
    Page("courses:hours_list", "editor", lambda person, _: lesson_for("运营")),
    Page("courses:flag_list", "author", flagged_question),
    Page("courses:version_overview", "auditor", published_course),
    Page("courses:version_list", "editor", changed_lesson, versioned_course, pk),
    Page(
        "courses:version_compare", "hr", changed_lesson, versioned_course, pk, query="from=1",
    ),
    Page("learning:catalogue_list", "trainee", course_of_own, query="field=data"),
    Page("learning:catalogue_list", "hr", lambda person, _: lesson_for("运营")),
    Page("exams:exam_list", "trainee", lambda p, _: AttemptFactory(admission__person=p)),
    Page("exams:task_list", "trainee", task),
    Page("exams:marking_queue", "grader", answer_to_mark),
    Page("exams:practical_queue", "grader", lambda person, _: SubmissionFactory()),
    Page("exams:result_list", "officer", lambda person, _: ready_assessment()),
    Page("exams:own_result_list", "trainee", lambda person, _: ready_assessment(person=person)),
    Page(
        "training:class_list", "hr",
        lambda person, _: TrainingClassFactory(trainers=[UserFactory(roles=["trainer"])]),
    ),
    Page("training:class_detail", "hr", lambda _, made: place_in(made), ready_class, pk),
    Page("training:class_move", "hr", lambda _, made: place_in(made), class_behind, pk),
    Page("training:admission_list", "hr", lambda _, made: place_in(made), ready_class, pk),
    Page("training:late_entry_list", "hr", late_entry, ready_class, pk),
    Page("training:anomaly_list", "hr", finding),
    Page("training:programme_list", "hr", lambda person, _: ready_programme()),
    Page(
        "training:teaching_class_list", "trainer",
        lambda person, _: TrainingClassFactory(trainers=[person]),
    ),
    Page("certificates:certificate_wall", "trainee", certificate),
    Page(
        "certificates:office_list", "officer", lambda person, _: make_certificate(rendered=False)
    ),
    Page("certificates:scheme_list", "officer", lambda person, _: CertificateSchemeFactory()),
    Page("subsidies:own_claim_list", "trainee", offer_and_claim),
    Page("subsidies:claim_list", "hr", filed_and_unfiled_claims),
    Page("subsidies:batch_detail", "hr", claim_in_batch, new_batch, pk),
    Page("subsidies:claim_detail", "hr", paper_of_claim, open_claim, pk),
    Page("subsidies:finance_overview", "finance", lambda p, _: make_ready(certified=False)),
    Page("evaluations:survey_list", "trainee", words_asked_for),
    Page("reports:dashboard_view", "hr", finished_place, query="year=2026"),
    Page("reports:kpi_rows", "hr", finished_place, kwargs=kpi("coverage"), query="year=2026"),
    Page("reports:kpi_rows", "hr", finished_place, kwargs=kpi("pass_rate"), query="year=2026"),
    Page("reports:own_pack_list", "trainee", lambda person, _: EnrolmentFactory(person=person)),
    Page("reports:class_pack", "hr", lambda _, made: place_in(made), ready_class, pk),
    Page(
        "reports:report_list", "hr",
        lambda person, _: JobFactory(owner=person, kind="report-completion"),
    ),
]  # fmt: skip


def test_no_list_page_is_forgotten():
    lists = {name for name in own_names() if LISTS.search(name)}

    assert sorted(lists - {page.name for page in PAGES}) == []


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
@pytest.mark.django_db
def test_three_rows_cost_what_one_costs(client, page):
    person = UserFactory(roles=[page.role])
    client.force_login(person)
    thing = page.start()
    path = f"{reverse(page.name, kwargs=page.kwargs(thing))}?{page.query}"

    one, three = one_and_three(client, path, lambda: page.make(person, thing))

    assert three == one
