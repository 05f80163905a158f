from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from evaluations import services
from evaluations.models import SatisfactionSurvey, TransferFollowUp
from exams.signals import assessment_approved
from kit.refusing import Refused
from tests.factories.certificates import APPROVED_AT, make_pass
from tests.factories.people import ProfileFactory, UserFactory
from tests.factories.training import EnrolmentFactory

DUE = APPROVED_AT + timedelta(days=92)


def give(place, *, by=None, at=APPROVED_AT):
    return services.give_survey(
        enrolment_id=place.pk, score=5, content_score=4, trainer_score=5, comment=" 好 ",
        by=by or place.person, at=at,
    )  # fmt: skip


def code_of(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.fixture
def place(db):
    boss = UserFactory()
    return EnrolmentFactory(person=ProfileFactory(supervisor=boss).user)


def test_survey_is_given_once_by_the_trainee(place):
    survey = give(place)

    assert (survey.score, survey.comment) == (5, "好")
    place.refresh_from_db()
    assert code_of(give, place) == "twice"


def test_survey_is_for_the_trainee_alone_and_not_before_the_class(place):
    assert code_of(give, place, by=UserFactory()) == "not_yours"
    assert code_of(give, place, at=APPROVED_AT - timedelta(days=30)) == "early"


def test_scores_outside_the_scale_never_reach_the_table(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        SatisfactionSurvey.objects.create(
            enrolment=place, score=6, content_score=1, trainer_score=1, submitted_at=APPROVED_AT
        )


def test_result_opens_the_follow_up_three_months_later(place):
    assessment = make_pass(enrolment=place, identity=False, scheme=False)

    for _ in range(2):
        assessment_approved.send(sender=type(assessment), assessment=assessment, at=APPROVED_AT)

    follow_up = TransferFollowUp.objects.get()
    assert (str(follow_up.due_on), follow_up.supervisor) == (
        "2026-06-20", place.person.profile.supervisor,
    )  # fmt: skip


def test_follow_up_of_a_person_without_profile_has_no_supervisor(db):
    follow_up = services.open_follow_up(enrolment=EnrolmentFactory(), at=APPROVED_AT)

    assert follow_up.supervisor is None


def answer(follow_up, by, *, word=True, at=DUE):
    return services.answer_follow_up(
        follow_up_id=follow_up.pk, word=word, note="每周复盘", by=by, at=at
    )


def test_supervisor_has_the_last_word(place):
    follow_up = services.open_follow_up(enrolment=place, at=APPROVED_AT)

    own = answer(follow_up, place.person)
    both = answer(follow_up, follow_up.supervisor, word=False)

    assert (own.applied, both.applied) == (None, False)
    assert code_of(answer, follow_up, place.person) == "twice"
    assert code_of(answer, follow_up, follow_up.supervisor) == "twice"


def test_follow_up_is_asked_of_two_people_from_its_day_on(place):
    follow_up = services.open_follow_up(enrolment=place, at=APPROVED_AT)

    assert code_of(answer, follow_up, place.person, at=APPROVED_AT) == "early"
    assert code_of(answer, follow_up, UserFactory()) == "not_yours"


def test_follow_up_that_counts_stands_on_a_word(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        TransferFollowUp.objects.create(enrolment=place, due_on="2026-06-20", applied=True)
