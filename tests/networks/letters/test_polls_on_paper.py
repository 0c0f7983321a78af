"""A home that no message reaches is asked on paper when it suits, hears which time is fixed, and that it came to nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks import actions
from networks.letters.homes import paper_page
from networks.letters.paper import letters_of, letters_pdf
from networks.letters.queries import link_by_code, on_paper
from networks.models import Between, Gathering, NotNow, Poll, PollAnswer, PrintedLetter, ToldInPerson
from networks.queries import INVITED
from networks.tasks import forget_polls
from portal.messaging.models import Notice
from portal.people.models import AddressProtection, Person, School, the_portal
from tests import make
from tests.ground import once
from tests.networks.letters.test_letters import printed_again, protect, read
from tests.networks.test_notices import told
from tests.pages import address, as_, text


@pytest.fixture(autouse=True)
def _anew():
    cache.clear()


@once
def odd(town):
    return make.holder("office", town.school, "Odd", "Office")


@once
def walk(town):
    return make.poll(town.first, by=town.jurgita)


@once
def dark(town, walk):
    Person.objects.filter(pk=town.amira.pk).update(email="", phone="", language="en")
    town.amira.refresh_from_db()
    return town.amira


def due(school):
    return [(one.homes, one.unprinted, one.unaware) for one in on_paper([school.pk])]


def first(gathering):
    return gathering.poll.times.first()


def in_thirty_days():
    starts = timezone.now() + timedelta(days=30)
    return Between(starts, starts + timedelta(hours=2))


def page(name, gathering, *args):
    return address("networks", name, gathering.pk, *args)


def say_no(gathering, adult, by):
    said = dict.fromkeys(gathering.poll.times.all(), "no")
    actions.say_for_home(gathering, by=by, household=adult.household, said=said)


def test_the_letter_has_each_time_with_three_boxes_and_the_code(town, walk, dark):
    printed = actions.print_letters(walk, by=town.jurgita)

    said, _title = read(letters_pdf(walk, printed))

    (letter,) = letters_of(walk, printed)
    assert len(letter["times"]) == 3
    assert all(" ".join(time.split()) in said for time in letter["times"])
    assert said.count("☐") == 9
    for word in ("Nora (1A)", walk.title, walk.place, "If need be", printed[0].code[:4], "does not count as a no"):
        assert word in said


def test_every_home_without_an_address_is_due_until_it_has_said_something(town, walk, dark, odd):
    assert due(town.school) == [(1, 1, 0)]
    actions.print_letters(walk, by=odd)
    assert due(town.school) == [(1, 0, 0)]
    say_no(walk, dark, odd)
    assert due(town.school) == [(0, 0, 0)]
    with pytest.raises(NotNow):
        printed_again(walk, odd, dark)


def test_the_code_leads_to_the_times_and_each_tap_is_the_homes_own(town, walk, dark):
    (letter,) = actions.print_letters(walk, by=town.jurgita)
    phone = Client(headers={"accept-language": "en"})

    own = phone.post("/letter/", {"code": letter.code})["Location"]

    assert "family of Nora" in text(phone.get(own))
    said = {"time": first(walk).pk, "suits": "yes"}
    assert "Nothing is saved yet" in text(phone.post(own, said))
    assert not PollAnswer.objects.exists()
    phone.post(own, {**said, "go_on": "1"})
    assert (PollAnswer.objects.get().household_id, PollAnswer.objects.get().on_behalf) == (dark.household_id, False)


def test_the_same_code_asks_whether_they_come_once_a_time_is_fixed(town, walk, dark):
    (letter,) = actions.print_letters(walk, by=town.jurgita)
    actions.fix_time(walk, by=town.jurgita, time=first(walk), sure=True)

    assert link_by_code(letter.code).person == dark


@pytest.mark.parametrize("said", ["yes", "", "other"])
def test_a_fixed_time_reaches_the_home_as_a_letter_too(town, walk, dark, odd, said):
    actions.print_letters(walk, by=odd)
    if said == "yes":
        actions.say_for_home(walk, by=odd, household=dark.household, said={first(walk): "yes"})
    if said == "other":
        actions.fix_other_time(walk, by=town.jurgita, between=in_thirty_days())
    else:
        actions.fix_time(walk, by=town.jurgita, time=first(walk), sure=True)
    walk.refresh_from_db()

    assert due(town.school) == [(1, 1, 0)]
    assert "The gathering has changed since" in text(as_(odd).get(page("letter_list", walk)))
    (letter,) = letters_of(walk, actions.print_letters(walk, by=odd))
    words = {
        "yes": "You said yes to it",
        "other": "It is not one of those that you were asked about",
        "": "The time is fixed.",
    }
    assert any(words[said] in line for line in letter["lines"])
    assert letter["times"] == []
    assert due(town.school) == [(1, 0, 0)]


def test_what_is_changed_while_it_is_asked_about_is_printed_anew(town, walk, dark, odd):
    actions.print_letters(walk, by=odd)
    Gathering.objects.filter(pk=walk.pk).update(sequence=1, place="The hill")
    walk.refresh_from_db()

    assert due(town.school) == [(1, 1, 0)]
    assert len(actions.print_letters(walk, by=odd)) == 1


def test_nothing_is_printed_once_the_poll_has_closed(town, walk, dark, odd):
    with time_machine.travel(walk.poll.closes_at, tick=False):
        with pytest.raises(NotNow):
            actions.print_letters(walk, by=odd)
        assert due(town.school) == []


def test_a_poll_that_is_not_sent_has_no_letters(town, dark, odd):
    waiting = make.poll(town.first, by=town.jurgita, sent=False, title="Later")

    assert as_(odd).get(page("letter_list", waiting)).status_code == 404
    with pytest.raises(NotNow):
        actions.print_letters(waiting, by=odd)


def test_no_page_says_a_time_while_it_is_asked_about(town, walk, dark, odd):
    year = str(walk.starts_at.year)
    for name in ("letters_due", "letter_list"):
        browser = as_(odd)
        shown = browser.get(address("networks", name) if name == "letters_due" else page(name, walk))
        assert "asked when it suits" in text(shown)
        assert year not in text(shown).split("asked when it suits")[0]


def test_the_letter_of_a_protected_family_names_nobody_and_has_no_boxes(town, walk, dark, odd):
    protect(dark)

    assert paper_page(walk, town.jurgita).homes == []
    with pytest.raises(PermissionDenied):
        printed_again(walk, town.jurgita, dark)
    (letter,) = letters_of(walk, [printed_again(walk, odd, dark)])

    said = " ".join(str(part) for name, part in letter.items() if name not in ("svg", "code"))
    for word in ("Amira", "Nora", "Warsame", "1A", walk.title, walk.place, "Lia skole", "Jurgita"):
        assert word not in said
    assert letter["times"] == []
    assert len(letter["facts"]) == 4


def test_as_many_queries_for_three_letters_as_for_thirty(town, walk):
    counts = []
    for homes in (3, 30):
        for number in range(homes):
            make.family(town.first, family_name=f"F{homes}x{number}", adult_name=f"A{homes}x{number}")
        Person.objects.filter(given_name__startswith=f"A{homes}x").update(email="", phone="")
        gathering = Gathering.objects.select_related("school_class__school", "poll").get(pk=walk.pk)
        with CaptureQueriesContext(connection) as asked:
            letters_of(gathering, actions.print_letters(gathering, by=town.jurgita))
        counts.append(len(asked))
    assert PrintedLetter.objects.count() == 33
    assert counts[0] == counts[1]


# It came to nothing


def cancelled(town, gathering):
    actions.fix_time(gathering, by=town.jurgita, time=first(gathering), sure=True)
    actions.cancel_gathering(gathering, by=town.jurgita, because="Storm")


def called_off(town, gathering):
    actions.call_off_poll(gathering, by=town.jurgita, because="Storm")


@pytest.fixture(params=[cancelled, called_off])
def ends(request, town, walk):
    def end():
        request.param(town, walk)
        walk.refresh_from_db()

    return end


def test_who_had_a_letter_waits_for_the_office_until_it_is_told(town, walk, dark, odd, ends):
    actions.print_letters(walk, by=odd)
    ends()

    assert due(town.school) == [(0, 0, 1)]
    assert "Tell 1 family that it is called off" in text(as_(odd).get("/"))
    assert "It is called off. Tell 1 family" in text(as_(odd).get(address("networks", "letters_due")))
    browser = as_(odd)
    shown = browser.post(page("home_told", walk, dark.household_id), follow=True)
    assert "They have been told" in text(shown)
    assert due(town.school) == []
    assert "Tell 1 family" not in text(browser.get("/"))
    with pytest.raises(NotNow):
        actions.note_told(walk, by=odd, household=dark.household)


def test_a_letter_tells_it_too(town, walk, dark, odd, ends):
    School.objects.update(phone="+4761000001")
    actions.print_letters(walk, by=odd)
    ends()

    (letter,) = letters_of(walk, actions.print_letters(walk, by=odd))

    assert "Called off" in letter["title"]
    assert "Storm" in letter["lines"]
    assert letter["call"] == ""
    assert due(town.school) == []
    with pytest.raises(NotNow):
        actions.print_letters(walk, by=odd)


def test_what_is_planned_anew_is_in_no_letter_that_it_is_off(town, walk, dark, odd):
    actions.print_letters(walk, by=odd)
    title = walk.title
    called_off(town, walk)
    Gathering.objects.filter(pk=walk.pk).update(title="Secret surprise")
    walk.refresh_from_db()

    for shown in (as_(odd).get(page("letter_list", walk)), as_(odd).get(address("networks", "letters_due"))):
        assert title in text(shown)
        assert "Secret" not in text(shown)
    (letter,) = letters_of(walk, actions.print_letters(walk, by=odd))
    assert letter["title"] == f"Called off: {title}"


def test_whoever_was_only_written_down_by_the_office_is_told_as_well(town, walk, dark, odd, ends):
    actions.say_for_home(walk, by=odd, household=dark.household, said={first(walk): "yes"})
    ends()

    assert due(town.school) == [(0, 0, 1)]


def test_a_home_that_knew_nothing_or_that_a_message_reaches_is_not_called(town, walk, dark, odd, ends):
    ends()

    assert due(town.school) == []
    assert paper_page(walk, odd).homes == []
    with pytest.raises(NotNow):
        actions.note_told(walk, by=odd, household=dark.household)


def test_who_answered_and_whose_address_died_since_is_counted_and_can_be_told(town, odd):
    fire = make.published(town.first, by=town.jurgita)
    told(INVITED)
    sent = {"state": "sent", "sent_at": timezone.now(), "next_try_at": timezone.now()}
    Notice.objects.get(recipient=town.amira).deliveries.update_or_create(channel="email", defaults=sent)
    actions.answer(fire, by=town.amira, household=town.amira.household, answer="yes")
    Person.objects.filter(pk=town.amira.pk).update(phone="", email_failed_at=timezone.now())
    actions.cancel_gathering(fire, by=town.jurgita, because="")
    fire.refresh_from_db()

    assert due(town.school) == [(0, 0, 1)]
    actions.note_told(fire, by=odd, household=town.amira.household)
    assert due(town.school) == []


@pytest.mark.parametrize(("answer", "waits"), [("yes", 1), ("maybe", 1), ("no", 0)])
def test_of_a_cancelled_gathering_who_would_have_come_is_told(town, dark, odd, answer, waits):
    fire = make.published(town.first, by=town.jurgita)
    actions.answer_by_office(fire, by=odd, household=dark.household, answer=answer)
    actions.cancel_gathering(fire, by=town.jurgita, because="")

    assert [one.unaware for one in on_paper([town.school.pk]) if one.gathering == fire] == [1] * waits


def test_once_it_would_be_over_nobody_waits(town, walk, dark, odd, ends):
    actions.print_letters(walk, by=odd)
    ends()

    with time_machine.travel(walk.ends_at + timedelta(minutes=1), tick=False):
        assert due(town.school) == []
        with pytest.raises(NotNow):
            actions.note_told(walk, by=odd, household=dark.household)
        with pytest.raises(NotNow):
            actions.print_letters(walk, by=odd)


def test_nobody_is_told_of_what_stands(town, walk, dark, odd):
    actions.print_letters(walk, by=odd)

    with pytest.raises(NotNow):
        actions.note_told(walk, by=odd, household=dark.household)


def test_who_may_print_writes_down_that_they_are_told_and_nobody_else(town, walk, dark, odd, ends):
    actions.print_letters(walk, by=odd)
    ends()

    for person in (town.ben, dark, town.carla, make.holder("office", make.school("Elsewhere"))):
        with pytest.raises(PermissionDenied):
            actions.note_told(walk, by=person, household=dark.household)
    actions.note_told(walk, by=town.jurgita, household=dark.household)
    assert ToldInPerson.objects.get().told_by == town.jurgita


def test_the_letter_to_a_protected_family_that_it_is_off_is_the_offices_and_names_nobody(town, walk, dark, odd, ends):
    protect(dark)
    printed_again(walk, odd, dark)
    ends()

    assert paper_page(walk, town.jurgita).homes == []
    with pytest.raises(PermissionDenied):
        actions.note_told(walk, by=town.jurgita, household=dark.household)
    (letter,) = letters_of(walk, [printed_again(walk, odd, dark)])
    said = " ".join(str(part) for name, part in letter.items() if name not in ("svg", "code"))
    for word in ("Amira", "Nora", "1A", walk.title, walk.place, "Lia skole", "Jurgita", "Storm"):
        assert word not in said


def test_a_restricted_guardian_is_told_nothing(town, walk, dark, odd, ends):
    actions.print_letters(walk, by=odd)
    ends()
    make.restricted(dark, town.nora)

    assert due(town.school) == []
    assert paper_page(walk, odd).homes == []


def test_what_was_called_off_and_is_sent_anew_is_an_invitation(town, walk, dark, odd):
    actions.print_letters(walk, by=odd)
    called_off(town, walk)
    walk.refresh_from_db()
    actions.publish_gathering(walk, by=town.jurgita)

    assert due(town.school) == [(1, 1, 0)]
    actions.stop_invitation(walk, by=town.jurgita)  # the letter that asked when it suits was none


def test_letters_of_what_came_to_nothing_are_forgotten(town, walk, dark, odd):
    actions.print_letters(walk, by=odd)
    called_off(town, walk)
    actions.note_told(walk, by=odd, household=dark.household)

    Poll.objects.update(called_off_at=timezone.now() - timedelta(days=61))
    Poll.objects.update(sent_at=timezone.now() - timedelta(days=70))
    forget_polls()

    assert not PrintedLetter.objects.exists()
    assert not ToldInPerson.objects.exists()
    with pytest.raises(NotNow):
        actions.forget_poll(walk, by=the_portal())


def test_the_class_contact_finds_the_letters_on_the_page_of_the_poll(town, walk, dark):
    shown = as_(town.jurgita).get(page("poll_organise", walk))

    assert "Families that no message reaches get the times on paper" in text(shown)
    assert "Print 1 letter" in text(as_(town.jurgita).get(page("letter_list", walk)))


def test_a_protected_home_stands_without_its_name(town, walk, dark, odd):
    AddressProtection.objects.create(person=town.nora, grade="strict", alias="Sky", valid_from=timezone.localdate())

    for name in ("letter_list", "poll_organise"):
        shown = text(as_(town.jurgita).get(page(name, walk)))
        assert "Nora" not in shown
        assert "Warsame" not in shown
