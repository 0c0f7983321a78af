import re

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal import checks
from portal.checkout.embedded import ROOT


def test_a_page_without_a_rule_is_an_error():
    assert checks.every_page_has_a_rule(None) == []


def test_a_demo_is_not_deployed(settings):
    assert checks.nobody_real_lives_in_a_demo(None) == []
    settings.DEMO = True

    assert [error.id for error in checks.nobody_real_lives_in_a_demo(None)] == ["portal.E002"]


GOOD, OTHER = "Zq8-vN3kLr0TxYw5Hs7Jd2Gf9Pb4Mc6A", "x1Qw-E5rT6yU7iO8pA9sD0fG1hJ2kL3z"


@pytest.fixture
def keyed(settings):
    def keyed(secret=GOOD, field=OTHER, fallbacks=()):
        settings.SECRET_KEY, settings.SALT_KEY, settings.SECRET_KEY_FALLBACKS = secret, [field], list(fallbacks)
        return [error.msg.split()[0] for error in checks.keys_are_ones_own(None)]

    return keyed


def test_keys_of_ones_own_are_taken(keyed):
    assert keyed() == []


@pytest.mark.parametrize("key", [*sorted(checks.EXAMPLES), "none", "x", "k" * 60, "abc" * 20, "short-But-Random-9Qz"])
def test_a_key_that_others_know_or_guess_is_refused(keyed, key):
    assert keyed(secret=key) == ["SECRET_KEY"]
    assert keyed(field=key) == ["FIELD_KEY"]
    assert keyed(fallbacks=[key]) == ["SECRET_KEY_FALLBACKS"]


def test_one_key_is_not_two(keyed):
    assert keyed(GOOD, GOOD) == ["SECRET_KEY"]


def test_the_keys_of_a_demo_are_its_own(keyed, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    (tmp_path / "field_key").write_text(GOOD)
    assert keyed(field=GOOD, secret=OTHER) == ["FIELD_KEY"]

    settings.DEMO = True
    assert keyed(field=GOOD, secret=OTHER) == []


def test_every_key_that_anybody_can_read_here_is_refused(keyed):
    files = [".env.example", "Dockerfile", ".ci/run", "docker-compose.yml", "tests/settings.py", "docs/operations.md"]
    found = {
        key for file in files for key in re.findall(r"(?:SECRET|FIELD)_KEY=([^\s$`{,]+)", (ROOT / file).read_text())
    }

    assert {"none", "change-me-too"} <= found
    assert [key for key in sorted(found) if not keyed(secret=key)] == []


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("https://skolebro.example.no", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
        ("http://localhost", False),
        ("http://skolebro.example.no", True),
        ("http://192.168.1.20", True),
        ("http://localhost.example.no", True),
        ("http://127.0.0.1.example.no", True),
        ("http://0.0.0.0", True),
    ],
)
def test_http_is_for_this_machine_alone(settings, url, is_refused):
    settings.SITE_URL, settings.HTTPS = url, url.startswith("https://")

    assert bool(checks.nothing_travels_in_the_open(None)) == is_refused


def test_a_server_with_an_example_does_not_start(keyed, settings):
    settings.HTTPS = True
    keyed()
    checks.refuse_unsafe()

    keyed("change-me-too")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is an example"):
        checks.refuse_unsafe()
