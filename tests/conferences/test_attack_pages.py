"""Everybody who has nothing to do with a talk tries every address of it, by looking and by pressing."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from conferences import actions
from conferences.models import Conference, ConferenceSlot, InterpreterRequest, SlotTaken, Subject
from conferences.urls import urlpatterns
from portal.ledger.models import Event
from portal.people.models import Role, the_portal
from tests import make
from tests.ground import once

CLOSED = (302, 403, 404, 405, 409, 410)
SECRETS = ("Nora", "Warsame", "We come late")


@once
def world(round, conference, amina, yusuf, teacher, slot, nora, school_class, school):
    """A talk with a time and everything that can hang on it: {what an address ends in: its key}."""
    make.booked(conference, by=amina, at=slot, note="We come late")
    plan = actions.add_plan(conference, by=teacher, url="https://example.org/plan")[0]
    actions.send_plans(round, by=teacher)
    child, ola = make.family(school_class, pupil_name="Iver", adult_name="Ola")
    theirs = make.booked(make.conference(round, child, teacher), by=ola, at=make.slot(round, teacher, hour=17))
    swap = actions.ask_swap(Conference.objects.get(pk=conference.pk), by=amina, theirs=theirs.booking)
    along = actions.add_participant(conference, by=teacher, kind="support", name="Aunt")
    asked = InterpreterRequest.objects.create(conference=conference, language="so", asked_by=amina)
    wish = actions.ask_extra(nora, by=amina, school_class=school_class, reason="family")
    subject = Subject.objects.create(school=school, name="Norsk", grades=[3])
    written = actions.write_summary(conference, by=teacher, words={"child_words": "I", "home_support": "We come late"})
    return {
        "talk": conference.pk,
        "rounds": round.pk,
        "plans": plan.pk,
        "slots": slot.pk,
        "participants": along.pk,
        "interpreters": asked.pk,
        "extra": wish.pk,
        "subjects": subject.pk,
        "classes": school_class.pk,
        "summaries": written.pk,
        "swaps": swap.key,
        "pupil": nora.key,
        "subject_pk": subject.pk,
    }


def addresses(world):
    for pattern in urlpatterns:
        route = str(pattern.pattern)
        names = list(pattern.pattern.converters)
        begins = route.split("/")[0]
        if not names or names[0] in ("token", "on") or begins in ("timetables", "placements", "rooms", "comments"):
            continue
        if begins == "agreements":
            continue
        kwargs = {"pk": world[begins if begins in world else "talk"], "key": world["swaps"]}
        kwargs |= {"pupil": world["pupil"], "subject_pk": world["subject_pk"]}
        yield reverse(f"conferences:{pattern.name}", kwargs={name: kwargs[name] for name in names})


def strangers(nora, yusuf, school, school_class):
    elsewhere = make.school("Elsewhere")
    make.restricted(yusuf, nora)
    yield "restricted guardian", yusuf
    yield (
        "teacher of another class",
        make.holder(Role.Kind.CONTACT_TEACHER, make.school_class("5A", at=school, grades=(5,))),
    )
    former = make.holder(Role.Kind.CONTACT_TEACHER, school_class, "Former", "Teacher")
    make._set(former.roles.get(), by=the_portal(), valid_to=timezone.localdate() - timedelta(days=1))
    yield "former teacher", former
    yield "class contact", make.holder("class_contact", school_class)
    yield "board member", make.holder("board_member", school)
    yield "municipality", make.holder("municipality_officer", school.municipality)
    yield "office of another school", make.holder("office", elsewhere)
    yield "pupil of eleven", nora
    yield "parent of another child", make.family(school_class, pupil_name="Ida", adult_name="Eva")[1]


@pytest.mark.slow
def test_strangers_open_and_change_nothing(client, world, nora, yusuf, school, school_class):
    nora.born_on = school.today().replace(year=school.today().year - 11, day=1)
    nora.save()
    own = (reverse("conferences:family_book", args=[world["rounds"]]),)
    for who, person in list(strangers(nora, yusuf, school, school_class)):
        client.force_login(person)
        before = Event.objects.filter(verb__startswith="conferences.").count()
        for address in addresses(world):
            for answer in (client.get(address), client.post(address, {"slot": world["slots"], "came": [nora.pk]})):
                shown = answer.content.decode()
                assert answer.status_code in CLOSED or address in own or _tells_nothing(shown), (who, address)
        assert Event.objects.filter(verb__startswith="conferences.").count() == before, who


def _tells_nothing(shown):
    return not any(secret in shown for secret in SECRETS)


def test_the_words_of_the_talk_are_not_the_offices_nor_a_subject_teachers(client, world, school, school_class, amina):
    for person in (make.holder("office", school), make.holder(Role.Kind.SUBJECT_TEACHER, school_class)):
        client.force_login(person)
        for address in addresses(world):
            assert "We come late" not in client.get(address).content.decode(), address


def test_a_former_teacher_keeps_no_times(client, slot, teacher, school):
    make.role(teacher, Role.Kind.CONTACT_TEACHER, make.school_class("1A", at=make.school("Elsewhere")))
    make._set(teacher.roles.order_by("pk").first(), by=the_portal(), valid_to=timezone.localdate() - timedelta(days=1))
    client.force_login(teacher)
    client.post(reverse("conferences:slot_remove", args=[slot.pk]))
    assert ConferenceSlot.objects.filter(pk=slot.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_time_that_is_closed_while_it_is_pressed_is_taken(conference, amina, slot):
    said = []

    def press():
        try:
            actions.book(conference, by=amina, slot=ConferenceSlot.objects.get(pk=slot.pk))
        except SlotTaken as refusal:
            said.append(refusal)
        finally:
            connection.close()

    with transaction.atomic():
        actions.block_slot(slot, by=slot.teacher, blocked=True)
        pressing = threading.Thread(target=press)
        pressing.start()
        pressing.join(2)
        assert pressing.is_alive()
    pressing.join(20)
    assert len(said) == 1
    assert Conference.objects.get(pk=conference.pk).time is None
