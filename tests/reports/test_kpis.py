import pytest

from evaluations.models import SatisfactionSurvey, TransferFollowUp
from reports.queries.kpis import coverage_by_unit, figures, rows_behind, years_with_classes
from reports.queries.scope import Scope
from reports.rules.kpi import Kpi
from tests.factories.certificates import APPROVED_AT
from tests.factories.people import PostFactory, ProfileFactory
from tests.factories.training import EnrolmentFactory

SCOPE = Scope(2026)


def counted():
    return {found.kpi: (found.numerator, found.denominator) for found in figures(SCOPE)}


def place(state="enrolled", **profile):
    done = APPROVED_AT if state in ("passed", "failed") else None
    return EnrolmentFactory(person=ProfileFactory(**profile).user, state=state, completed_at=done)


@pytest.mark.django_db
def test_nothing_known_is_no_data():
    assert counted() == dict.fromkeys(Kpi, (0, 0))


@pytest.mark.django_db
def test_each_figure_counts_its_own_rows():
    passed, failed = place("passed"), place("failed")
    place("enrolled")
    ProfileFactory()
    place("passed", post=PostFactory(in_coverage=False))
    for score, enrolment in ((5, passed), (3, failed)):
        SatisfactionSurvey.objects.create(
            enrolment=enrolment, score=score, content_score=3, trainer_score=3,
            submitted_at=APPROVED_AT,
        )  # fmt: skip
    TransferFollowUp.objects.create(
        enrolment=passed, due_on="2026-06-20", own_word=True, applied=True
    )
    TransferFollowUp.objects.create(enrolment=failed, due_on="2026-06-20")

    assert counted() == {
        Kpi.COVERAGE: (3, 4),
        Kpi.COMPLETION: (2, 3),
        Kpi.SATISFACTION: (1, 2),
        Kpi.PASS_RATE: (2, 3),
        Kpi.TRANSFER: (1, 1),
    }


@pytest.mark.django_db
def test_every_number_opens_exactly_its_rows():
    place("passed"), place("failed"), ProfileFactory()

    for found in figures(SCOPE):
        sides = [
            rows_behind(found.kpi, side, SCOPE).count()
            for side in ("numerator", "denominator", "gap")
        ]
        assert sides == [
            found.numerator, found.denominator, found.denominator - found.numerator,
        ]  # fmt: skip


@pytest.mark.django_db
def test_drafts_other_years_and_leavers_do_not_count():
    draft = place()
    draft.training_class.state = "draft"
    draft.training_class.save()
    leaver = place("passed")
    leaver.person.is_active = False
    leaver.person.save()

    assert counted()[Kpi.COVERAGE] == (0, 1)
    assert figures(Scope(2025))[0].numerator == 0


@pytest.mark.django_db
def test_coverage_by_unit_puts_the_largest_gap_first():
    first = place().person.profile.unit
    second = ProfileFactory().unit
    ProfileFactory(unit=None)

    rows = {row["unit"]: (row["enrolled"], row["required"]) for row in coverage_by_unit(SCOPE)}

    assert rows == {first: (1, 1), second: (0, 1), None: (0, 1)}
    assert coverage_by_unit(SCOPE)[-1]["unit"] == first


@pytest.mark.django_db
def test_years_are_those_with_classes():
    place()

    assert years_with_classes() == [2026]


@pytest.mark.django_db
def test_dashboard_asks_a_constant_number_of_questions(client, django_assert_max_num_queries):
    from tests.factories.people import UserFactory

    client.force_login(UserFactory(roles=["hr"]))
    counts = []
    for _ in range(2):
        place("passed")
        with django_assert_max_num_queries(40) as taken:
            client.get("/hr/dashboard/?year=2026")
        counts.append(len(taken))

    assert counts[0] == counts[1]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["year=1", "unit=999", "year=abc"])
def test_odd_scopes_are_errors_never_ignored(client, query):
    from tests.factories.people import UserFactory

    client.force_login(UserFactory(roles=["hr"]))

    assert client.get(f"/hr/dashboard/?{query}").status_code == 400
    assert client.get(f"/hr/dashboard/coverage/gap/?{query}").status_code == 400
