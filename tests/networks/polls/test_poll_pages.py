"""The pages of a poll: what a home reads and presses, what only organisers read, and what a forwarded link gives away."""

from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks import actions
from networks.models import Gathering, Mute, PollAnswer
from portal.messaging.links import link_for
from portal.people.hats import hats_of
from portal.people.models import AddressProtection
from portal.people.queries import families_of
from tests import make
from tests.networks.polls.test_polls import times_of
from tests.networks.test_notices import letter, told
from tests.pages import address, as_, text, todos_of

page = partial(address, "networks")


@pytest.fixture
def of_link(walk):
    return lambda person: urlsplit(link_for(person, walk, purpose="networks.answer").url()).path


def said_by(person):
    return list(PollAnswer.objects.filter(household=person.household_id).values_list("suits", flat=True))


def pressed(walk, suits="yes", place=0):
    return {"time": times_of(walk)[place].pk, "suits": suits}


def english(client):
    client.cookies["django_language"] = "en"
    return client


def test_a_home_reads_each_time_and_one_press_is_the_saved_answer_in_words(town, walk):
    amira = as_(town.amira)
    shown = text(amira.get(page("poll_show", walk.pk)))
    assert shown.count("Not answered") == 3
    assert "3 times are not answered. They do not count as a no." in shown

    answered = amira.post(page("poll_show", walk.pk), pressed(walk), follow=True)

    assert said_by(town.amira) == ["yes"]
    assert "Saved for the family of Nora:" in text(answered)
    assert b'aria-pressed="true"' in answered.content
    amira.post(page("poll_show", walk.pk), pressed(walk, "open"))
    assert said_by(town.amira) == []


@pytest.mark.parametrize(
    "wrong", [{}, {"time": "0", "suits": "yes"}, {"suits": "perhaps"}, {"time": "x", "suits": "no"}]
)
def test_what_is_not_asked_about_is_refused_in_words(town, walk, wrong):
    sent = {**pressed(walk), **wrong} if wrong else {}
    answered = as_(town.amira).post(page("poll_show", walk.pk), sent, follow=True)

    assert "not among the times" in text(answered)
    assert said_by(town.amira) == []


def test_the_link_asks_for_whom_before_anything_is_saved_and_then_remembers(town, walk, of_link):
    device = english(Client())
    for method in (device.get, device.head):
        assert method(of_link(town.amira)).status_code == 200
    first = device.post(of_link(town.amira), pressed(walk, "no"))
    assert "Nothing is saved yet" in text(first)
    assert "You answer for the family of Nora (1A), at home with Amira." in text(first)
    assert said_by(town.amira) == []

    device.post(of_link(town.amira), {**pressed(walk, "no"), "go_on": "1"})
    assert said_by(town.amira) == ["no"]
    device.post(of_link(town.amira), pressed(walk, "yes"))
    assert said_by(town.amira) == ["yes"]


def test_a_link_in_the_browser_of_another_home_asks_first_and_the_home_is_told(town, walk, of_link):
    ben = as_(town.ben)
    first = ben.post(of_link(town.amira), pressed(walk, "no"))
    assert said_by(town.amira) == said_by(town.ben) == []
    assert "Nora" in text(first)
    ben.post(of_link(town.amira), {**pressed(walk, "no"), "go_on": "1"})
    assert (said_by(town.amira), said_by(town.ben)) == (["no"], [])
    assert told("networks.poll_answered_by_others") == {"Amira"}


def test_the_same_link_is_the_invitation_once_a_time_is_fixed(town, walk, of_link):
    address = of_link(town.amira)
    actions.fix_time(walk, by=town.jurgita, time=times_of(walk)[0], sure=True)

    shown = english(Client()).get(address)
    assert "Yes, we are coming" in text(shown)
    assert of_link(town.amira) == address


def test_after_it_has_closed_or_was_called_off_the_link_says_so(town, walk, of_link):
    with time_machine.travel(walk.poll.closes_at, tick=False):
        device = english(Client())
        assert "The last day to answer has passed" in text(device.get(of_link(town.amira)))
        late = device.post(of_link(town.amira), pressed(walk), follow=True)
        assert "so the answers stay as they are" in text(late)
        assert said_by(town.amira) == []
    actions.call_off_poll(walk, by=town.jurgita, because="The lake is gone")
    shown = text(english(Client()).get(of_link(town.amira)))
    assert "None of the times is used" in shown
    assert "The lake is gone" in shown


