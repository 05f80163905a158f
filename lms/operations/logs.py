"""What is kept out of the log."""

import logging


class NotReadiness(logging.Filter):
    """Drop "Service Unavailable: /readyz": a 503 there is an answer, not a fault of ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        return getattr(request, "path", "") != "/readyz"
