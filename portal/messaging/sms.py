"""Text messages: to a generic HTTP gateway named by settings, or into a folder where there is none."""

import json
import logging
import urllib.error
import urllib.request
from base64 import b64encode
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings
from django.utils import timezone

from portal.messaging.outcomes import Outcome

log = logging.getLogger(__name__)

LONGEST = 160
PATIENCE = 20
OURS_TO_MEND = {401, 403, 404, 408, 425, 429}  # the gateway is not ready for us: nothing is wrong with the number


class Folder:
    def send(self, number, text, key):
        folder = settings.STATE_DIR / "sms"
        folder.mkdir(parents=True, exist_ok=True)
        message = {"to": number, "text": text, "id": key, "at": timezone.now().isoformat()}
        (folder / f"{key}.json").write_text(json.dumps(message, ensure_ascii=False))
        return Outcome.sent("written to a folder")


class Gateway:
    """POSTs {"to", "text", "id", "from"} as JSON. `id` is the same on a retry, so that the gateway can drop the
    duplicate.

    https://user:password@host/path signs with Basic, https://:token@host/path with Bearer.
    """

    def __init__(self, url):
        parts = urlsplit(url)
        host = parts.hostname + (f":{parts.port}" if parts.port else "")
        self.url = urlunsplit((parts.scheme, host, parts.path or "/", parts.query, ""))
        self.headers = {"Content-Type": "application/json; charset=utf-8"}
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        if user:
            self.headers["Authorization"] = f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"
        elif password:
            self.headers["Authorization"] = f"Bearer {password}"

    def send(self, number, text, key):
        message = {"to": number, "text": text, "id": key, "from": settings.SMS_FROM}
        request = urllib.request.Request(  # noqa: S310 the operator names the gateway in the settings
            self.url, json.dumps(message).encode(), self.headers, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310 likewise
                return Outcome.sent(f"{response.status}")
        except urllib.error.HTTPError as error:
            if error.code >= 500 or error.code in OURS_TO_MEND:
                return Outcome.later(f"{error.code}")
            return Outcome.never(f"{error.code}")
        except OSError as error:
            log.warning("the gateway for text messages does not answer: %s", error)
            return Outcome.away(str(error))


def telephone():
    return Gateway(settings.SMS_URL) if settings.SMS_URL else Folder()


def dialled(number):
    return "".join(sign for sign in number if sign.isdigit() or sign == "+")
