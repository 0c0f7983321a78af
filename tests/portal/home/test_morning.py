"""The letter of the morning: who gets it, when, once; what it says; and who has had enough of it."""

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core import mail
from django.utils import timezone, translation

from conferences.models import Booking
from networks import actions as networks
from portal import todos
from portal.home.morning import KIND, open_for, this_morning
from portal.home.tasks import forget_mornings
from portal.messaging import sending
from portal.messaging.actions import choose_messages, choose_morning
from portal.messaging.kinds import KINDS
from portal.messaging.links import link_for
from portal.messaging.models import Channel, Delivery, Notice, PersonalLink, Preference
from portal.messaging.queueing import Wanted, queue
from portal.messaging.sending import LEASE, send
from portal.messaging.tasks import remind_of
from portal.messaging.tokens import path_of
from portal.people import actions as people
from portal.people.models import the_portal
from portal.schoolyear.models import Holiday
from tests import make
from tests.pages import as_, text

TUESDAY = datetime(2026, 11, 17, 5, 35, tzinfo=UTC)  # 6:35 in Oslo
USUAL = {
    **dict.fromkeys(("invitations", "reminders", "news", "decisions", "tasks"), "email"),
    "digest": "none",
    "quiet_from": time(21),
    "quiet_until": time(6),
}


WAITING = {"bulletins_to_release", "attendance_to_note"}


@pytest.fixture(autouse=True)
def _what_can_wait(monkeypatch):
    """Two things, whatever else the rooms register: what these tests are about is the letter."""
    for kind, found in todos._WAITING.items():
        monkeypatch.setitem(todos._WAITING, kind, [one for one in found if one[0].__name__ in WAITING])


@pytest.fixture
def town(db):
    """A notice of Dina's that Tom must read before it is sent."""
    with time_machine.travel(TUESDAY):
        lia = make.school("Lia skole")
        here = make.school_class("1A", at=lia)
        dina = make.holder("class_contact", here, "Dina")
        tom = make.holder("contact_teacher", here, "Tom", "Berg", language="en")
        ask_to_read(here, dina, "The fence")
    return SimpleNamespace(lia=lia, here=here, dina=dina, tom=tom)


def ask_to_read(here, dina, title):
    written = networks.write_bulletin(
        here,
        by=dina,
        kind="happened",
        title=title,
        text="the fence is broken.",
        is_knowable=False,
        noticed_at=timezone.now() - timedelta(hours=3),
    )
    networks.ask_release(written, by=dina, not_names=["The"])
    Notice.objects.all().delete()


def remind():
    remind_of(KINDS[KIND], this_morning, timezone.now())


def morning(at=TUESDAY, hours=2):
    """What the clock and the workers do from now on, every half an hour."""
    before = len(mail.outbox)
    for half in range(hours * 2):
        with time_machine.travel(at + timedelta(minutes=30 * half)):
            remind()
            send(Channel.EMAIL)
    return [one for one in mail.outbox[before:] if one.extra_headers.get("List-Unsubscribe")]


def test_whoever_works_there_gets_one_letter_with_what_waits(town):
    (letter,) = morning()

    assert town.tom.email in letter.to[0]
    assert letter.subject == "1 thing waits for you at school"
    assert "Read a notice before it is sent: 1A" in letter.body
    assert "The fence" not in letter.body
    sent = Delivery.objects.get(notice__kind=KIND, state="sent").sent_at
    assert timezone.localtime(sent).time() >= time(7, 30)


def test_it_says_what_the_first_page_says(town):
    with time_machine.travel(TUESDAY), translation.override("en"):
        (waiting,) = open_for(town.tom, timezone.localdate()).values()
        shown = text(as_(town.tom).get("/"))

    assert [todo.title for todo in waiting] == ["Read a notice before it is sent: 1A"]
    assert waiting[0].title in shown


def test_what_names_a_child_is_said_without(town):
    nora, amira = make.family(town.here, pupil_name="Nora")
    with time_machine.travel(TUESDAY):
        round = make.round(town.here)
        talk = make.conference(round, nora, town.tom)
        make.booked(talk, by=amira)
        was = timezone.now() - timedelta(days=1)
        Booking.objects.update(starts_at=was, ends_at=was + timedelta(minutes=20))
        Notice.objects.all().delete()

    (letter,) = morning()

    assert "Say who came to a talk" in letter.body
    assert "Nora" not in letter.body + letter.subject
    assert letter.subject == "2 things wait for you at school"


def test_what_tells_two_apart_on_the_first_page_stands_in_no_letter(town):
    with time_machine.travel(TUESDAY), translation.override("en"):
        ask_to_read(town.here, town.dina, "The gate")
        assert "Read a notice before it is sent: 1A (The gate)" in text(as_(town.tom).get("/"))

    (letter,) = morning()

    assert "Read a notice before it is sent: 1A (2)" in letter.body
    assert "The gate" not in letter.body + letter.subject


def test_whoever_has_nothing_open_gets_none(town):
    make.holder("office", town.lia, "Olga")
    make.holder("contact_teacher", make.school_class("1B", at=town.lia), "Siri")

    assert len(morning()) == 1


def test_only_those_who_work_at_the_school_get_it(town):
    """A class contact and a guardian have a first page too, and messages enough."""
    with time_machine.travel(TUESDAY):
        people.end_role(town.tom.roles.get(), by=the_portal())

    assert morning() == []


@pytest.mark.parametrize("day", [datetime(2026, 11, 21, 5, 45, tzinfo=UTC), datetime(2026, 11, 22, 5, 45, tzinfo=UTC)])
def test_never_at_a_weekend(town, day):
    assert morning(day) == []


