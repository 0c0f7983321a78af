"""The same database and the same people, with Django's own sessions and without what the portal adds around a page."""

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from bench._servers import BARE, BARE_BACKEND

django.setup()
settings.ROOT_URLCONF = "bench._bare"  # after the setup, in which the sign-in library asks for its own middleware
settings.MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
settings.SESSION_ENGINE, settings.SESSION_COOKIE_NAME = "django.contrib.sessions.backends.db", BARE
settings.AUTHENTICATION_BACKENDS = [BARE_BACKEND]
application = WSGIHandler()
