"""Law: a page that opens by a link alone names nobody of a family at a protected address, before and after an answer,
in what it says, in the cookies it sets and in the files it gives. Whoever the link was forwarded to has not signed in."""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from conferences.notices.rounds import BOOK
from conferences.views.ways import SIGNED_IN
from networks import actions as gatherings
from networks.birthdays.notices import PURPOSE
from networks.notices.letters import ANSWER
from portal.access import link_holders
from portal.messaging.links import link_for
from portal.messaging.models import PersonalLink
from portal.messaging.tokens import PURPOSES, path_of, token_of
from portal.people import actions as people
from portal.people import protection
from portal.people.models import Person, SignInMove, the_portal
from tests import make
from tests.laws.test_moved import said_by
from tests.laws.verdict import allow_none
from tests.pages import text

pytestmark = pytest.mark.walk
CALLED = ("Nora", "Elias", "Amira", "Pilvi", "Warsame", "Revene", "Ulvene", "Lia skole")
NAMES = (*CALLED, "4799887766", "amira@example.net")
BEYOND = {
    **dict.fromkeys(
        ("book_link", *(f"{page}_link" for page in SIGNED_IN)), ("Bjørnstad", "Dalen", "Loftet", "Kjelleren")
    ),
    "gathering_mute": ("Bonfire",),
    **dict.fromkeys(("birthday_answer", "birthday_mute"), ("Contact", "The playroom", "Indoor shoes")),
    "gathering_answer": ("Bonfire", "The shelter by the lake", "Down by the water", "Bring skates", "Too much ice"),
}
MARKED = ("guardian", "partner", "child")


def pages(resolver=None):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern)
        else:
            yield pattern


@pytest.fixture
def town(db):
    cache.clear()
    school = make.school("Lia skole")
    third, fifth = make.school_class("Revene", at=school), make.school_class("Ulvene", at=school, grades=(5,))
    nora = make.pupil("Nora", "Warsame", in_class=third)
    elias = make.pupil("Elias", "Warsame", in_class=fifth)
    details = {"language": "en", "phone": "+4799887766", "email": "amira@example.net"}
    amira = make.guardian("Amira", "Warsame", of=[nora, elias], **details)
    partner = make.person("Pilvi", "Warsame", household=amira.household)
    make.guardian("Bo", "Warsame", of=[nora, elias])
    anne = make.holder("contact_teacher", third, "Anne", "Bjørnstad")
    per = make.holder("contact_teacher", fifth, "Per", "Dalen")
    round = make.round(third, fifth)
    booked = make.conference(round, nora, anne)
    waits = make.conference(round, elias, per, wanted_note="Elias has grown, says Per Dalen")
    room = school.rooms.create(name="Loftet")
    where = {"room": room, "video_url": "https://lia.example/meet/Revene"}
    booked = make.booked(booked, by=amira, at=make.slot(round, anne, **where))
    slot = make.slot(round, per, hour=16, minute=30, room=room)
    later = make.slot(round, per, hour=17, room=school.rooms.create(name="Kjelleren"))
    contact = make.holder("class_contact", third)
    return SimpleNamespace(
        people={"guardian": amira, "partner": partner, "child": nora},
        amira=amira,
        booked=booked,
        waits=waits,
        slot=slot,
        later=later,
        round=round,
        contact=contact,
        gathering=make.published(third, by=contact, description="Down by the water", bring="Bring skates"),
        office=make.holder("office", school),
    )


def path(person, subject, purpose):
    return urlsplit(link_for(person, subject, purpose=purpose).url()).path


