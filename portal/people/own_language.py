"""Pages speak the person's own language, unless this device was told another."""

from django.conf import settings
from django.utils import translation


class OwnLanguage:
    """Middleware, after authentication. A choice made with the language switch is in a cookie and wins."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
