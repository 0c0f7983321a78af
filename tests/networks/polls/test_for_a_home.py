"""What a home says on the phone or on paper is written down for it: by an organiser, or by the office."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from networks import actions
from networks.models import NotNow, PollAnswer
from portal.ledger.models import Event
from portal.messaging.kinds import KINDS
from portal.messaging.models import Notice
from portal.people.models import AddressProtection, Person
from tests import make
from tests.ground import once
from tests.networks.test_notices import letter, told
from tests.pages import address, as_, markup, text
from tests.threads import in_a_thread


@once
def odd(town):
    return make.holder("office", town.school, "Odd", "Office")


@once
def dark(town):
    Person.objects.filter(pk=town.amira.pk).update(email="", phone="", language="en")
    town.amira.refresh_from_db()
    return town.amira


def times(walk):
    return list(walk.poll.times.all())


def said_by(walk, adult):
    return [
        (one.suits, one.on_behalf, one.by_office)
        for one in PollAnswer.objects.filter(time__poll=walk.poll, household=adult.household).order_by("time")
    ]


def page(name, gathering, *args):
    return address("networks", name, gathering.pk, *args)


def press(walk, *suits):
    return {f"time_{one.pk}": value for one, value in zip(times(walk), suits, strict=False) if value}


def write(walk, by, adult, *suits):
    said = {one: value for one, value in zip(times(walk), suits, strict=False) if value}
    actions.say_for_home(walk, by=by, household=adult.household, said=said)


@pytest.mark.parametrize(("who", "by_office"), [("odd", True), ("jurgita", False), ("helper", False)])
def test_office_and_organisers_write_down_each_time_in_one_go(town, walk, dark, odd, who, by_office):
    actions.add_helper(walk, by=town.jurgita, person_asked=town.ben)
    by = {"odd": odd, "jurgita": town.jurgita, "helper": town.ben}[who]

    write(walk, by, dark, "yes", "if_need", "")

    assert said_by(walk, dark) == [("yes", True, by_office), ("if_need", True, by_office)]
    event = Event.objects.get(verb="networks.poll_answered")
    assert (event.details["on_behalf"], event.details["by_office"]) == (True, by_office)
    assert event.details["times"] == [one.pk for one in times(walk)[:2]]


def test_nobody_else_does(town, walk, dark):
    others = (
        town.ben,
        town.carla,
        make.holder("contact_teacher", town.first),
        make.holder("office", make.school("Elsewhere")),
    )
    for person in others:
        with pytest.raises(PermissionDenied):
            write(walk, person, dark, "yes")

    assert not PollAnswer.objects.exists()


def test_for_a_home_of_another_class_or_a_time_of_another_poll_nobody_does(town, walk, dark):
    make.role(town.carla, "class_contact", town.second)
    other = make.poll(town.second, by=town.carla, title="Other")

    with pytest.raises(PermissionDenied):
        write(walk, town.jurgita, town.carla, "yes")
    with pytest.raises(PermissionDenied):
        actions.say_for_home(walk, by=town.jurgita, household=dark.household, said={times(other)[0]: "yes"})


def test_the_office_answers_for_no_home_that_a_message_reaches(town, walk, odd):
    with pytest.raises(NotNow):
        write(walk, odd, town.amira, "yes")


def test_an_organiser_does_as_on_the_list_of_those_to_reach(town, walk):
    write(walk, town.jurgita, town.amira, "yes")

    assert said_by(walk, town.amira) == [("yes", True, False)]


def test_what_a_home_has_said_itself_is_not_written_over(town, walk, dark, odd, says):
    says(dark, "yes")

    with pytest.raises(NotNow, match="selv svart"):
        write(walk, town.jurgita, dark, "no", "no")
    write(walk, town.jurgita, dark, "yes", "no")

    assert said_by(walk, dark) == [("yes", False, False), ("no", True, False)]


@pytest.mark.parametrize("who", ["odd", "jurgita"])
def test_whoever_is_not_to_read_what_a_home_said_cannot_try_it_out(town, dark, odd, who):
    shown_to = "organisers" if who == "odd" else "nobody"
    walk, by = make.poll(town.first, by=town.jurgita, shown_to=shown_to), odd if who == "odd" else town.jurgita
    actions.say_suits(walk, by=dark, household=dark.household, time=times(walk)[0], suits="if_need")

    refused = []
    for suits in ("yes", "if_need", "no", "open"):
        with pytest.raises(NotNow) as heard:
            write(walk, by, dark, suits)
        refused.append(str(heard.value))

    assert len(set(refused)) == 1
    assert said_by(walk, dark) == [("if_need", False, False)]


def test_a_home_changes_what_was_written_down_for_it_and_the_same_pressed_is_its_own(town, walk, dark, odd, says):
    write(walk, odd, dark, "yes", "no", "no")

    says(dark, "yes", "if_need")

    assert said_by(walk, dark) == [("yes", False, False), ("if_need", False, False), ("no", True, True)]


def test_what_was_written_down_wrong_is_left_open_again(town, walk, dark, odd):
    write(walk, odd, dark, "yes", "no")
    write(walk, odd, dark, "open")

    assert said_by(walk, dark) == [("no", True, True)]


def test_pressed_twice_it_is_told_once(town, walk, dark, odd):
    write(walk, odd, dark, "yes")
    write(walk, odd, dark, "yes")

    assert Event.objects.filter(verb="networks.poll_answered").count() == 1


def test_nothing_is_written_down_once_it_has_closed_or_is_fixed(town, walk, dark, odd):
    with time_machine.travel(walk.poll.closes_at, tick=False), pytest.raises(NotNow):
        write(walk, odd, dark, "yes")
    actions.fix_time(walk, by=town.jurgita, time=times(walk)[0], sure=True)
    with pytest.raises(NotNow):
        write(walk, odd, dark, "yes")


def test_the_office_only_ever_writes_on_behalf(town, walk, dark):
    said = {"time": times(walk)[0], "household": dark.household, "suits": "yes", "answered_by": dark}
    with pytest.raises(IntegrityError), transaction.atomic():
        PollAnswer.objects.create(**said, by_office=True, answered_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_a_home_that_answers_at_the_same_moment_is_not_written_over(town, walk, dark, odd, says):
    heard = []
    with transaction.atomic():
        says(dark, "yes")
        thread = in_a_thread(heard, lambda: write(walk, odd, dark, "no"))
    thread.join()

    assert heard == [NotNow]
    assert said_by(walk, dark) == [("yes", False, False)]


@pytest.mark.parametrize(("who", "words"), [("odd", "office wrote down"), ("jurgita", "who organise wrote down")])
def test_every_adult_of_the_home_is_told_who_wrote_it(town, walk, dark, odd, who, words):
    other = make.guardian("Yusuf", "Warsame", of=town.nora, household=dark.household)
    Person.objects.filter(pk=other.pk).update(email="", phone="")
    write(walk, odd if who == "odd" else town.jurgita, dark, "yes")

    assert told("networks.poll_answered_on_behalf") == {"Amira", "Yusuf"}
    assert words in letter("networks.poll_answered_on_behalf", dark).lines[0]


def test_what_an_organiser_wrote_after_the_office_is_not_said_to_be_the_offices(town, walk, dark, odd):
    write(walk, odd, dark, "yes")
    told("networks.poll_answered_on_behalf")
    write(walk, town.jurgita, dark, "", "no")
    told("networks.poll_answered_on_behalf")

    kind = "networks.poll_answered_on_behalf"
    first, last = Notice.objects.filter(kind=kind, recipient=dark).order_by("event_id")
    with translation.override("en"):
        assert "office wrote" in KINDS[kind](first).lines[0]
        assert "who organise wrote" in KINDS[kind](last).lines[0]


# The pages


def test_the_office_presses_on_its_page_of_letters(town, walk, dark, odd):
    browser = as_(odd)
    assert page("home_suits", walk, dark.household_id) in markup(browser.get(page("letter_list", walk)))
    assert "Nora Warsame" in text(browser.get(page("home_suits", walk, dark.household_id)))

    shown = browser.post(page("home_suits", walk, dark.household_id), press(walk, "yes", "no"), follow=True)

    assert "They have said something to 2 times" in text(shown)
    assert said_by(walk, dark) == [("yes", True, True), ("no", True, True)]
    own = text(as_(dark).get(page("poll_show", walk)))
    assert own.count("office wrote this down for you") == 2


def test_an_organiser_presses_from_the_list_of_those_who_are_silent(town, walk, says):
    browser = as_(town.jurgita)
    says(town.ben, "yes")
    shown = browser.get(page("poll_organise", walk))
    assert page("home_suits", walk, town.amira.household_id) in markup(shown)
    for who in (town.ben, town.jurgita):
        assert page("home_suits", walk, who.household_id) not in markup(shown)

    browser.post(page("home_suits", walk, town.amira.household_id), press(walk, "yes"))

    assert said_by(walk, town.amira) == [("yes", True, False)]
    assert "Those who organise wrote this down for you" in text(as_(town.amira).get(page("poll_show", walk)))


def test_what_the_home_said_itself_is_read_and_not_asked(town, walk, says):
    says(town.amira, "yes")

    shown = as_(town.jurgita).get(page("home_suits", walk, town.amira.household_id))

    assert "The family has said so itself" in text(shown)
    assert f'name="time_{times(walk)[0].pk}"' not in markup(shown)
    assert f'name="time_{times(walk)[1].pk}"' in markup(shown)


def test_that_the_family_is_told_is_said_only_where_it_is(town, walk):
    browser, url = as_(town.jurgita), page("home_suits", walk, town.amira.household_id)

    assert "The family is told" in text(browser.post(url, press(walk, "yes"), follow=True))
    again = text(browser.post(url, press(walk, "yes"), follow=True))

    assert "This stood there already" in again
    assert "The family is told" not in again


@pytest.mark.parametrize("who", ["odd", "jurgita"])
def test_of_a_home_that_no_message_reaches_it_is_not_said_that_it_is_told(town, walk, dark, odd, who):
    browser, url = as_(odd if who == "odd" else town.jurgita), page("home_suits", walk, dark.household_id)

    for shown in (browser.get(url), browser.post(url, press(walk, "yes"), follow=True)):
        assert "No message reaches the family" in text(shown)
        assert "The family is told" not in text(shown)


def test_while_the_results_are_hidden_it_is_not_said_whether_it_was_new(town):
    walk = make.poll(town.first, by=town.jurgita, shown_to="nobody")
    browser, url = as_(town.jurgita), page("home_suits", walk, town.amira.household_id)

    for suits in ("yes", "yes", "no"):
        shown = text(browser.post(url, press(walk, suits), follow=True))
        assert "The answer is written down, and the family can change it" in shown


def test_what_stands_is_said_and_not_chosen_and_never_written_over_what_the_home_does_meanwhile(town, walk, says):
    write(walk, town.jurgita, town.amira, "yes", "if_need")

    shown = as_(town.jurgita).get(page("home_suits", walk, town.amira.household_id))
    main = markup(shown).split("<main")[1]
    assert "checked" not in main
    assert "Written down now: Yes" in text(shown)
    assert "Written down now: If need be" in text(shown)

    says(town.amira, "open")
    pressed = press(walk, "", "no")
    as_(town.jurgita).post(page("home_suits", walk, town.amira.household_id), pressed)
    assert said_by(walk, town.amira) == [("no", True, False)]


def test_the_office_opens_no_page_of_a_home_that_a_message_reaches(town, walk, odd, says):
    says(town.amira, "no")
    browser = as_(odd)

    for method in ("get", "post"):
        shown = getattr(browser, method)(page("home_suits", walk, town.amira.household_id))
        assert shown.status_code == 404


def test_the_office_reads_that_a_home_has_said_something_and_never_what(town, walk, dark, odd, says):
    says(dark, "no")
    write(walk, town.jurgita, dark, "", "if_need")

    shown = as_(odd).get(page("home_suits", walk, dark.household_id))

    main = markup(shown).split("<main")[1]
    assert "The family has said so itself" in main
    assert f'name="time_{times(walk)[0].pk}"' not in main
    assert "checked" not in main
    assert "Written down now" not in main
    assert "<dd>" not in main


def test_looking_writes_nothing_and_nothing_chosen_changes_nothing(town, walk, dark, odd):
    browser = as_(odd)
    for method in ("get", "head", "post"):
        assert getattr(browser, method)(page("home_suits", walk, dark.household_id)).status_code in (200, 302)

    assert not PollAnswer.objects.exists()


@pytest.mark.parametrize("typed", ["maybe", "\x00", "🔥" * 300])
def test_what_is_no_answer_is_said_in_words(town, walk, dark, odd, typed):
    shown = as_(odd).post(page("home_suits", walk, dark.household_id), press(walk, typed))

    assert shown.status_code == 200
    assert not PollAnswer.objects.exists()


def test_while_the_results_are_hidden_no_answer_is_read_here_either(town, dark, odd):
    walk = make.poll(town.first, by=town.jurgita, shown_to="nobody")
    actions.say_suits(walk, by=town.ben, household=town.ben.household, time=times(walk)[0], suits="no")
    write(walk, town.jurgita, dark, "yes")

    shown = as_(town.jurgita).get(page("home_suits", walk, town.ben.household_id))
    board = as_(town.jurgita).get(page("poll_organise", walk))

    assert "checked" not in markup(shown).split("<main")[1]
    assert "has said so itself" not in text(shown)
    assert page("home_suits", walk, dark.household_id) in markup(board)
    assert page("home_suits", walk, town.ben.household_id) not in markup(board)


def test_homes_that_are_hardest_to_reach_stand_first(town, walk, dark):
    shown = markup(as_(town.jurgita).get(page("poll_organise", walk)))

    first, second = (page("home_suits", walk, one.household_id) for one in (dark, town.ben))
    assert shown.index(first) < shown.index(second)


def test_a_class_contact_reads_no_name_of_a_protected_family(town, walk, dark, odd):
    AddressProtection.objects.create(person=town.nora, grade="strict", alias="Sky", valid_from=timezone.localdate())

    shown = text(as_(town.jurgita).get(page("home_suits", walk, dark.household_id)))

    assert "Sky" in shown
    assert "Nora" not in shown
    assert "Warsame" not in shown


def test_the_office_reads_nothing_of_a_child_it_must_know_nothing_about(town, walk, dark):
    own = make.holder("office", town.school, "Own", "Office")
    make.confirmed(own, town.nora)
    make.restricted(own, town.nora)

    assert as_(own).get(page("home_suits", walk, dark.household_id)).status_code == 404
    with pytest.raises(PermissionDenied):
        write(walk, own, dark, "yes")


@pytest.mark.parametrize("who", ["carla", "amira", "elsewhere"])
def test_nobody_else_opens_it(town, walk, dark, who):
    person = make.holder("office", make.school("Elsewhere")) if who == "elsewhere" else getattr(town, who)

    assert as_(person).get(page("home_suits", walk, dark.household_id)).status_code in (403, 404)
