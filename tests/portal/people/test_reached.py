"""How staff are reached, until when they are away, and who reads it."""

from datetime import time, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from networks import actions as networks
from portal.ledger import tasks as ledger
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people import actions
from portal.people.models import Availability, Person
from portal.people.queries.adults import adults_around, colleagues_of
from portal.people.tasks import forget_absences
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text

pytestmark = pytest.mark.django_db
today = timezone.localdate


def soon():
    return today() + timedelta(days=4)


@once
def lia(db):
    lia = make.school("Lia skole")
    lia.here = make.school_class("3B", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.tom = make.holder("contact_teacher", lia.here, "Tom", "Ås", phone="+4741200401", email="tom@lia.example")
    lia.siri = make.holder("subject_teacher", lia.here, "Siri", "Dal", phone="+4741200402")
    return lia


def ways(person, *ways, **said):
    actions.choose_ways(person, by=person, ways=list(ways), **said)


def away(person, until=None, stand_in=None):
    actions.say_away(person, by=person, away_until=until or soon(), stand_in=stand_in)


def adults(lia, reader=None):
    (one,) = adults_around(lia.nora, reader or lia.amira)
    return {adult.name: adult for adult in one.around}


# The ways


def test_nothing_is_shown_before_somebody_has_said_so(lia):
    tom = adults(lia)["Tom Ås"]

    assert (tom.phone, tom.email, tom.messages_at, tom.has_ways) == ("", "", "", False)


def test_the_ways_that_are_ticked_are_shown_and_no_others(lia):
    ways(lia.tom, "phone", best_from=time(14), best_to=time(15, 30))

    tom = adults(lia)["Tom Ås"]

    assert (tom.phone, tom.email, tom.best_from, tom.best_to) == ("+4741200401", "", time(14), time(15, 30))


def test_an_e_mail_that_does_not_arrive_is_not_shown(lia):
    ways(lia.tom, "email")
    Person.objects.filter(pk=lia.tom.pk).update(email_failed_at=timezone.now())

    assert adults(lia)["Tom Ås"].email == ""


@pytest.mark.parametrize(
    "said",
    [
        {"ways": ["message"]},
        {"ways": [], "best_from": time(14)},
        {"ways": [], "best_to": time(14)},
        {"ways": [], "best_from": time(14), "best_to": time(14)},
        {"ways": [], "best_from": time(15), "best_to": time(14)},
    ],
    ids=str,
)
def test_a_way_that_leads_nowhere_and_hours_without_two_ends_are_refused(lia, said):
    with pytest.raises(actions.NotReachable):
        actions.choose_ways(lia.tom, by=lia.tom, **said)

    assert not Availability.objects.exists()


def test_a_phone_or_an_e_mail_that_one_does_not_have_is_refused(lia):
    bare = make.holder("office", lia, "Odd", email="")

    for way in ("phone", "email"):
        with pytest.raises(actions.NotReachable):
            ways(bare, way)


def test_the_database_keeps_it_too(lia):
    for wrong in (
        {"best_from": time(15), "best_to": time(14)},
        {"best_from": time(15)},
        {"ways": ["message"]},
        {"stand_in": lia.siri},
        {"stand_in": lia.tom, "away_until": soon()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Availability.objects.create(person=lia.tom, **wrong)


def test_nobody_says_it_for_another_and_nobody_who_does_not_work_there(lia):
    for by, of in ((lia.siri, lia.tom), (lia.amira, lia.amira)):
        for change in (
            lambda by=by, of=of: actions.choose_ways(of, by=by, ways=[]),
            lambda by=by, of=of: actions.say_away(of, by=by, away_until=soon()),
        ):
            with pytest.raises(PermissionDenied):
                change()


@pytest.mark.parametrize("wrong", ["javascript:alert(1)", "http://aula.dk/", "ftp://x.example", "aula"])
def test_the_address_of_messages_is_an_encrypted_page_and_what_was_typed_stays(lia, wrong):
    answer = as_(lia.tom).post(address("people", "ways_choose"), {"ways": ["message"], "messages_at": wrong})

    assert answer.status_code == 200
    assert not Availability.objects.exists()
    assert wrong in markup(answer)


def test_the_page_saves_what_is_said(lia):
    said = {"ways": ["phone", "message"], "messages_at": "https://aula.dk/m", "best_from": "14:00", "best_to": "15:30"}

    answer = as_(lia.tom).post(address("people", "ways_choose"), said)

    assert answer.status_code == 302
    assert lia.tom.availability.messages_at == "https://aula.dk/m"


def test_what_is_saved_in_another_window_meanwhile_is_not_overwritten(lia):
    client = as_(lia.tom)
    seen = client.get(address("people", "ways_choose")).context["form"]["seen"].value()
    ways(lia.tom, "phone")

    answer = client.post(address("people", "ways_choose"), {"ways": ["email"], "seen": seen})

    assert "another window" in text(answer)
    assert lia.tom.availability.ways == ["phone"]


# Away


def test_who_is_away_is_shown_so_with_who_stands_in_and_their_ways(lia):
    ways(lia.siri, "phone")
    away(lia.tom, stand_in=lia.siri)

    tom = adults(lia)["Tom Ås"]

    assert tom.away_until == soon()
    assert (tom.stand_in.name, tom.stand_in.phone) == ("Siri Dal", "+4741200402")


def test_who_does_not_work_with_the_child_and_stands_in_is_reached_by_the_schools_number(lia):
    other = make.holder("contact_teacher", make.school_class("7A", at=lia), "Odin", "Lie", phone="+4741200409")
    ways(other, "phone")
    away(lia.tom, stand_in=other)

    stand_in = adults(lia)["Tom Ås"].stand_in

    assert (stand_in.name, stand_in.phone, stand_in.by_school) == ("Odin Lie", "", True)
    page = text(as_(lia.amira).get(address("principles", "guide_show", lia.nora.key)))
    assert "Odin Lie stands in." in page
    assert "412 00 409" not in page
    assert "Odin" not in text(as_(lia.amira).get(address("people", "class_show", lia.here.pk)))


def test_who_stands_in_is_told_once_and_again_of_another_day(lia):
    def told():
        ledger.sweep()
        return list(Notice.objects.filter(kind="home.stand_in_named").values_list("recipient__given_name", flat=True))

    away(lia.tom, stand_in=lia.siri)
    away(lia.tom, stand_in=lia.siri)
    assert told() == ["Siri"]

    away(lia.tom, until=soon() + timedelta(days=1), stand_in=lia.siri)
    assert told() == ["Siri", "Siri"]
    notice = Notice.objects.filter(kind="home.stand_in_named").latest("pk")
    kind = KINDS[notice.kind]
    with translation.override("en"):
        assert "Tom Ås is away until" in kind(notice).lines[0]
    assert kind.wanted(notice)
    away(lia.tom, until=None)
    assert told() == ["Siri", "Siri"]
    assert not kind.wanted(Notice.objects.get(pk=notice.pk))


def test_forget_absences_twice_changes_no_more_and_it_is_gone_by_itself_before(lia):
    away(lia.tom, stand_in=lia.siri)
    until = adults(lia)["Tom Ås"].away_until
    assert until == soon()

    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        forget_absences()
        assert adults(lia)["Tom Ås"].away_until == until
    with time_machine.travel(timezone.now() + timedelta(days=5), tick=False):
        tom = adults(lia)["Tom Ås"]
        assert (tom.away_until, tom.stand_in) == (None, None)
        forget_absences()
        forget_absences()

    lia.tom.availability.refresh_from_db()
    assert (lia.tom.availability.away_until, lia.tom.availability.stand_in) == (None, None)


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_is_over_or_far_away_is_refused_and_stays_in_the_form(lia, days):
    wrong = today() + timedelta(days=days)
    with pytest.raises(actions.WrongAbsence):
        away(lia.tom, wrong)

    answer = as_(lia.tom).post(address("people", "away_say"), {"away_until": wrong.isoformat()})

    assert "within a year" in text(answer)
    assert wrong.isoformat() in markup(answer)


def test_nobody_from_elsewhere_stands_in_nor_oneself_nor_a_guardian(lia):
    stranger = make.holder("office", make.school("Elsewhere"), "Sten")

    for wrong in (stranger, lia.amira):
        with pytest.raises(PermissionDenied):
            away(lia.tom, stand_in=wrong)
    with pytest.raises(actions.WrongAbsence):
        away(lia.tom, stand_in=lia.tom)


def test_who_stands_in_is_named_no_more_when_they_have_left(lia):
    away(lia.tom, stand_in=lia.siri)
    actions.end_role(lia.siri.roles.get(), by=make.holder("office", lia))

    assert adults(lia)["Tom Ås"].stand_in is None


def test_back_again_is_an_empty_day(lia):
    away(lia.tom, stand_in=lia.siri)

    as_(lia.tom).post(address("people", "away_say"), {"away_until": "", "stand_in": lia.siri.pk})

    lia.tom.availability.refresh_from_db()
    assert (lia.tom.availability.away_until, lia.tom.availability.stand_in) == (None, None)


def test_who_is_away_and_stands_in_for_another_says_so(lia):
    away(lia.siri)
    away(lia.tom, stand_in=lia.siri)

    assert adults(lia)["Tom Ås"].stand_in.away_until == soon()


def test_a_colleague_who_would_tell_where_a_child_is_is_no_choice(lia):
    _child, parent = make.family(lia.here, pupil_name="Per", adult_name="Paul")
    make.role(parent, "subject_teacher", lia.here)
    make.restricted(lia.tom, _child)

    assert lia.siri in colleagues_of(lia.tom)
    assert parent not in colleagues_of(lia.tom)


def test_a_protected_colleague_is_not_missing_among_the_choices_and_is_named_to_no_family(lia):
    hidden = make.holder("subject_teacher", lia.here, "Hilde")
    actions.protect_address(hidden, by=make.holder("office", lia, "Odd"), grade="strict")
    assert hidden in colleagues_of(lia.tom)

    away(lia.tom, stand_in=hidden)

    assert adults(lia)["Tom Ås"].stand_in is None
    for page in (address("people", "class_show", lia.here.pk), address("people", "child_show", lia.nora.key), "/"):
        assert "Hilde" not in text(as_(lia.amira).get(page))


# Where it is read


def test_it_stands_wherever_one_is_about_to_write_or_call(lia):
    away(lia.tom)

    for page in (
        address("people", "class_show", lia.here.pk),
        "/",
        address("conferences", "extra_ask", lia.nora.key),
        address("principles", "guide_show", lia.nora.key),
    ):
        assert "Away until" in text(as_(lia.amira).get(page)), page


def test_who_asks_about_a_notice_reads_that_its_writer_is_away(lia):
    words = {"kind": "practical", "title": "A trip", "text": "We walk.", "is_knowable": False, "noticed_at": None}
    sent = networks.write_bulletin(lia.here, by=lia.tom, **words)
    networks.send_bulletin(sent, by=lia.tom, not_names=[])
    away(lia.tom)

    assert "Away until" in text(as_(lia.amira).get(address("networks", "question_ask", sent.pk)))


def test_a_talk_is_asked_for_without_a_word_of_it_while_one_contact_teacher_is_there(lia):
    make.holder("contact_teacher", lia.here, "Trude")
    away(lia.tom)

    assert "Away until" not in text(as_(lia.amira).get(address("conferences", "extra_ask", lia.nora.key)))
