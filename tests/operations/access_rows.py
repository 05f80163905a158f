from tests.access import EVERYBODY, Row

ROWS = [
    Row("operations:health_alive", ok=EVERYBODY, anonymous=200),
    # The tests run no worker, so the honest answer is 503, for everybody alike.
    Row("operations:health_ready", ok=EVERYBODY, status=503, anonymous=503),
]
