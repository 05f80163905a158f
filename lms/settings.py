"""Settings from the environment, with defaults that work on a fresh machine.

Embedded default: SQLite and a broker in the data folder. With DATABASE_URL and
CELERY_BROKER_URL set, the same code runs on PostgreSQL and Redis or RabbitMQ.
"""

import os
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from psycopg import IsolationLevel

from kit.keys import load_or_create, parse
from kit.sqlite import use_modern_sqlite

use_modern_sqlite()
django_stubs_ext.monkeypatch()  # `ModelForm[Model]` works at run time, in whatever order apps load

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Data folder and keys ----------------------------------------------------------------
DATA_DIR = Path(env("LMS_DATA", default="") or BASE_DIR / "var").resolve()
PRODUCTION = env.bool("LMS_PRODUCTION", default=False)
DEBUG = env.bool("LMS_DEBUG", default=False)
KEYS = (
    parse(env("LMS_KEYS"))
    if env("LMS_KEYS", default="")
    else load_or_create(DATA_DIR / "keys.json")
)
SECRET_KEY = KEYS.secret_key
if PRODUCTION and len(set(SECRET_KEY)) < 16:
    raise ImproperlyConfigured("LMS_KEYS holds a weak or sample secret_key: make your own")
PUBLIC_URL = env("LMS_PUBLIC_URL", default="http://localhost:8000").rstrip("/")
HTTPS = PUBLIC_URL.startswith("https://")
# An intranet server is reached by many names; production names them.
ALLOWED_HOSTS = env.list("LMS_ALLOWED_HOSTS", default=[] if PRODUCTION else ["*"])
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# --- Applications ------------------------------------------------------------------------
HOUSE_APPS = [
    "audit", "jobs", "people", "notices", "exams", "courses", "learning", "training",
    "certificates", "subsidies", "evaluations", "reports", "lms.portal",
]  # fmt: skip
INSTALLED_APPS = [
    *HOUSE_APPS,
    "demo",
    "wagtail.contrib.forms", "wagtail.contrib.settings",
    "wagtail.embeds", "wagtail.users", "wagtail.snippets", "wagtail.documents",
    "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail",
    "modelcluster", "taggit", "django_filters", "django_tables2",
    "bootstrap", "crispy_forms", "crispy_bootstrap5", "django_htmx", "csp",
    "allauth", "allauth.account", "allauth.mfa",
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles", "django.contrib.humanize",
]  # fmt: skip
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lms.portal.middleware.PageHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "audit.middleware.ActorMiddleware",
    "people.middleware.BackOfficeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "lms.urls"
WSGI_APPLICATION = "lms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["kit.page_filters"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "lms.portal.context_processors.portal",
            ],
        },
    },
]

# --- Database ----------------------------------------------------------------------------
DATABASE_URL = env("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'lms.sqlite3'}")
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
DATABASE = DATABASES["default"]
IS_SQLITE = DATABASE["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    DATABASE["OPTIONS"] = {
        "timeout": 20,
        # IMMEDIATE: the default DEFERRED fails read-then-write requests with "locked".
        "transaction_mode": "IMMEDIATE",
        # FULL: an acknowledged answer is on disk, also after a power cut.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
    # In-memory test databases lock their tables; a file behaves as the product does.
    DATABASE["TEST"] = {"NAME": str(DATA_DIR / env("LMS_TEST_DB", default="test.sqlite3"))}
else:
    DATABASE["CONN_MAX_AGE"] = env.int("LMS_CONN_MAX_AGE", default=600)
    DATABASE["CONN_HEALTH_CHECKS"] = True
    DATABASE["TEST"] = {"NAME": env("LMS_TEST_DB", default="test_lms")}
# Exports read one snapshot through a connection of their own and keep no writer waiting.
DATABASES["snapshot"] = {**DATABASE, "TEST": {"MIRROR": "default"}}
if IS_SQLITE:
    DATABASES["snapshot"]["OPTIONS"] = {**DATABASE["OPTIONS"], "transaction_mode": "DEFERRED"}
else:
    DATABASES["snapshot"]["OPTIONS"] = {"isolation_level": IsolationLevel.REPEATABLE_READ}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery ------------------------------------------------------------------------------
BROKER_DIR = DATA_DIR / "broker"
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="folder://localhost//")
EMBEDDED_BROKER = CELERY_BROKER_URL.startswith("folder:")
if EMBEDDED_BROKER:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "queue"),
        "data_folder_out": str(BROKER_DIR / "queue"),
        "inflight_folder": str(BROKER_DIR / "inflight"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.05,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 120,
        "unacked_restore_interval": 5,
        "socket_timeout": 2,
        "socket_connect_timeout": 1,
    }
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# --- People and sign-in ------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["people.backends.PeopleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "number"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "people.forms.signing_in.SignInForm"}
ACCOUNT_SESSION_REMEMBER = True
# A whole classroom signs in from one address: guessing is stopped by account, floods by address.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "300/m/ip,8/300s/key"}
SLIP_RATE_LIMITS = {"activate": "120/m/ip"}
HANDOVER_RATE_LIMITS = {"enter": "120/m/ip"}
MFA_ADAPTER = "people.adapters.MfaAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from HR; nothing is confirmed by mail
MFA_TOTP_TOLERANCE = 1  # one step of 30 s: clocks on an intranet drift
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = False
# Seconds between two beats of a lesson page, without input until it asks "still studying?", and
# of waiting for the answer. Shorter ones are for trying the page out.
STUDY_PACE = tuple(int(part) for part in env.list("LMS_STUDY_PACE", default=["20", "180", "100"]))
if PRODUCTION and (len(STUDY_PACE) != 3 or not 15 <= STUDY_PACE[0] <= 30 or STUDY_PACE[2] < 90):
    raise ImproperlyConfigured("LMS_STUDY_PACE: beats of 15 to 30 s, and a wait of at least 90 s")
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "lms.portal.views.csrf_failure"

