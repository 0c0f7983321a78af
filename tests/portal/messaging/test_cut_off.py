"""When somebody is restricted, everything that was ever sent to them is shut at once."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from portal.messaging import tokens
from portal.messaging.links import link_for
from portal.messaging.models import Notice, naming
from portal.people import actions
from portal.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def gathering(school_class):
    return make.published(school_class, by=make.holder(Role.Kind.CLASS_CONTACT, school_class))


def told(person, subject, title):
    return Notice.objects.create(
        kind="tests.told",
        recipient=person,
        category="news",
        state=Notice.State.TOLD,
        not_before=timezone.now(),
        told_at=timezone.now(),
        title=title,
        text="By the lake, on Thursday",
        link="http://testserver/gatherings/a/secret/",
        **naming(subject),
    )


def pupil_of(guardian):
    return guardian.pupil_relations.get().pupil


def test_a_restriction_wears_out_every_personal_link(client, amira, gathering):
    links = [
        link_for(amira, amira, purpose="messaging.preferences"),
        link_for(amira, gathering, purpose="networks.answer"),
    ]
    old = [tokens.path_of(link) for link in links]
    assert [client.get(path).status_code for path in old] == [200, 200]

    make.restricted(amira, pupil_of(amira))

    assert [client.get(path).status_code for path in old] == [410, 410]
    assert client.post(links[0].opened_path).status_code == 410


def test_a_restriction_leaves_the_links_of_others_alone(client, ben, amira):
    link = link_for(ben, ben, purpose="messaging.preferences")

    make.restricted(amira, pupil_of(amira))

    assert client.get(tokens.path_of(link)).status_code == 200


def test_what_a_restricted_person_was_told_is_no_longer_read(client, amira, gathering):
    about_class = told(amira, gathering, "Bonfire with 1A")
    about_oneself = told(amira, amira, "Your choices")
    make.restricted(amira, pupil_of(amira))

    client.force_login(amira)
    page = client.get(reverse("messaging:message_list")).content.decode()

    assert "Bonfire" not in page
    assert "Your choices" in page
    assert client.get(reverse("messaging:message_show", args=[about_class.pk])).status_code == 404
    assert client.get(reverse("messaging:message_show", args=[about_oneself.pk])).status_code == 200


def test_what_is_about_another_child_is_still_read(client, amira, gathering, school_class):
    beside, nora = make.school_class("1B", at=school_class.school), pupil_of(amira)
    other = make.pupil("Ola", in_class=beside)
    make.confirmed(amira, other)
    there = make.published(beside, by=make.holder(Role.Kind.CLASS_CONTACT, beside), title="Lanterns")
    message = told(amira, there, "Lanterns with 1B")
    make.restricted(amira, nora)

    client.force_login(amira)

    assert client.get(reverse("messaging:message_show", args=[message.pk])).status_code == 200


def test_a_corrected_address_shuts_what_the_old_one_opened(client, amira, school_class):
    """The old address may have been a stranger's: neither their session nor their links go on."""
    office = make.holder(Role.Kind.OFFICE, school_class.school)
    old = tokens.path_of(link_for(amira, amira, purpose="messaging.preferences"))
    client.force_login(amira)
    assert client.get(reverse("people:profile")).status_code == 200

    actions.correct_contact(amira, by=office, email="right@example.org", phone="")

    assert client.get(reverse("people:profile")).status_code == 302
    assert client.get(old).status_code == 410