def booking_pages(client, town):
    link = path(town.amira, town.round, BOOK)
    slot = {"conference": town.waits.pk, "slot": town.slot.pk}
    waits, booked = f"{link}talks/{town.waits.pk}/", f"{link}talks/{town.booked.pk}/"
    chosen = f"{link}?talk={town.waits.pk}&time={town.waits.pk}-{town.slot.pk}"
    yield from map(client.get, [link, f"{link}?talk={town.booked.pk}", chosen, f"{chosen}&interpreter=ask"])
    yield client.get(chosen, headers={"HX-Request": "true"})
    yield client.post(booked, {"mode": "video", "language": "", "note": "We come"}, follow=True)
    yield client.post(f"{waits}none/", {"text": ""})
    yield client.post(f"{waits}none/", {"text": "Mondays"}, follow=True)
    yield client.post(link, slot, follow=True)
    yield client.get(waits)
    yield client.post(link, slot | {"slot": town.later.pk}, follow=True)
    yield client.post(
        link, {"conference": town.booked.pk, "slot": make.slot(town.round, town.booked.teacher, hour=15).pk}
    )
    town.slot.__class__.objects.filter(pk=town.slot.pk).update(blocked=True)
    yield client.post(link, slot)
    yield client.post(f"{waits}cancel/", follow=True)
    yield client.post(f"{booked}separate/", follow=True)
    yield client.get(path(town.amira, extra_of(town), BOOK))


def extra_of(town):
    return make.conference(None, town.people["child"], town.booked.teacher, kind="extra")


def talk_pages(page):
    """One page for each talk that a link is for, at its own address and where earlier letters have it."""

    def asked(client, town):
        extra = extra_of(town)
        for talk, subject in ((town.booked, town.round), (town.waits, town.round), (extra, extra)):
            link = link_for(town.amira, subject, purpose=BOOK)
            yield client.get(reverse(f"conferences:{page}_link", args=[token_of(link), talk.pk]), follow=True)
            yield client.get(f"{path_of(link)}?do={page}&talk={talk.pk}", follow=True)

    return asked


def wish_pages(client, town):
    at = path(town.amira, town.round, BOOK) + "wishes/"
    yield client.get(at, follow=True)
    now = timezone.now()
    later = {
        "wishes_by": now + timedelta(days=1),
        "opens_at": now + timedelta(days=2),
        "closes_at": now + timedelta(days=9),
    }
    town.round.__class__.objects.filter(pk=town.round.pk).update(**later)
    yield client.get(at)
    yield client.post(at, {"times": ["never"], "note": "Nights"})
    yield client.post(at, {"times": [], "note": "Nights"}, follow=True)
    yield client.get(at)


def answer_pages(client, town):
    link = path(town.amira, town.gathering, ANSWER)
    yield client.get(link)
    yield client.get(f"{link}?calendar=1", follow=True)
    yield client.get(f"{link}?answer=no")
    yield client.post(link, {"answer": "yes"})
    yield client.post(link, {"answer": "yes", "go_on": "1"}, follow=True)
    yield client.post(link, {"undo": "1"}, follow=True)
    yield client.post(link, {"answer": "yes"}, follow=True)
    yield client.post(link, {"adults": "2", "siblings": "x", "lift": "none"})
    yield client.post(link, {"adults": "2", "siblings": "0", "lift": "none", "food": "no fish"}, follow=True)
    yield Client().get(link)
    gatherings.cancel_gathering(town.gathering, by=town.contact, because="Too much ice")
    yield client.get(link)


def calendar_page(client, town):
    yield client.get(f"{path(town.amira, town.gathering, ANSWER)}calendar.ics")


def mute_pages(client, town):
    link = f"{path(town.amira, town.gathering, ANSWER)}quiet/"
    yield client.get(link)
    yield client.post(link, {"List-Unsubscribe": "One-Click"})
    yield client.get(link)
    yield client.post(link, {"undo": "1"})


def monthly_pages(client, town):
    link = path(town.amira, town.gathering.school_class, "networks.digests")
    yield client.get(link)
    yield client.post(link, {"List-Unsubscribe": "One-Click"})
    yield client.post(link, {"undo": "1"})


