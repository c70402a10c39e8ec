"""The one settings file. Everything an operator may change comes from the environment.

KONGTHUN_HOME            folder of database, evidence and secret key (default: ./var)
KONGTHUN_DATABASE_URL    another database, e.g. postgres://user:pass@host/name
KONGTHUN_SECRET_KEY      signing key (default: made once and kept in KONGTHUN_HOME)
KONGTHUN_ALLOWED_HOSTS   comma-separated host names served besides localhost
KONGTHUN_DEBUG           1 on a developer's machine
KONGTHUN_DEMO            1 shows the demo cast on the sign-in page
KONGTHUN_RECEIPT_SECRET  what receipts are sealed with, 32 bytes base64url (default: made once and
                         kept in KONGTHUN_HOME; machines that serve one database must share it)
KONGTHUN_HTTPS           1 behind a TLS proxy: secure cookies, HSTS
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

PACKAGE = Path(__file__).resolve().parent.parent

HOME = Path(os.environ.get("KONGTHUN_HOME", "var")).resolve()
EVIDENCE_ROOT = HOME / "evidence"


def _switch(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _secret_key() -> str:
    """The signing key: from the environment, else made once and kept beside the books."""
    given = os.environ.get("KONGTHUN_SECRET_KEY")
    if given:
        return given
    kept = HOME / "secret.key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return kept.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text(encoding="ascii")


DEBUG = _switch("KONGTHUN_DEBUG")
DEMO = _switch("KONGTHUN_DEMO")
HTTPS = _switch("KONGTHUN_HTTPS")
SECRET_KEY = _secret_key()
RECEIPT_SECRET = os.environ.get("KONGTHUN_RECEIPT_SECRET", "")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] + [
    host for host in os.environ.get("KONGTHUN_ALLOWED_HOSTS", "").split(",") if host
]

# Registers beside the books that `kongthun verify` holds against them, by who keeps them.
BESIDE_THE_BOOKS = (
    "kongthun.trade.verification.goods_in_the_books",
    "kongthun.funding.verification.certificates_in_the_books",
    "kongthun.ledger.kept_papers.papers_as_kept",
    "kongthun.assessments.verification.results_as_judged",
)

# What floors above the library let be found in it: functions of `kongthun.library.finding.Source`.
LIBRARY_SOURCES = ("kongthun.cases.queries.lessons.found",)
# Who knows where a clause that words cite can be read (the filter `cited`).
CITES = "kongthun.library.citing.pieces"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "kongthun.config.apps.ConfigConfig",
    "kongthun.own_work",
    "kongthun.fairness",
    "kongthun.cases",
    "kongthun.openings",
    "kongthun.surveys",
    "kongthun.assessments",
    "kongthun.briefings",
    "kongthun.reports",
    "kongthun.registers",
    "kongthun.loans",
    "kongthun.support",
    "kongthun.funding",
    "kongthun.trade",
    "kongthun.activities",
    "kongthun.ledger",
    "kongthun.groups",
    "kongthun.library",
    "kongthun.accounts",
    "kongthun.areas",
    "kongthun.audit",
    "kongthun.web",
    "kongthun.db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pages are tables and pack to a tenth; CSRF tokens are masked anew in every answer.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kongthun.web.not_allowed.NotAllowedInWords",
]

ROOT_URLCONF = "kongthun.config.urls"
WSGI_APPLICATION = "kongthun.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kongthun.web.context.page",
            ],
            "builtins": ["kongthun.web.templatetags.kongthun"],
        },
    }
]


def _database() -> dict[str, Any]:
    url = os.environ.get("KONGTHUN_DATABASE_URL")
    if url and not url.startswith("sqlite"):
        return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    name = url.removeprefix("sqlite:///") if url else str(HOME / "kongthun.sqlite3")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # One writer at a time, taken at the start: a posting never finds out too late.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            # FULL: what a treasurer was told is on the disk.
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
            ),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "reports:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True

LANGUAGE_CODE = "th"
TIME_ZONE = "Asia/Bangkok"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = None  # the package carries its own assets; there is nothing to collect
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 600  # names carry no version, so not longer
WHITENOISE_AUTOREFRESH = DEBUG

DATA_UPLOAD_MAX_NUMBER_FILES = 400  # the form itself says kindly that 200 are the most
FILE_UPLOAD_HANDLERS = ["kongthun.audit.uploads.BoundedUploadHandler"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
