"""What is sent is let in as far as the page says, after the rules and before a byte is read; and nothing is kept."""

import pytest
from django.contrib.messages.constants import INFO
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, resolve, reverse

from portal.access import MEGABYTE, SMALL
from portal.messaging.links import link_for
from portal.messaging.tokens import path_of
from tests import make
from tests.laws.test_access_matrix import MATRIX
from tests.laws.world import world

pytestmark = pytest.mark.django_db

LARGER = {
    "rosters:roster_upload": 501,
    "principles:principle_import": 20,
    "principles:text_correct": 2,
    "conferences:plans_add": 200,
    "conferences:plan_add": 40,
    "grants:report_write": 40,
    "grants:attachment_add": 60,
    "grants:paper_enter": 60,
    "schoolyear:holidays_read": 20,
}


class Untouched:
    """Reading this body fails the test."""

    def read(self, *_size):
        raise AssertionError("the body was read")

    readline = read


def send(client, path, length=200 * MEGABYTE, **environ):
    kind = "multipart/form-data; boundary=x"
    sent = {"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(length), "wsgi.input": Untouched(), **environ}
    return client.request(REQUEST_METHOD="POST", PATH_INFO=path, **sent)


def pages(resolver=None, names=()):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*names, str(pattern.name)]), pattern
        else:
            yield from pages(pattern, (*names, pattern.namespace) if pattern.namespace else names)


def test_only_pages_that_take_files_take_more_than_a_little():
    found = {name: one.callback.body for name, one in pages() if getattr(one.callback, "body", SMALL) != SMALL}

    assert found == {name: megabytes * MEGABYTE for name, megabytes in LARGER.items()}


def test_a_strangers_upload_is_never_read(client):
    town, wrong = world(), []
    takes_no_argument = ("account_login", "account_confirm_login_code", "mfa_authenticate")
    for name in [*MATRIX, *takes_no_argument]:
        if name == "gallery":
            continue  # the demo's own page
        path = reverse(name, args=town.args.get(name, []))
        answer = send(client, path)
        goes_to = answer.url.partition("?")[0] if answer.status_code == 302 else ""
        needs = getattr(resolve(path).func, "login_required", True)
        if (answer.status_code, goes_to) != ((302, reverse("account_login")) if needs else (413, "")):
            wrong.append((name, answer.status_code, goes_to))

    assert wrong == []


def test_too_much_is_said_in_words(client):
    client.force_login(make.person(language="nb"))
    answer = send(client, reverse("people:profile"), SMALL + 1)

    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode()


def test_a_page_for_files_takes_what_it_says_and_no_more(client):
    school = make.school()
    client.force_login(make.holder("office", school))
    path = reverse("rosters:roster_upload")

    assert send(client, path, 502 * MEGABYTE).status_code == 413
    file = SimpleUploadedFile("roster.csv", b"x" * (2 * MEGABYTE))
    assert client.post(path, {"file": file}).status_code in (200, 302)


def test_who_may_not_is_told_so_before_a_body_is_read(client):
    client.force_login(make.person())

    assert send(client, reverse("rosters:roster_upload"), 10 * MEGABYTE).status_code == 403


def test_a_body_without_a_length_is_not_read(client):
    answer = send(client, reverse("account_login"), "", HTTP_TRANSFER_ENCODING="chunked")

    assert answer.status_code == 411


@pytest.mark.parametrize(("length", "status"), [("-5", 400), ("many", 200), ("0x10", 200), ("1_000_000_000", 413)])
def test_a_length_is_read_as_the_server_reads_it(client, length, status):
    assert send(client, reverse("account_login"), length).status_code == status


@pytest.mark.parametrize(
    "sent",
    [dict.fromkeys(map(str, range(1001)), ""), {"files": [SimpleUploadedFile("a", b"a") for _file in range(101)]}],
)
def test_too_many_fields_and_files_are_too_much(client, sent):
    assert client.post(reverse("account_login"), sent).status_code == 413


def test_what_a_stranger_sends_where_one_signs_in_is_thrown_away_and_answered(client):
    answer = client.post(reverse("people:profile"), {"given_name": "x" * 500_000})

    assert answer.status_code == 302
    assert answer.wsgi_request.read(1) == b""
    assert not hasattr(answer.wsgi_request, "_post")


# Kept by nobody


@pytest.mark.parametrize("name", ["home", "help", "people:profile", "messaging:message_list", "accessibility"])
def test_no_page_of_a_session_is_kept(client, name):
    client.force_login(make.person())

    assert "no-store" in client.get(reverse(name)).headers["Cache-Control"]
    assert "no-store" in client.get("/nowhere/").headers["Cache-Control"]
    assert "no-store" in client.get(reverse("people:office_home")).headers["Cache-Control"]


@pytest.mark.parametrize("name", ["account_login", "account_logout", "people:profile"])
def test_the_way_in_is_not_kept(name):
    assert "no-store" in Client().get(reverse(name)).headers["Cache-Control"]


def test_a_personal_link_is_not_kept_whatever_comes_of_it():
    person = make.person()
    path = path_of(link_for(person, person, purpose="messaging.preferences"))

    for one in (path, f"{path[:-3]}xx/"):
        assert "no-store" in Client().get(one).headers["Cache-Control"]


@pytest.mark.parametrize("name", ["help", "accessibility", "principles:principle_list"])
def test_what_the_world_reads_may_be_kept(name):
    args = [make.school().number] if name == "principles:principle_list" else []
    answer = Client().get(reverse(name, args=args))

    assert "no-store" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("name", ["help", "accessibility", "principles:principle_list"])
def test_what_the_world_reads_sets_no_cookie(name):
    args = [make.school().number] if name == "principles:principle_list" else []

    assert not Client().get(reverse(name, args=args)).cookies


def test_a_visitor_chooses_a_language_without_a_token_and_whoever_is_signed_in_with_one():
    visitor, person = Client(enforce_csrf_checks=True), make.person(language="nb")
    said = {"language": "da", "next": "/help/"}
    assert visitor.post(reverse("set_language"), said).url == "/help/"
    assert visitor.get("/help/").headers["Content-Language"] == "da"

    visitor.force_login(person)

    assert visitor.post(reverse("set_language"), said).status_code == 403
    person.refresh_from_db()
    assert person.language == "nb"


def test_a_page_that_takes_a_message_out_of_its_cookie_is_kept_by_nobody():
    browser, path = Client(), reverse("principles:principle_list", args=[make.school().number])
    assert browser.get(path).headers["Cache-Control"].startswith("public")
    answer = HttpResponse()
    request = RequestFactory().get("/")
    request.session = {}
    storage = CookieStorage(request)
    storage.add(INFO, "For one visitor.")
    storage.update(answer)
    browser.cookies.update(answer.cookies)

    shown = browser.get(path)

    assert "For one visitor." in shown.content.decode()
    assert shown.headers["Cache-Control"] == "private, no-store"
