import logging

import pytest
from django.test import RequestFactory

from lms.operations.logs import NotReadiness


def record(path):
    made = logging.LogRecord(
        "django.request", logging.ERROR, "f", 1, "Service Unavailable", (), None
    )
    made.request = RequestFactory().get(path)
    return made


@pytest.mark.parametrize(("path", "kept"), [("/readyz", False), ("/hr/", True)])
def test_only_the_readiness_probe_stays_out_of_the_log(path, kept):
    assert NotReadiness().filter(record(path)) is kept


def test_a_line_without_a_request_is_kept():
    line = logging.LogRecord("celery", logging.ERROR, "f", 1, "broken", (), None)

    assert NotReadiness().filter(line) is True