def test_never_on_a_holiday_of_the_school(town):
    day = TUESDAY.date()
    Holiday.objects.create(school=town.lia, name="Planning", starts_on=day, ends_on=day)

    assert morning() == []
    assert len(morning(TUESDAY + timedelta(days=1))) == 1


def test_never_between_two_half_years(town):
    town.lia.years.first().terms.filter(season="autumn").update(ends_on=TUESDAY.date() - timedelta(days=1))

    assert morning() == []


def test_whoever_is_away_is_left_in_peace(town):
    with time_machine.travel(TUESDAY):
        people.say_away(town.tom, by=town.tom, away_until=TUESDAY.date() + timedelta(days=1))

    assert morning() == []
    assert len(morning(TUESDAY + timedelta(days=2))) == 1


def test_it_comes_at_the_hour_that_its_receiver_chose_and_never_in_quiet_hours(town):
    with time_machine.travel(TUESDAY):
        choose_messages(town.tom, by=town.tom, morning=True, morning_at=time(8, 15), **USUAL)
    morning(hours=3)
    assert timezone.localtime(Delivery.objects.get(notice__kind=KIND).sent_at).time() >= time(8, 15)

    with time_machine.travel(TUESDAY):
        quiet = USUAL | {"quiet_until": time(9)}
        choose_messages(town.tom, by=town.tom, morning=True, morning_at=time(8, 15), **quiet)
    morning(TUESDAY + timedelta(days=1), hours=4)
    assert timezone.localtime(Delivery.objects.filter(notice__kind=KIND).latest("pk").sent_at).time() >= time(9)


@pytest.mark.parametrize(("hour", "quiet"), [("22:00", ("21:00", "07:00")), ("06:30", ("21:00", "07:00"))])
@pytest.mark.parametrize("wanted", [True, False])
def test_an_hour_within_ones_quiet_hours_is_refused_in_words_and_kept(town, hour, quiet, wanted):
    """It would come later than it says, or not on that day, which is never."""
    ways = dict.fromkeys(("invitations", "reminders", "news", "decisions", "tasks"), "email")
    said = ways | {"digest": "none", "quiet_from": quiet[0], "quiet_until": quiet[1], "morning_at": hour}
    page = as_(town.tom).post("/messages/choices/", said | ({"morning": "on"} if wanted else {}))

    assert page.status_code == (200 if wanted else 302)
    assert Preference.objects.filter(person=town.tom).exists() is not wanted
    if wanted:
        with translation.override("en"):
            assert "You have quiet hours then." in text(page)
        assert f'value="{hour}"' in page.content.decode()


def test_whoever_reads_once_a_day_gets_one_mail_and_not_two(town):
    with time_machine.travel(TUESDAY - timedelta(hours=12)):
        choose_messages(town.tom, by=town.tom, morning=True, morning_at=time(7, 30), **USUAL | {"digest": "daily"})
    with time_machine.travel(TUESDAY):
        bulletin = town.here.bulletins.get()
        asked = Wanted("networks.Bulletin", str(bulletin.pk), town.tom, "once more")
        queue(KINDS["networks.bulletin_release_asked"], [asked])

    assert len(morning()) == 1
    assert Notice.objects.filter(recipient=town.tom, state="told").count() == 2


def test_a_task_that_runs_twice_sends_it_once(town):
    assert len(morning()) == 1
    assert morning() == []
    assert Notice.objects.filter(kind=KIND, recipient=town.tom).count() == 1


def test_when_a_worker_dies_in_between_it_is_sent_once(town):
    with time_machine.travel(TUESDAY):
        remind()
    hour = TUESDAY + timedelta(minutes=60)
    with time_machine.travel(hour):
        assert sending.claim(Channel.EMAIL, timezone.now())  # and no more
        assert send(Channel.EMAIL) == 0
    with time_machine.travel(hour + LEASE + timedelta(minutes=1)):
        assert send(Channel.EMAIL) == 1
        assert send(Channel.EMAIL) == 0

    assert len(mail.outbox) == 1


def test_what_waited_too_long_is_not_sent_the_next_day(town):
    with time_machine.travel(TUESDAY):
        remind()
    with time_machine.travel(TUESDAY + timedelta(days=1, hours=6)):
        send(Channel.EMAIL)

    assert mail.outbox == []


def test_what_is_done_before_its_hour_is_not_in_it(town):
    with time_machine.travel(TUESDAY):
        remind()
        networks.release_bulletin(town.here.bulletins.get(), by=town.tom)

    assert morning() == []


def test_one_press_ends_it_without_signing_in_and_one_brings_it_back(town, client):
    with time_machine.travel(TUESDAY):
        page = path_of(link_for(town.tom, town.tom, purpose=PersonalLink.MORNING))
        assert client.post(page).status_code == 200
        assert not Preference.objects.get(person=town.tom).morning
        client.post(page, {"undo": "1"})
        assert Preference.objects.get(person=town.tom).morning
        choose_morning(town.tom, by=town.tom, wanted=False)

    assert morning() == []


def test_only_whoever_works_at_a_school_chooses_about_it(town):
    assert 'name="morning"' in as_(town.tom).get("/messages/choices/").content.decode()
    assert 'name="morning"' not in as_(town.dina).get("/messages/choices/").content.decode()


def test_forget_mornings_twice(town):
    morning()
    other = Notice.objects.filter(kind=KIND).first()
    Notice.objects.filter(pk=other.pk).update(made_at=TUESDAY - timedelta(days=15))

    with time_machine.travel(TUESDAY):
        forget_mornings()
        forget_mornings()

    assert not Notice.objects.filter(pk=other.pk).exists()
