"""What a home needs: one page, one truth each, and who gets to know it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from portal.ledger.models import Event
from portal.people import actions
from portal.people.models import Household
from portal.people.tasks import forget_free_days
from tests import make
from tests.pages import address, as_, markup, text

pytestmark = pytest.mark.django_db
today = timezone.localdate


def ahead():
    return today() + timedelta(days=40)


@pytest.fixture
def lia():
    lia = make.school("Lia skole")
    lia.here = make.school_class("1A", at=lia)
    lia.nora, lia.amira = make.family(lia.here)
    lia.zak = make.guardian("Zak", "Holm", of=lia.nora)
    return lia


def sent(**said):
    return {"interpreter_language": "", "food": "", "free_days": "", **said}


def save(person, **said):
    return as_(person).post(address("people", "needs_edit"), sent(**said))


def home_of(person):
    return Household.objects.get(pk=person.household_id)


def test_a_home_says_all_it_needs_on_one_page_and_the_other_home_keeps_its_own(lia):
    said = {"interpreter_language": "so", "prefers_call": "on", "easy_text": "on", "step_free": "on", "food": "No pork"}
    assert save(lia.amira, **said, free_days=f"{ahead():%d.%m.%Y}\n\n{ahead():%Y-%m-%d}").status_code == 302
    home, theirs = home_of(lia.amira), home_of(lia.zak)

    assert (home.interpreter_language, home.prefers_call, home.easy_text, home.step_free) == ("so", True, True, True)
    assert (home.food, home.free_days) == ("No pork", [ahead()])
    assert (theirs.interpreter_language, theirs.food, theirs.free_days, theirs.step_free) == ("", None, [], False)
    assert "No pork" in markup(as_(lia.amira).get(address("people", "needs_edit")))
    assert "No pork" not in markup(as_(lia.zak).get(address("people", "needs_edit")))
    assert save(lia.amira).status_code == 302
    assert (home_of(lia.amira).food, home_of(lia.amira).free_days) == (None, [])


def test_only_guardians_of_today_have_the_page_and_only_of_their_own_home(lia):
    cato = make.guardian("Cato", of=lia.nora)
    make.restricted(cato, lia.nora)
    teacher = make.holder("contact_teacher", lia.here)

    for person in (cato, teacher):
        assert as_(person).get(address("people", "needs_edit")).status_code == 403
    for person in (cato, teacher, lia.zak):
        with pytest.raises(PermissionDenied):
            actions.save_needs(home_of(lia.amira), by=person, food="x")


def test_each_need_says_beside_it_who_gets_to_know_it(lia):
    shown = text(as_(lia.amira).get(address("people", "needs_edit")))

    for said in (
        "The teacher and the office see it",
        "Messages come all the same",
        "see that somebody needs it, and not who",
    ):
        assert said in shown
    for said in ("only the organisers of that one see it", "never who, how many or why", "other home reads nothing"):
        assert said in shown


def test_the_own_page_leads_there_and_has_no_second_copy(lia):
    shown = markup(as_(lia.amira).get(address("people", "profile")))

    assert address("people", "needs_edit") in shown
    assert "interpreter_language" not in shown


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("soon", "is not a day"),
        ("32.01.2027", "is not a day"),
        ("01.01.{year}", "this year and the next two"),
        ("{days}", "at most 20"),
    ],
)
def test_days_that_cannot_be_are_refused_and_what_was_typed_is_kept(lia, days, words):
    many = "\n".join(f"{ahead() + timedelta(days=n):%d.%m.%Y}" for n in range(21))
    shown = save(lia.amira, food="No pork", free_days=days.format(year=today().year + 3, days=many))

    assert shown.status_code == 200
    assert words in text(shown)
    assert "No pork" in markup(shown)
    assert home_of(lia.amira).food is None


def test_a_language_that_the_list_does_not_have_is_kept_and_a_made_up_one_refused(lia):
    Household.objects.filter(pk=lia.amira.household_id).update(interpreter_language="am")

    assert save(lia.amira, interpreter_language="am").status_code == 302
    assert home_of(lia.amira).interpreter_language == "am"
    assert save(lia.amira, interpreter_language="xx").status_code == 200


def test_food_is_unreadable_in_the_database_and_in_no_event(lia):
    actions.save_needs(home_of(lia.amira), by=lia.amira, food="No pork", free_days=[ahead()])
    with connection.cursor() as cursor:
        cursor.execute("SELECT food FROM people_household WHERE id = %s", [lia.amira.household_id])
        (stored,) = cursor.fetchone()

    assert "pork" not in stored
    assert home_of(lia.amira).food == "No pork"
    assert Event.objects.get(verb="people.needs_saved").details == {}


def test_forget_free_days_twice_deletes_those_that_have_passed_and_no_more(lia):
    kept = [date(2020, 5, 17), ahead()]
    Household.objects.filter(pk=lia.amira.household_id).update(free_days=kept)
    for _run in range(2):
        forget_free_days()

    assert home_of(lia.amira).free_days == [ahead()]