def test_what_is_planned_anew_after_it_was_called_off_is_read_by_no_family(town, walk, of_link):
    own = of_link(town.amira)
    actions.call_off_poll(walk, by=town.jurgita, because="The lake is gone")
    title, quiet = walk.title, link_for(town.amira, walk, purpose="networks.answer").url("networks:gathering_mute")
    new = {"title": "Secret surprise", "description": "For the headmaster", "place": "The cellar"}
    Gathering.objects.filter(pk=walk.pk).update(**new)
    walk.refresh_from_db()

    shown = [
        english(Client()).get(own),
        english(Client()).get(urlsplit(quiet).path),
        as_(town.amira).get(page("poll_show", walk.pk)),
    ]

    for one in shown:
        assert title in text(one)
        for word in ("Secret", "headmaster", "cellar", str(walk.starts_at.year)):
            assert word not in text(one)
    assert title in letter("networks.poll_called_off", town.amira).subject


def test_the_link_of_a_protected_family_names_nobody_and_no_place(town, walk, of_link):
    AddressProtection.objects.create(person=town.nora, grade="strict", valid_from=timezone.localdate())
    device = english(Client())
    device.post(of_link(town.amira), {**pressed(walk, "no"), "go_on": "1"})
    assert said_by(town.amira) == ["no"]

    for shown in (device.get(of_link(town.amira)), Client().post(of_link(town.amira), pressed(walk))):
        words = text(shown)
        for secret in ("Nora", "Amira", "Warsame", "1A", "The lake", "Lantern"):
            assert secret not in words
        assert b"aria-pressed" not in shown.content


