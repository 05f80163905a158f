import pytest

from tests.factories.exams_practical import SubmissionFactory
from tests.factories.people import UserFactory


@pytest.fixture
def grader(db):
    return UserFactory(roles=["grader"])


@pytest.fixture
def officer(db):
    return UserFactory(roles=["officer"])


@pytest.fixture
def submission(db):
    return SubmissionFactory()
