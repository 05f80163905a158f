from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from exams.models import PaperItem
from exams.queries.statistics import all_papers, exam_papers, sitting_papers
from exams.rules.statistics import ChoiceKey, item_statistics
from exams.services import mark_item_by_points, save_responses, submit_attempt
from tests.factories.exams import AttemptFactory, SittingFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

TYPES = ("single", "multiple", "true_false", "numeric")
# In the factories' papers the options keep the order of the bank.
RIGHT = (1, [0, 2], True, "18.75")


def sat(at, sitting, values=RIGHT, types=TYPES, **kwargs):
    """One person's go, handed in; machine-marked types are marked with it."""
    attempt = AttemptFactory(started_at=at, types=types, admission__sitting=sitting, **kwargs)
    items = [{"position": n, "seq": 1, "value": value} for n, value in enumerate(values, 1)]
    save_responses(attempt_id=attempt.pk, person=attempt.candidate, items=items, at=at)
    submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=at)
    return attempt


def of(attempt, found):
    return next(paper for paper in found.papers if paper.candidate == attempt.candidate_id)


@pytest.fixture
def sitting():
    return SittingFactory()


def test_a_paper_holds_fractions_marks_and_options_of_the_bank(at, sitting):
    attempt = AttemptFactory(started_at=at, types=TYPES, admission__sitting=sitting)
    PaperItem.objects.filter(attempt=attempt, position=1).update(option_order=[2, 3, 0, 1])
    for seq, values in enumerate([(0, [0], False, "1"), (3, [0], None, "18.75")], 1):
        items = [{"position": n, "seq": seq, "value": v} for n, v in enumerate(values, 1)]
        save_responses(attempt_id=attempt.pk, person=attempt.candidate, items=items, at=at)
    submit_attempt(attempt_id=attempt.pk, person=attempt.candidate, at=at)
    found = sitting_papers(sitting)
    versions = list(attempt.items.values_list("version", flat=True))

    assert [(a.item, a.fraction, a.max_mark, set(a.chosen)) for a in found.papers[0].answers] == [
        (versions[0], 1, 2, {1}),
        (versions[1], Fraction(1, 2), 2, {0}),
        (versions[2], 0, 2, set()),
        (versions[3], 1, 2, set()),
    ]
    assert found.keys == {
        versions[0]: ChoiceKey(4, frozenset({1})),
        versions[1]: ChoiceKey(4, frozenset({0, 2})),
        versions[2]: ChoiceKey(2, frozenset({0})),
    }


def test_a_paper_that_waits_for_a_marker_is_not_in_it(at, sitting):
    waiting = sat(at, sitting, values=["一段话"], types=["short"])

    assert sitting_papers(sitting).papers == []

    grader = UserFactory(roles=["grader"])
    mark_item_by_points(
        attempt_id=waiting.pk, position=1, points=[Decimal(4)], comment="", by=grader, at=at
    )

    assert [a.fraction for a in of(waiting, sitting_papers(sitting)).answers] == [Fraction(1, 2)]


def test_the_scope_is_a_sitting_an_exam_or_everything(at, sitting):
    second, other = SittingFactory(exam=sitting.exam), SittingFactory()
    first, later, elsewhere = (sat(at, each) for each in (sitting, second, other))
    people = [attempt.candidate_id for attempt in (first, later, elsewhere)]

    assert [p.candidate for p in sitting_papers(sitting).papers] == people[:1]
    assert {p.candidate for p in exam_papers(sitting.exam).papers} == set(people[:2])
    assert {p.candidate for p in all_papers().papers} == set(people)


def test_of_a_person_the_first_paper_of_each_exam_counts(at, sitting):
    person = UserFactory(roles=["trainee"])
    resit, other = SittingFactory(exam=sitting.exam), SittingFactory()
    late, early, elsewhere = (
        sat(at + timedelta(minutes=minutes), each, admission__person=person)
        for minutes, each in [(5, resit), (0, sitting), (9, other)]
    )
    items = {a.item for paper in all_papers().papers for a in paper.answers}

    assert len(all_papers().papers) == 2
    assert items == {
        item.version_id for attempt in (early, elsewhere) for item in attempt.items.all()
    }
    assert of(late, sitting_papers(resit)).answers != of(early, sitting_papers(sitting)).answers


def test_nothing_sat_is_nothing_found(sitting):
    assert (sitting_papers(sitting).papers, sitting_papers(sitting).keys) == ([], {})


def test_the_papers_make_statistics(at, sitting):
    attempt = sat(at, sitting)
    found = sitting_papers(sitting)
    items = item_statistics(found.papers, found.keys)

    assert list(items) == sorted(attempt.items.values_list("version", flat=True))
    assert [item.facility for item in items.values()] == [1, 1, 1, 1]


def test_gathering_takes_five_queries_for_one_paper_and_for_three(
    at, sitting, django_assert_num_queries
):
    sat(at, sitting)
    with django_assert_num_queries(5):
        sitting_papers(sitting)
    sat(at, sitting)
    sat(at, sitting)
    with django_assert_num_queries(5):
        assert len(sitting_papers(sitting).papers) == 3