def test_a_link_mutes_the_reminder_and_has_no_calendar(town, walk, of_link):
    device = english(Client())
    assert device.post(f"{of_link(town.amira)}quiet/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Mute.objects.get().person == town.amira
    assert device.get(f"{of_link(town.amira)}calendar.ics").status_code == 404
    assert device.get(f"{of_link(town.jurgita)}calendar.ics").status_code == 404


@pytest.mark.parametrize("shown_to", ["all", "organisers", "nobody"])
def test_results_are_read_by_whom_the_field_says(town, shown_to):
    for number in range(4):
        make.family(town.first, pupil_name=f"Per{number}", adult_name=f"Lia{number}", family_name=f"Berg{number}")
    walk = make.poll(town.first, by=town.jurgita, shown_to=shown_to)
    adults = homes_in(town.first)[:5]
    for adult in adults[:4]:
        actions.say_suits(walk, by=adult, household=adult.household, time=times_of(walk)[0], suits="yes")
    family, contact = as_(town.amira), as_(town.jurgita)
    assert "Yes: 4" not in text(family.get(page("poll_show", walk.pk)))

    actions.say_suits(walk, by=adults[4], household=adults[4].household, time=times_of(walk)[0], suits="yes")

    assert ("Yes: 5" in text(family.get(page("poll_show", walk.pk)))) is (shown_to == "all")
    organised = text(contact.get(page("poll_organise", walk.pk)))
    assert ("Suits most families" in organised) is (shown_to != "nobody")
    assert ("Warsame" in organised) is (shown_to != "nobody")
    assert "5 of 7 families have answered" in organised
    with time_machine.travel(walk.poll.closes_at, tick=False):
        closed = as_(town.jurgita)
        assert "Suits most families" in text(closed.get(page("poll_organise", walk.pk)))


def homes_in(school_class):
    return [family.adults[0] for family in families_of(school_class) if family.adults]


def test_only_organisers_read_which_home_says_what(town, walk, says):
    says(town.ben, "no")
    assert as_(town.amira).get(page("poll_organise", walk.pk)).status_code == 403
    shown = text(as_(town.jurgita).get(page("poll_organise", walk.pk)))
    assert "Warsame" in shown
    assert "Dahl" not in text(as_(town.amira).get(page("poll_show", walk.pk)))
    for stranger in (town.carla, town.principal):
        assert as_(stranger).get(page("poll_show", walk.pk), follow=True).status_code == 404


def test_an_unsent_poll_is_seen_by_organisers_alone(town):
    made = make.poll(town.first, by=town.jurgita, sent=False)
    assert as_(town.amira).get(page("poll_show", made.pk), follow=True).status_code == 404
    assert as_(town.amira).get(page("gathering_show", made.pk)).status_code == 404


def test_the_organiser_is_asked_once_more_where_few_can_come(town, walk, says):
    says(town.amira, "no")
    contact, sent = as_(town.jurgita), {"time": times_of(walk)[0].pk}
    once = contact.post(page("poll_fix", walk.pk), sent)
    assert "Few can come then" in text(once)
    assert Gathering.objects.get().is_draft
    done = contact.post(page("poll_fix", walk.pk), {**sent, "sure": "on"}, follow=True)
    assert "The time is fixed" in text(done)
    again = contact.post(page("poll_fix", walk.pk), {**sent, "sure": "on"}, follow=True)
    assert "A time has been fixed" in text(again)


def test_pages_of_an_invitation_lead_to_the_poll_while_there_is_no_time(town, walk):
    contact, family = as_(town.jurgita), as_(town.amira)
    for name in ("gathering_send", "gathering_organise", "gathering_reach"):
        assert contact.get(page(name, walk.pk)).url == page("poll_organise", walk.pk)
    assert family.get(page("gathering_show", walk.pk)).url == page("poll_show", walk.pk)
    edit = text(contact.get(page("gathering_edit", walk.pk)))
    assert "Which day?" not in edit
    listed = text(contact.get(page("class_show", town.first.pk)))
    assert "no time yet" in listed


def test_a_change_of_words_keeps_the_times(town, walk):
    values = {"title": "Lantern walk!", "kind": "families", "place": "The lake", "family_cost": "0"}
    answered = as_(town.jurgita).post(page("gathering_edit", walk.pk), values)
    assert answered.status_code == 302
    walk.refresh_from_db()
    assert (walk.title, walk.starts_at) == ("Lantern walk!", times_of(walk)[-1].starts_at)


def form(days, **changes):
    values = {"title": "Walk", "kind": "families", "place": "The lake", "family_cost": "0", "shown_to": "organisers"}
    for number, day in enumerate(days, start=1):
        values |= {f"day_{number}": day, f"from_{number}": "17:00", f"to_{number}": "19:00"}
    return values | {"closes_on": timezone.localdate() + timedelta(days=7)} | changes


def test_an_idea_becomes_a_poll_that_is_looked_over_before_it_is_sent(town):
    contact, today = as_(town.jurgita), timezone.localdate()
    days = [today + timedelta(days=day) for day in (20, 27)]
    made = contact.post(f"{page('poll_draft', town.first.pk)}?idea=torch-walk", form(days, idea="torch-walk"))
    gathering = Gathering.objects.get()
    assert made.url == page("inclusion_check", gathering.pk)
    assert (gathering.idea, gathering.poll.times.count(), gathering.poll.sent_at) == ("torch-walk", 2, None)
    contact.post(page("inclusion_check", gathering.pk), {"fine": []})
    sent = contact.post(page("poll_send", gathering.pk), follow=True)
    assert "Every family in the class is asked" in text(sent)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"day_2": ""}, "Choose two times at least"),
        ({"to_2": "17:00"}, "It must end after it starts"),
        ({"day_2": "2020-01-01"}, "This time has passed"),
        ({"day_2": "2099-01-01"}, "within the next two years"),
        ({"from_2": ""}, "Write from when to when"),
        ({"day_2": "nonsense"}, "day_2"),
        ({"closes_on": "2020-01-01"}, "must be to come"),
        ({"shown_to": "me"}, "shown_to"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_typed_is_lost(town, changes, words):
    today = timezone.localdate()
    sent = form([today + timedelta(days=day) for day in (20, 27)], **changes)
    answered = as_(town.jurgita).post(page("poll_draft", town.first.pk), sent)
    assert answered.status_code == 200
    assert words in answered.content.decode()
    assert b'value="Walk"' in answered.content
    assert not Gathering.objects.exists()


def test_a_draft_with_a_time_becomes_a_poll(town, draft):
    contact, today = as_(town.jurgita), timezone.localdate()
    assert "Ask the families when it suits" in text(contact.get(page("gathering_send", draft.pk)))
    shown = contact.get(page("poll_times", draft.pk))
    assert shown.status_code == 200
    sent = form([today + timedelta(days=day) for day in (20, 27)])
    assert contact.post(page("poll_times", draft.pk), sent).url == page("poll_organise", draft.pk)
    assert Gathering.objects.get().has_no_time


@time_machine.travel("2027-02-01 12:00:00+01:00", tick=False)
@pytest.mark.parametrize(
    ("day", "starts", "ends", "hours"),
    [
        ("2027-03-28", "01:00", "04:00", 2),  # an hour is left out
        ("2027-10-31", "01:00", "04:00", 4),  # an hour comes twice
        ("2027-03-27", "22:00", "03:30", 4.5),
    ],
)
def test_a_time_over_the_night_when_the_clock_changes_is_as_long_as_it_really_is(town, day, starts, ends, hours):
    sent = form(["2027-05-01", day], from_2=starts, to_2=ends)
    as_(town.jurgita).post(page("poll_draft", town.first.pk), sent)
    found = Gathering.objects.get().poll.times.exclude(starts_at__date="2027-05-01").get()
    assert found.ends_at - found.starts_at == timedelta(hours=hours)


@time_machine.travel("2027-02-01 12:00:00+01:00", tick=False)
def test_a_time_that_would_end_before_it_begins_on_that_night_is_refused(town):
    sent = form(["2027-05-01", "2027-03-28"], from_2="02:50", to_2="03:10")
    answered = as_(town.jurgita).post(page("poll_draft", town.first.pk), sent)
    assert "It must end after it starts" in text(answered)


def test_it_waits_for_the_homes_and_then_for_the_contact(town, walk, says):
    def waits(person):
        return [todo.title for hat in hats_of(person) for todo in todos_of(hat) if "Lantern" in todo.title]

    assert any("Lantern" in title for title in waits(town.amira))
    says(town.amira, "no")
    assert waits(town.amira) == []
    with time_machine.travel(walk.poll.closes_at, tick=False):
        assert any("Lantern" in title for title in waits(town.jurgita))


@pytest.mark.parametrize(("days", "waits"), [(1, True), (13, True), (15, False)])
def test_a_time_waits_to_be_fixed_for_two_weeks_after_the_last_that_was_asked_about(town, walk, days, waits):
    with time_machine.travel(walk.ends_at + timedelta(days=days), tick=False):
        titles = [todo.title for hat in hats_of(town.jurgita) for todo in todos_of(hat)]
        assert any("Lantern" in title for title in titles) == waits


def test_the_list_of_gatherings_leads_to_the_poll(town, walk):
    assert page("poll_show", walk.pk) in as_(town.amira).get(page("gathering_list")).content.decode()
    assert page("poll_show", walk.pk) not in as_(town.carla).get(page("gathering_list")).content.decode()


def test_the_page_of_the_class_leads_to_the_poll(town, walk):
    shown = as_(town.amira).get(address("people", "class_show", town.first.pk))
    assert page("poll_show", walk.pk) in shown.content.decode()
    actions.fix_time(walk, by=town.jurgita, time=times_of(walk)[0], sure=True)
    shown = as_(town.amira).get(address("people", "class_show", town.first.pk))
    assert page("poll_show", walk.pk) not in shown.content.decode()


@pytest.mark.parametrize(("name", "most"), [("poll_organise", 12), ("poll_show", 16)])
def test_pages_ask_as_much_for_three_homes_as_for_thirty(town, walk, name, most):
    person = as_(town.jurgita)
    person.get(page(name, walk.pk))

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert person.get(page(name, walk.pk)).status_code == 200
        return [one["sql"] for one in found]

    few = asked()
    for number in range(27):
        _child, adult = make.family(town.first, pupil_name=f"Per{number}", adult_name="Lia", family_name="Berg")
        actions.say_suits(walk, by=adult, household=adult.household, time=times_of(walk)[0], suits="yes")
    many = asked()
    assert len(many) <= len(few), "\n".join(many)
    assert len(many) <= most, "\n".join(many)
