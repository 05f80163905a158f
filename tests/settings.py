"""The product's settings, quicker: weak hashes, a data folder and database of the tests' own."""

import os
import tempfile

os.environ.setdefault(
    "LMS_DATA",
    os.path.join(
        tempfile.gettempdir(), f"lms-test-{os.getuid()}-" + os.environ.get("LMS_TEST_NAME", "main")
    ),
)
os.environ.setdefault("LMS_LOG_LEVEL", "ERROR")

from lms.settings import *  # noqa: F403 -- the product's settings are the base on purpose
from lms.settings import DATA_DIR, DATABASE, IS_SQLITE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEMO = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# The PostgreSQL lane names a real broker; elsewhere messages stay in memory.
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if IS_SQLITE:
    DATABASE["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
STATIC_ROOT = str(DATA_DIR / "static")
os.makedirs(STATIC_ROOT, exist_ok=True)  # whitenoise warns when it is missing
# Files are found when asked for: listing a thousand of them for every test client took a quarter
# of the suite's time.
WHITENOISE_AUTOREFRESH = True