def start_pages(client, town):
    start = gatherings.open_start(town.gathering.school_class, by=town.contact, met_on=timezone.localdate())
    link = path(town.amira, start, "networks.start")
    yield client.get(link)
    yield client.post(link, {"fields": ["name", "phone"]}, follow=True)
    gatherings.close_start(start, by=town.contact)
    yield client.get(link)


def birthday_of(town):
    """Of the contact's child, to which Amira is invited."""
    starts = timezone.now() + timedelta(days=9)
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "answer_by": starts - timedelta(days=4)}
    said = {"place": "The playroom", "words": "Indoor shoes", "is_shared": False, "not_names": []}
    child = Person.objects.get(guardian_relations__guardian=town.contact)
    third = town.gathering.school_class
    return gatherings.invite_to_birthday(third, by=town.contact, child=child, **times, **said)


def birthday_pages(client, town):
    birthday = birthday_of(town)
    link = path(town.amira, birthday, PURPOSE)
    yield client.get(link)
    yield client.get(f"{link}?answer=no")
    yield client.post(link, {"answer": "yes"})
    yield client.post(link, {"answer": "yes", "go_on": "1"}, follow=True)
    yield client.post(link, {"answer": "never"}, follow=True)
    yield Client().get(link)
    gatherings.call_off_birthday(birthday, by=town.contact)
    yield client.get(link)


def birthday_mute_pages(client, town):
    link = f"{path(town.amira, birthday_of(town), PURPOSE)}quiet/"
    yield client.get(link)
    yield client.post(link, {"List-Unsubscribe": "One-Click"})
    yield client.post(link, {"undo": "1"})


def choices_pages(client, town):
    link = path(town.amira, town.amira, "messaging.preferences")
    yield client.get(link)
    yield client.post(link, {"digest": "none"}, follow=True)


def morning_pages(client, town):
    link = path(town.amira, town.amira, "messaging.morning")
    yield client.get(link)
    yield client.post(link, {"List-Unsubscribe": "One-Click"})
    yield client.post(link, {"undo": "1"})


def calendar_pages(client, town):
    yield client.get(path(town.amira, town.amira, PersonalLink.CALENDAR))


def opened_pages(client, town):
    yield client.post(link_for(town.amira, town.gathering, purpose=ANSWER).opened_path)


def worn_out_pages(client, town):
    for subject, purpose in ((town.round, BOOK), (town.gathering, ANSWER), (town.amira, "messaging.preferences")):
        link = link_for(town.amira, subject, purpose=purpose)
        PersonalLink.objects.filter(pk=link.pk).update(expires_at=town.round.opens_at)
        yield client.get(urlsplit(link.url()).path)


def move_pages(client, town):
    said = {"old": "old@example.net", "new": "amira@example.net", "phone": "+4799887766", "state": "asked"}
    move = SignInMove.objects.create(person=town.amira, asked_by=town.office, **said)
    yield client.get(reverse("people:move_answer", args=[move.token]))
    yield client.post(reverse("people:move_answer", args=[move.token]), {"answer": "no"})


BY_LINK = {
    "book_link": booking_pages,
    "wish_link": wish_pages,
    **{f"{page}_link": talk_pages(page) for page in SIGNED_IN},
    "gathering_answer": answer_pages,
    "answer_calendar": calendar_page,
    "gathering_mute": mute_pages,
    "digest_mute": monthly_pages,
    "start_link": start_pages,
    "birthday_answer": birthday_pages,
    "birthday_mute": birthday_mute_pages,
    "preference_link": choices_pages,
    "morning_mute": morning_pages,
    "calendar_feed": calendar_pages,
    "link_opened": opened_pages,
    "move_answer": move_pages,
}


def test_every_page_that_opens_by_a_link_alone_is_read_here():
    by_link = {pattern.name for pattern in pages() if getattr(pattern.callback, "open_to", None) is link_holders}

    allow_none(by_link - BY_LINK.keys(), "{} opens by a link alone: say in BY_LINK how it is read")
    allow_none(BY_LINK.keys() - by_link, "{} opens by no link any more: take it out of BY_LINK")
    assert {name.rpartition(":")[2] for name in PURPOSES.values()} <= set(BY_LINK)


