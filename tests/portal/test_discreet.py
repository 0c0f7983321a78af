"""Whatever happens to a request, the log says where and of what kind, and never who, what was typed, or a way in."""

import logging
import sys

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from portal import urls
from portal.access import link_holders, page
from portal.discreet import Formatter, logging_at
from portal.messaging.links import link_for
from portal.messaging.tokens import token_of
from portal.people.models import Municipality
from tests import make

pytestmark = pytest.mark.django_db

TYPED = "Zebulon Ærlig zebulon@example.org 01017012345"


@page(open_to=link_holders)
@csrf_exempt
def fails(request, token):
    end = request.POST["end"]
    if end == "denied":
        raise PermissionDenied(request.POST["typed"])
    if end == "missing":
        raise Http404(request.POST["typed"])
    if end == "twice":
        Municipality.objects.create(name=request.POST["typed"], number="7777")
        Municipality.objects.create(name=request.POST["typed"], number="7777")
    try:
        int(request.POST["typed"])
    except ValueError as wrong:
        raise RuntimeError(request.POST["typed"]) from wrong


urlpatterns = [path("a/<str:token>/", fails, name="fails"), *urls.urlpatterns]
handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def lines(caplog):
    """What the console's log would have said since the test began."""
    formatter = Formatter("%(levelname)s %(name)s: %(message)s")
    with caplog.at_level(logging.DEBUG):
        yield lambda: "\n".join(formatter.format(record) for record in caplog.records)


@pytest.fixture
def token():
    person = make.person()
    return token_of(link_for(person, person, purpose="messaging.preferences"))


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("end", "says", "is_fault"),
    [
        ("denied", "Forbidden (Permission denied): /a/<token>/", False),
        ("missing", "Not Found: /a/<token>/", False),
        ("twice", "Internal Server Error: /a/<token>/", True),
        ("fault", "Internal Server Error: /a/<token>/", True),
    ],
)
def test_the_log_of_a_page_names_nobody(client, lines, token, end, says, is_fault):
    client.raise_request_exception = False
    client.post(f"/a/{token}/", {"end": end, "typed": TYPED})

    said = lines()
    assert says in said
    assert token not in said
    assert ("Traceback" in said or "test_discreet.py" in said) == is_fault
    assert not [word for word in TYPED.split() if word in said]
    if end == "twice":
        assert "23505" in said


def test_a_library_that_tells_an_error_in_its_line_names_nobody(lines):
    try:
        raise ValueError(TYPED)
    except ValueError as wrong:
        named = {"name": "task", "exc": repr(wrong), "traceback": TYPED}
        logging.getLogger("celery.app.trace").error("Task %(name)s raised: %(exc)s", named, exc_info=sys.exc_info())
        logging.getLogger("a.library").error("it failed: %s", wrong)

    said = lines()
    assert "Task task raised" in said
    assert "it failed: builtins.ValueError" in said
    assert not [word for word in TYPED.split() if word in said]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sent to zebulon@example.org, twice", "sent to <address>, twice"),
        (
            "GET /account/password/reset/key/1b-d4w5ix-0123456789abcdef0123456789abcdef/",
            "GET /account/password/reset/key/<key>/",
        ),
        ("Not Found: /a/AB.q1bX_-0123456789abcd/", "Not Found: /a/<token>/"),
        ("Not Found: /a/+0_i.q1bX_-0123456789abcd/", "Not Found: /a/<token>/"),
        ("national number 010170 12345", "national number <number>"),
        (
            "event 1234567 could not be published in 20261128T202530",
            "event 1234567 could not be published in 20261128T202530",
        ),
        ("portal.rosters.tasks.read_uploaded_roster[4c1e]", "portal.rosters.tasks.read_uploaded_roster[4c1e]"),
    ],
)
def test_lines_are_scrubbed_and_still_say_something(line, said):
    record = logging.LogRecord("a", logging.INFO, "", 0, line, (), None)

    assert Formatter("%(message)s").format(record) == said


def test_what_servers_say_is_told():
    record = logging.LogRecord(
        "a", logging.ERROR, "", 0, "away", (), (None, ConnectionError("refused by db:5432"), None)
    )

    assert Formatter("%(message)s").format(record).endswith("builtins.ConnectionError refused by db:5432")


def test_nobody_else_writes_a_log():
    for name in ("django", "django.request", "gunicorn.error", "celery"):
        handlers = [one for one in logging.getLogger(name).handlers if type(one) is logging.StreamHandler]
        assert [one for one in handlers if type(one.formatter) is not Formatter] == [], name


def test_the_log_of_the_demo_does_not_tell_every_line_of_every_letters_delivery():
    """Where the demo is open would be 500 lines up."""
    assert not logging.getLogger("mail.log").isEnabledFor(logging.INFO)
    assert logging.getLogger("mail.log").isEnabledFor(logging.WARNING)


@pytest.mark.parametrize(("asked", "said"), [("DEBUG", "INFO"), ("INFO", "INFO"), ("CRITICAL", "CRITICAL")])
def test_the_framework_says_no_more_than_is_asked_for_and_never_what_it_debugs(asked, said):
    assert logging_at(asked)["loggers"]["django"]["level"] == said
