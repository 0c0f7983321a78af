"""Settings of the portal. Production is the default; the environment is read here, and .env.example names all of it."""

import json
import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import addresses, discreet
from portal.clock import CELERY_BEAT_SCHEDULE  # noqa: F401 what each app's tasks say of themselves
from portal.coming_in import *  # noqa: F403 how the sign-in library behaves here

BASE_DIR = Path(__file__).resolve().parent.parent


def env(name, default=None):
    value = os.environ.get(name) or default
    if value is None:
        raise ImproperlyConfigured(f"{name} is missing from the environment. .env.example says what it is for.")
    return value


def env_bool(name, default=False):
    return env(name, str(default)).lower() in {"1", "true", "yes", "on"}


def env_list(name):
    return [item.strip() for item in env(name, "").split(",") if item.strip()]


# Where and what this is

# one believable municipality, a page to pick a role, a mailbox anyone can read: never for real people
DEMO = env_bool("DEMO")
DEBUG = env_bool("DEBUG")
SITE_URL = env("SITE_URL").rstrip("/")
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
SALT_KEY = [env("FIELD_KEY"), *env_list("FIELD_KEY_FALLBACKS")]  # the encrypted columns'; the first writes, all read
STATE_DIR = Path(env("STATE_DIR", str(BASE_DIR / ".local")))
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [addresses.host(SITE_URL), "localhost", "127.0.0.1", *env_list("ALLOWED_HOSTS")]

# Parts

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "django_htmx",
    "portal.apps.PortalConfig",
    "portal.ledger",
    "portal.people",
    "portal.rosters",
    "portal.messaging",
    "portal.surveys",
    "portal.schoolyear",
    "portal.home",
    "networks",
    "conferences",
    "principles",
    "grants",
    *(["portal.checkout"] if DEMO else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.bodies.NothingKept",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.people.sessions.SessionsEnd",
    # who may is asked first, then how much is sent; only then is a body read, which the next ones do
    "portal.people.typed.SignInFirst",
    "portal.people.own_language.OwnLanguage",
    "portal.access.DenyUndeclared",
    "portal.people.second_factor.SecondFactor",
    "portal.bodies.Limit",
    "portal.home.errors.TryAgain",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.home.errors.OnlySentTo",
    "portal.people.typed.Typed",
]
SILENCED_SYSTEM_CHECKS = ["fields.W161"]  # a default of 21:00 is a time of day; at 21:00 it looks like "now"
DATA_UPLOAD_MAX_NUMBER_FIELDS, DATA_UPLOAD_MAX_NUMBER_FILES = 1000, 100  # of one form; of bytes each page says how many

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.home.context.page",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "designsystemet"

# Database, cache, tasks

DATABASES = {"default": addresses.database(env("DATABASE_URL"))}

REDIS_URL = env("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "portal.doorbell.Cache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        "KEY_PREFIX": "portal",
    }
}

CELERY_BROKER_URL = addresses.broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 30}  # a worker's; who rings has less
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0}  # the sweep brings what is missed
CELERY_BEAT_SCHEDULER = "portal.celery.Scheduler"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "portal.messaging.tasks.*": {"queue": "mail"},
    "portal.people.tasks.tell_of_moves": {"queue": "mail"},
    "portal.rosters.tasks.*": {"queue": "import"},
    "principles.tasks.*": {"queue": "import"},
    "conferences.timetables.tasks.*_timetable": {"queue": "planning"},
}

# Who comes in

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["portal.people.sessions.Backend"]
SESSION_ENGINE = "portal.people.sessions"
LOGIN_URL = "demo" if DEMO else "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = int(env_bool("BEHIND_PROXY"))
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
OIDC_PROVIDERS = json.loads(env("OIDC_PROVIDERS", "[]"))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_PROVIDERS, "OAUTH_PKCE_ENABLED": True}}

# What leaves the portal

globals().update(addresses.email(env("EMAIL_URL")))
EMAIL_BACKEND = "portal.messaging.email.Wire"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("EMAIL_FROM", f"Skolebro <no-reply@{addresses.host(SITE_URL)}>")
SMS_FROM = env("SMS_FROM", "Skolebro")
SMS_URL = env("SMS_URL", "")  # empty: text messages are written to STATE_DIR/sms and go nowhere

# Headers

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the machine's own health check speaks plain HTTP
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 86_400
LANGUAGE_COOKIE_HTTPONLY = True
WHOSE_COOKIE_NAME = "whose"  # who last signed in with this browser: what they were writing is for nobody else
if HTTPS:  # the browser takes such a cookie from this host alone, and sends it to no other
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    LANGUAGE_COOKIE_NAME, WHOSE_COOKIE_NAME = "__Host-language", "__Host-whose"
CSRF_FAILURE_VIEW = "portal.home.errors.csrf_failed"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *(addresses.origin(app["settings"]["server_url"]) for app in OIDC_PROVIDERS)],
    }
}

# Languages, time, files, log

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Oslo"  # and Copenhagen: the day turns at the same moment; the database holds UTC
USE_TZ = True
FORMAT_MODULE_PATH = "portal.formats"

STATIC_URL = "static/"
STATIC_ROOT = Path(env("STATIC_DIR", str(STATE_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if DEMO:  # static files are served as they lie; collecting them would cost ten seconds a start
    STATIC_ROOT, WHITENOISE_USE_FINDERS = None, True
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

STANDING_DAYS = 2  # whose standing questions are remembered: today's, and another while the day turns

LOGGING = discreet.logging_at(env("LOG_LEVEL", "INFO"))