def leaks(town, name):
    """[(what is named, by which answer)] to a browser in which nobody is signed in."""
    client, found = Client(), []
    for number, answer in enumerate(BY_LINK[name](client, town)):
        said = said_by(answer) + str(answer.headers) + client.cookies.output()
        assert answer.status_code in (200, 204, 302, 404, 409, 410), (number, answer.status_code)
        found += [(word, number) for word in NAMES + BEYOND.get(name, ()) if word in said]
    return found


@pytest.mark.parametrize("marked", MARKED)
@pytest.mark.parametrize("name", BY_LINK)
def test_a_page_that_opens_by_a_link_alone_names_nobody_of_a_protected_family(town, name, marked):
    people.protect_address(town.people[marked], by=the_portal(), grade="strict", alias="Furu")

    allow_none(leaks(town, name), "{} is named in answer {}")


@pytest.mark.parametrize("name", ["book_link", "gathering_answer"])
def test_the_law_reads_the_names_when_nobody_is_protected(town, name, monkeypatch):
    people.protect_address(town.amira, by=the_portal(), grade="strict")
    monkeypatch.setattr(protection, "sheltered_among", lambda keys: set())

    assert {"Nora", "Revene", *BEYOND[name]} <= {word for word, _number in leaks(town, name)}


@pytest.mark.parametrize("name", ["wish_link", *(f"{page}_link" for page in SIGNED_IN)])
def test_the_law_reads_each_further_page_of_a_link(town, name, monkeypatch):
    people.protect_address(town.amira, by=the_portal(), grade="strict")
    monkeypatch.setattr(protection, "sheltered_among", lambda keys: set())

    assert leaks(town, name) != []


SAID = {
    "en": ["A time is booked for your child with Anne as teacher.", "Conference · your child with Per as teacher"],
    "nb": ["barnet ditt med Anne som lærer.", "· barnet ditt med Per som lærer", "Barnet ditt kan også være med"],
    "nn": ["barnet ditt med Anne som lærar.", "· barnet ditt med Per som lærar", "Barnet ditt kan også vere med"],
    "da": ["dit barn med Anne som lærer.", "· dit barn med Per som lærer", "Dit barn må også gerne være med"],
}


@pytest.mark.parametrize("language", SAID)
def test_a_neutral_link_calls_nobodys_child_by_the_name_of_its_teacher(town, language):
    people.protect_address(town.amira, by=the_portal(), grade="strict")
    client = Client()
    client.cookies["django_language"] = language

    read = text(client.get(path(town.amira, town.round, BOOK)))

    allow_none([said for said in SAID[language] if said not in read], "the page does not say: {}")
    assert "(Anne)" not in read


@pytest.mark.parametrize("answer", ["yes", "maybe", "no"])
def test_a_neutral_answer_link_says_the_same_whatever_another_browser_has_answered(town, answer):
    people.protect_address(town.amira, by=the_portal(), grade="strict")
    link = path(town.amira, town.gathering, ANSWER)
    first = Client().get(link)

    told = text(Client().post(link, {"answer": answer, "go_on": "1"}, follow=True))

    assert "Your answer is saved" in told
    assert town.gathering.rsvps.get().answer == answer
    assert text(Client().get(link)) == text(first)
    assert reverse("networks:gathering_show", args=[town.gathering.pk]) in said_by(first)


def test_the_own_pages_of_who_has_signed_in_name_the_child_as_before(town, client):
    people.protect_address(town.amira, by=the_portal(), grade="strict")
    client.force_login(town.amira)

    shown = client.get(reverse("conferences:conference_show", args=[town.booked.pk])).content.decode()

    assert "Talk about Nora with Anne Bjørnstad" in shown
    assert "Revene" in shown