# --- Content security: nothing outside, nothing inline; the Wagtail admin has its own ------
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [SELF],
        "object-src": [NONE],
    },
}

# Where a lesson may point to, subdomains included; nothing is ever loaded from there.
COURSE_EMBED_HOSTS = env.list(
    "LMS_EMBED_HOSTS",
    default=["gov.cn", "bilibili.com", "v.qq.com", "youku.com", "mp.weixin.qq.com"],
)

# Lessons are published by a reviewer who did not write them; a body of one person turns it off.
WAGTAIL_FINISH_WORKFLOW_ACTION = "kit.reviewing.publish_reviewed"
COURSE_REVIEW = env.bool("LMS_COURSE_REVIEW", default=True)

# --- Language, time, files -----------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = sorted(p for p in (BASE_DIR / "locale").iterdir() if p.is_dir())
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "lms" / "static"]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # No URL: submissions, certificates, dossiers and exports are served by views that ask first.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "private"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.bool("LMS_MANIFEST_STATIC", default=False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not env.bool("LMS_MANIFEST_STATIC", default=False)
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# Every cell of a lesson's tables is four fields of the editor's form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Wagtail, forms, cache, mail -------------------------------------------------------------
WAGTAIL_SITE_NAME = env("LMS_SITE_NAME", default="运营人员培训认证平台")
# The name on English screens; an own name without an English one is shown as it is.
SITE_NAME_EN = env(
    "LMS_SITE_NAME_EN", default="" if "LMS_SITE_NAME" in os.environ else "Operations Academy"
)
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "components/table.html"
CACHES = {
    "default": env.cache_url("CACHE_URL")
    if env("CACHE_URL", default="")
    else {
        # Rate limits must be shared by all web processes of one machine.
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(DATA_DIR / "cache"),
    }
}
EMAIL_BACKEND = env("LMS_EMAIL_BACKEND", default="django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = env("LMS_FROM_EMAIL", default="noreply@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"not_readiness": {"()": "lms.operations.logs.NotReadiness"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["not_readiness"],
        },
    },
    # One line for each page, index row and stylesheet would drown everything else.
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "weasyprint.progress": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": env("LMS_LOG_LEVEL", default="INFO")},
}

# --- The demo ---------------------------------------------------------------------------------
# Every demo certificate, claim and verify page says 演示样张 · 无效.
DEMO = env.bool("LMS_DEMO", default=(DATA_DIR / "demo").exists())
DEMO_PASSWORD = "demo-2026-yunying"  # noqa: S105 -- printed at start; production refuses it
if DEMO and PRODUCTION:
    raise ImproperlyConfigured(
        f"{DATA_DIR} holds demo people and demo passwords: production needs a folder of its own"
    )
SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]
os.environ.setdefault("GRANIAN_LOG_LEVEL", "warning")
