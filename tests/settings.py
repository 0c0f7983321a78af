"""Production's settings on services of this run alone, without what would only cost time."""

import os
import secrets

from portal.checkout.embedded import ROOT, Services
from portal.management.commands.translations import compile_all

compile_all([ROOT / "locale"])  # before anybody asks for a word: a language once found missing stays missing
SERVICES = Services.of_a_test_run()
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(48))  # of this run alone; its workers are given it
os.environ.setdefault("FIELD_KEY", secrets.token_urlsafe(48))
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:8025")
os.environ.setdefault("DATABASE_URL", SERVICES.database_url)
os.environ.setdefault("REDIS_URL", SERVICES.redis_url)
NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw-1")[2:]) + 1
os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'][:-1]}{NUMBER}"  # side by side, each worker rings its own doorbell

from portal.settings import *  # noqa: E402, F403
from portal.settings import INSTALLED_APPS, STORAGES  # noqa: E402

INSTALLED_APPS = list(dict.fromkeys([*INSTALLED_APPS, "allauth.idp.oidc", "portal.checkout"]))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STANDING_DAYS = 50  # the clock is moved, and back again
STATIC_ROOT = None  # the journeys' server finds the files where they lie
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
