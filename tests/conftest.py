import os

import pytest
from django.utils import translation
from hypothesis import HealthCheck, is_hypothesis_test, settings

# A busy machine makes slow examples, not wrong ones. The same examples at every run: what a run
# says of the code, coverage among it, depends on the code alone. The deep lane looks for new ones.
BUSY = [HealthCheck.too_slow]
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=BUSY)
settings.register_profile("deep", deadline=None, max_examples=10_000, suppress_health_check=BUSY)
settings.load_profile(os.environ.get("LMS_EXAMPLES", "house"))


def pytest_collection_modifyitems(items):
    """Mark the properties that need no database: the deep lane runs them 10 000 times."""
    for item in items:
        if is_law(item) and not uses_database(item):
            item.add_marker(pytest.mark.law)


def is_law(item):
    """A property of our own code alone, and one that has held ten thousand times before; a
    reference in floats has faults of its own to find."""
    left_out = item.get_closest_marker("reference") or item.get_closest_marker("unproven")
    return is_hypothesis_test(getattr(item, "obj", None)) and not left_out


def uses_database(item):
    return item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*item.fixturenames}


@pytest.fixture(autouse=True)
def own_language(settings):
    """Each test begins in the language of the site; a request before it may have left another."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture
def at():
    """A fixed instant: Friday 2026-03-13 10:00 in Shanghai."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime(2026, 3, 13, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def own_folder(settings, tmp_path):
    """Private files of this test alone."""
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            **settings.STORAGES["private"],
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }
