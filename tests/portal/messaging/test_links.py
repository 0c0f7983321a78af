from datetime import timedelta
from threading import Thread

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from portal.messaging import tokens
from portal.messaging.actions import revoke_link
from portal.messaging.links import FORGERIES_AN_HOUR, OPENINGS_A_MINUTE, link_for, links_for
from portal.messaging.models import PersonalLink, Preference
from portal.people.models import Household, Person, Role
from tests import make

pytestmark = pytest.mark.django_db

PURPOSE = "messaging.preferences"


@pytest.fixture
def link(amira):
    return link_for(amira, amira, purpose=PURPOSE)


def path(link):
    return reverse("messaging:preference_link", args=[tokens.token_of(link)])


def test_a_link_is_the_same_each_time(amira, link):
    assert link_for(amira, amira, purpose=PURPOSE).url() == link.url()
    assert PersonalLink.objects.count() == 1
    assert len(link.url()) < 80


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_same_link_at_once_get_the_same(amira, ben):
    """One is made between looking and making: the other is made all the same, and nobody gets a link of no row."""
    pairs, raced = [(amira, amira), (ben, ben)], []

    def race(execute, sql, params, many, context):
        if sql.startswith("INSERT") and not raced:
            other = Thread(target=lambda: (raced.append(link_for(amira, amira, purpose=PURPOSE)), connection.close()))
            other.start()
            other.join()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(race):
        links = links_for(pairs, purpose=PURPOSE)

    assert links[amira.pk].pk == raced[0].pk
    assert {link.pk for link in links.values()} == set(PersonalLink.objects.values_list("pk", flat=True))


def test_a_link_opens_its_page_without_a_login(client, link):
    response = client.get(path(link))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_link_speaks_the_persons_language_unless_this_device_was_told_another(client, amira, link, settings):
    Person.objects.filter(pk=amira.pk).update(language="da")
    assert b'lang="da"' in client.get(path(link)).content
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nn"
    assert b'lang="nn"' in client.get(path(link)).content


def test_an_expired_link_is_worn_out(client, link):
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(path(link)).status_code == 410


def test_revoke_link_records(client, amira, link):
    old = path(link)
    revoke_link(link, by=amira)
    assert client.get(old).status_code == 410

    new = link_for(amira, amira, purpose=PURPOSE)

    assert client.get(old).status_code == 410
    assert client.get(path(new)).status_code == 200


def test_revoke_link_denies_somebody_else(link, ben, school_class):
    office = make.holder(Role.Kind.OFFICE, school_class.school)

    assert not revoke_link.may(ben, link)
    assert revoke_link.may(office, link)


def test_a_link_does_not_open_anothers(client, link, ben):
    other = link_for(ben, ben, purpose=PURPOSE)
    mine, theirs = tokens.token_of(link), tokens.token_of(other)
    mixed = f"{theirs.partition('.')[0]}.{mine.partition('.')[2]}"

    assert client.get(reverse("messaging:preference_link", args=[mixed])).status_code == 404
    assert client.get(reverse("messaging:preference_link", args=["nonsense"])).status_code == 404
    assert client.get(reverse("messaging:preference_link", args=["zzzz.nonsense"])).status_code == 404


def test_a_link_of_another_purpose_does_not_open(client, amira):
    other = PersonalLink.objects.create(
        person=amira,
        purpose="tests.other",
        subject_type="people.Person",
        subject_id=str(amira.pk),
        expires_at=timezone.now() + timedelta(days=1),
    )

    assert client.get(path(other)).status_code == 404


def test_a_link_is_for_one_household(client, amira, link):
    amira.household = Household.objects.create()
    amira.save(update_fields=["household"])

    assert client.get(path(link)).status_code == 410


def test_a_link_of_who_has_left_is_worn_out(client, amira, link):
    amira.is_active = False
    amira.save(update_fields=["is_active"])

    assert client.get(path(link)).status_code == 410


def test_a_link_is_opened_by_a_person_and_not_by_a_scanner(client, link):
    client.get(path(link))
    link.refresh_from_db()
    assert link.opened_at is None

    assert client.get(link.opened_path).status_code == 405
    assert client.post(link.opened_path).status_code == 204

    link.refresh_from_db()
    assert link.opened_at is not None


def test_too_many_openings_are_held_back(client, link):
    statuses = [client.get(path(link)).status_code for _time in range(OPENINGS_A_MINUTE + 2)]

    assert statuses[0] == 200
    assert statuses[-1] == 429


def test_too_many_forgeries_are_held_back_and_shut_out_nobody_else_behind_the_same_address(client, link):
    forged = reverse("messaging:preference_link", args=["1.forged"])

    statuses = [client.get(forged, REMOTE_ADDR="10.1.2.3").status_code for _time in range(FORGERIES_AN_HOUR + 1)]

    assert statuses == [404] * FORGERIES_AN_HOUR + [429]
    assert client.get(path(link), REMOTE_ADDR="10.1.2.3").status_code == 200


@pytest.mark.parametrize("spelling", ["A", "0a", "+a", " a", "0_a"])
def test_a_token_has_one_spelling(client, link, spelling):
    PersonalLink.objects.filter(pk=link.pk).update(id=10)
    token = tokens.token_of(PersonalLink.objects.get(pk=10))
    assert token.startswith("a.")

    respelled = reverse("messaging:preference_link", args=[spelling + token[1:]])

    assert client.get(respelled).status_code == 404
    assert client.get(reverse("messaging:preference_link", args=[token])).status_code == 200


def test_a_link_opens_with_the_cache_away(client, link, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    assert client.get(path(link)).status_code == 200


def test_choices_are_saved_by_link(client, amira, link):
    chosen = {
        "invitations": "email",
        "reminders": "sms",
        "news": "portal",
        "decisions": "email",
        "tasks": "email",
        "digest": "daily",
        "quiet_from": "20:00",
        "quiet_until": "08:00",
    }

    response = client.post(path(link), chosen)

    assert response.status_code == 302
    assert Preference.objects.get(person=amira).news == "portal"


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()
