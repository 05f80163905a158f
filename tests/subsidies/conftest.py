import pytest

from subsidies import services
from tests.factories.people import UserFactory
from tests.factories.subsidies import APPROVED_AT, PDF, make_policy, make_ready


@pytest.fixture
def staff(db):
    """Four people for the four parts of a claim."""
    return {
        "maker": UserFactory(roles=["hr"]),
        "checker": UserFactory(roles=["hr"]),
        "approver": UserFactory(roles=["approver"]),
        "payer": UserFactory(roles=["finance"]),
    }


@pytest.fixture
def claim(staff):
    """A claim just begun by HR under P4."""
    enrolment = make_ready()
    return services.make_claim(
        enrolment_id=enrolment.pk,
        policy_version=make_policy("P4"),
        by=staff["maker"],
        at=APPROVED_AT,
    )


@pytest.fixture
def add_papers(staff):
    def add(claim):
        for kind in claim.policy_version.terms.documents:
            services.add_document(
                claim_id=claim.pk,
                kind=kind,
                name=f"{kind}.pdf",
                content=PDF,
                by=staff["maker"],
                at=APPROVED_AT,
            )

    return add


@pytest.fixture
def submitted(claim, staff, add_papers):
    """The claim, handed in with its papers."""
    add_papers(claim)
    return services.submit_claim(claim_id=claim.pk, by=staff["maker"], at=APPROVED_AT)
