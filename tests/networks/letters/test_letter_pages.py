"""The pages of letters: printed with one press, answered by a code on any phone; looking changes nothing."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from networks import actions
from networks.models import PrintedLetter, Rsvp
from portal.messaging.models import PersonalLink
from portal.people.models import AddressProtection, Person
from tests import make
from tests.ground import once
from tests.pages import address, as_, markup, text


@pytest.fixture(autouse=True)
def _anew():
    cache.clear()


@once
def odd(town):
    return make.holder("office", town.school, "Odd", "Office")


@once
def dark(town, bonfire):
    Person.objects.filter(pk=town.amira.pk).update(email="", phone="", language="en")
    town.amira.refresh_from_db()
    return town.amira


@once
def code(town, bonfire, dark):
    (letter,) = actions.print_letters(bonfire, by=town.jurgita)
    return letter.code


def enter(code, browser=None, **more):
    return (browser or Client(headers={"accept-language": "en"})).post("/letter/", {"code": code, **more})


def to(name, gathering, *args):
    return address("networks", name, gathering.pk, *args)


def test_one_press_is_a_file_with_the_letters_of_the_class(town, bonfire, dark):
    answer = as_(town.jurgita).post(to("letters_print", bonfire))

    assert answer.content.startswith(b"%PDF")
    assert answer["Cache-Control"] == "private, no-store"
    assert PrintedLetter.objects.count() == 1


def test_nothing_to_print_is_said_in_words(town, bonfire):
    answer = as_(town.jurgita).post(to("letters_print", bonfire), follow=True)

    assert "There is no letter to print" in text(answer)


@pytest.mark.parametrize("page", ["letter_list", "gathering_reach"])
def test_looking_prints_nothing(town, bonfire, dark, page):
    browser = as_(town.jurgita)
    for method in ("get", "head"):
        assert getattr(browser, method)(to(page, bonfire)).status_code == 200
    for method in ("get", "head"):
        assert getattr(browser, method)(to("letters_print", bonfire)).status_code == 405

    assert not PrintedLetter.objects.exists()


def test_the_code_typed_as_people_type_leads_to_the_homes_own_page(town, bonfire, code):
    answer = enter(f" {code[:4].lower()}-{code[4:]} ")

    link = PersonalLink.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == link.url().partition("://")[2].partition("/")[2].join(["/", ""])
    assert not Rsvp.objects.exists()


def test_another_phone_says_for_whom_before_it_saves(town, bonfire, code, dark):
    phone = Client(headers={"accept-language": "en"})
    page = enter(code, phone)["Location"]

    assert "family of Nora" in text(phone.get(page))
    asked = phone.post(page, {"answer": "yes"})
    assert "Nothing is saved yet" in text(asked)
    assert not Rsvp.objects.exists()
    phone.post(page, {"answer": "yes", "go_on": "1"})
    assert Rsvp.objects.get().household_id == dark.household_id
    assert not Rsvp.objects.get().on_behalf


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFG0", "ABCDEFGH", "🔥" * 8, "A" * 4000, "\x00" * 8])
def test_what_is_no_code_is_told_in_words_and_opens_nothing(code, typed):
    answer = enter(typed)

    assert answer.status_code == 200
    assert "id_code_error" in markup(answer) or "aria-invalid" in markup(answer)
    assert not PersonalLink.objects.exists()


def test_wrong_codes_are_counted_and_then_a_right_one_waits_too(code):
    for _time in range(20):
        assert "does not work" in text(enter("ABCDEFGH"))

    assert "Too many wrong codes" in text(enter("ABCDEFGH"))
    assert "Too many wrong codes" in text(enter(code))


def test_right_codes_are_not_counted(code):
    assert {enter(code).status_code for _time in range(25)} == {302}


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_of_codes_opens_nothing(code, method):
    assert getattr(Client(), method)("/letter/", {"code": code}).status_code == 200
    assert not PersonalLink.objects.exists()


def test_somebody_of_another_home_who_is_signed_in_is_asked_first(town, bonfire, code):
    ben = as_(town.carla)

    assert "Nora" in text(ben.get(enter(code, ben)["Location"]))
    ben.post(PersonalLink.objects.get().url(), {"answer": "yes"})
    assert not Rsvp.objects.exists()


def test_the_code_of_a_protected_family_opens_a_page_that_names_nobody(town, bonfire, dark, odd):
    AddressProtection.objects.create(person=dark, grade="strict", valid_from=timezone.localdate())
    (letter,) = actions.print_letter(bonfire, by=odd, household=dark.household)
    phone = Client(headers={"accept-language": "en"})

    page = enter(letter.code, phone)["Location"]

    for shown in (phone.get(page), phone.post(page, {"answer": "yes"})):
        for word in ("Nora", "Amira", bonfire.title, bonfire.place):
            assert word not in text(shown)


def test_the_reach_list_says_when_the_letter_was_printed(town, bonfire, dark):
    browser = as_(town.jurgita)
    assert "Print 1 letter" in text(browser.get(to("gathering_reach", bonfire)))

    browser.post(to("letter_print", bonfire, dark.household_id))

    shown = text(browser.get(to("gathering_reach", bonfire)))
    assert "Letter printed on" in shown
    assert "Print 1 letter" not in shown


def test_a_helper_is_offered_no_letters(town, bonfire, dark):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.ben)

    shown = as_(town.ben).get(to("gathering_reach", bonfire))

    assert "letters/" not in markup(shown)
    assert as_(town.ben).get(to("letter_list", bonfire)).status_code == 403


def test_a_class_contact_is_shown_no_true_name_of_a_protected_family(town, bonfire, dark, odd):
    AddressProtection.objects.create(person=town.nora, grade="strict", alias="Sky", valid_from=timezone.localdate())
    actions.print_letter(bonfire, by=odd, household=dark.household)

    for page in ("letter_list", "gathering_reach"):
        shown = text(as_(town.jurgita).get(to(page, bonfire)))
        assert "Nora" not in shown
        assert "Warsame" not in shown
    assert "Nora Warsame" in text(as_(odd).get(to("letter_list", bonfire)))


def test_the_office_answers_with_a_press_and_the_board_says_who_wrote_it(town, bonfire, dark, odd):
    answer = as_(odd).post(to("office_answer", bonfire, dark.household_id), {"answer": "yes"}, follow=True)

    assert "by the office on behalf of the family" in text(answer)
    assert "by the office on behalf of the family" in text(as_(town.jurgita).get(to("gathering_organise", bonfire)))
    assert "office wrote this down on your behalf" in text(as_(dark).get(to("gathering_show", bonfire)))


def test_the_office_finds_the_gatherings_whose_letters_are_due(town, bonfire, dark, odd):
    assert "1 letter is not printed" in text(as_(odd).get(address("networks", "letters_due")))
    assert "Send 1 letter home" in text(as_(odd).get("/"))


def test_a_draft_has_no_letters(town, draft, odd):
    assert as_(odd).get(to("letter_list", draft)).status_code == 404


def test_the_page_of_letters_asks_as_much_for_thirty_homes(town, bonfire, odd, django_assert_max_num_queries):
    browsers = [as_(odd), as_(town.jurgita)]
    for browser in browsers:
        browser.get(to("letter_list", bonfire))
    counts = []
    for homes in (3, 30):
        for number in range(homes):
            make.family(town.first, family_name=f"F{homes}x{number}", adult_name=f"A{homes}x{number}")
        Person.objects.filter(given_name__startswith=f"A{homes}x").update(email="", phone="")
        for browser in browsers:
            with django_assert_max_num_queries(30) as asked:
                browser.get(to("letter_list", bonfire))
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
