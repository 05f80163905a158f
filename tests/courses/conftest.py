import pytest

from tests.factories.courses import root


@pytest.fixture(autouse=True)
def _root_page(db):
    """Transactional tests flush away the root page that Wagtail's migrations make."""
    root()
