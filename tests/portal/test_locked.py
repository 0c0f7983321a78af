"""What an action claims is locked first; its rule and its function see it as it is and stays."""

import re
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import translation

from portal import urls
from portal.access import anyone, page
from portal.actions import Gone, Refusal, action
from portal.ledger.models import Event
from portal.ledger.record import record
from portal.people.models import Household, Person, School, the_portal
from tests import make
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)


def who_is_not_called(person, home, other=None):
    """Anybody, until the home wants to be called."""
    return not home.prefers_call


def everyone(person, subject, other=None):
    """Everybody may, in these tests."""
    return True


def speaking_danish():
    return Household.objects.filter(interpreter_language="da")


@action(may=who_is_not_called, claims=Household.objects.all, records="tests.home_called")
def call_home(home, *, by):
    """Say what the home speaks."""
    record("tests.home_called", home, by=by)
    return home.interpreter_language


@action(may=who_is_not_called, claims=speaking_danish, gone=Refusal("No longer."), records="tests.home_asked")
def ask_home(home, *, by):
    """Ask a home that speaks Danish."""
    record("tests.home_asked", home, by=by)


@action(
    may=everyone,
    claims=lambda home: Household.objects.filter(interpreter_language=home.interpreter_language),
    gone=Refusal("Not as it was read."),
    records="tests.home_answered",
)
def answer_home(home, *, by):
    """Answer what the home said."""
    record("tests.home_answered", home, by=by)


@action(
    may=everyone,
    claims=Household.objects.all,
    locks=lambda home, other: [other, Person.objects.filter(household=home), School.objects.all()],
    records="tests.homes_met",
)
def meet_home(home, *, by, other):
    """Two homes at once."""
    record("tests.homes_met", home, by=by)
    return other.interpreter_language


@action(may=everyone, claims=Household.objects.all, deletes=True, records="tests.home_left")
def leave_home(home, *, by):
    """Delete a home."""
    record("tests.home_left", home, by=by)
    home.delete()


@action(may=everyone, claims=Household.objects.all, records="tests.home_refused")
def refuse_home(home, *, by):
    """Change a home, and find that it cannot be."""
    home.prefers_call = True
    home.save(update_fields=["prefers_call"])
    raise Refusal("Not now.")


def now(home, **fields):
    Household.objects.filter(pk=home.pk).update(**fields)


def again(home):
    return Household.objects.get(pk=home.pk)


def locks(do):
    """What is locked, in turn: the table, and how it is asked."""
    with CaptureQueriesContext(connection) as asked:
        do()
    said = [one["sql"] for one in asked.captured_queries if " FOR " in one["sql"]]
    return [re.search(r'FROM "(\w+)"', sql).group(1) for sql in said], said


def test_the_row_that_was_given_is_brought_up_to_date():
    home = Household.objects.create(interpreter_language="so")
    now(home, interpreter_language="da")

    assert call_home(home, by=the_portal()) == "da"
    assert home.interpreter_language == "da"


def test_the_rule_is_asked_of_the_row_as_it_is():
    home = Household.objects.create()
    now(home, prefers_call=True)

    with pytest.raises(PermissionDenied):
        call_home(home, by=the_portal())
    assert not Event.objects.exists()


def test_what_is_no_longer_there_to_be_claimed_is_refused_in_its_own_words():
    home = Household.objects.create(interpreter_language="da")
    now(home, interpreter_language="so")

    for _time in range(2):
        with pytest.raises(Refusal, match=r"^No longer\.$"):
            ask_home(home, by=the_portal())
    assert home.interpreter_language == "da"
    assert not Event.objects.exists()


def test_who_may_not_hears_nothing_of_what_has_become_of_it():
    home = Household.objects.create(interpreter_language="da")
    now(home, interpreter_language="so", prefers_call=True)

    with pytest.raises(PermissionDenied):
        ask_home(home, by=the_portal())


def test_what_was_read_can_be_claimed_as_it_was_read():
    home = Household.objects.create(interpreter_language="da")
    now(home, interpreter_language="so")

    with pytest.raises(Refusal, match="as it was read"):
        answer_home(home, by=the_portal())
    answer_home(again(home), by=the_portal())


def test_after_a_refusal_the_page_has_the_row_that_it_had():
    home = Household.objects.create(interpreter_language="da")

    with pytest.raises(Refusal):
        refuse_home(home, by=the_portal())

    assert (home.prefers_call, again(home).prefers_call) == (False, False)


@pytest.mark.parametrize("which", ["subject", "other"])
def test_what_somebody_has_deleted_is_refused_in_words(which):
    homes = {"subject": Household.objects.create(), "other": Household.objects.create()}
    Household.objects.filter(pk=homes[which].pk).delete()

    with translation.override("nb"), pytest.raises(Gone, match="Noen har fjernet det"):
        meet_home(homes["subject"], by=the_portal(), other=homes["other"])


def test_others_are_locked_too_and_brought_up_to_date():
    home, other = Household.objects.create(), Household.objects.create(interpreter_language="so")
    now(other, interpreter_language="da")

    assert meet_home(home, by=the_portal(), other=other) == "da"


def test_tables_and_keys_are_locked_in_one_order_whoever_presses():
    portal, make_one = the_portal(), Household.objects.create
    one, two = make_one(), make_one()
    order = ["people_school", "people_household", "people_household", "people_person"]

    there, how = locks(lambda: meet_home(one, by=portal, other=two))
    back, _how = locks(lambda: meet_home(two, by=portal, other=one))

    assert (there, back) == (order, order)
    assert all("FOR NO KEY UPDATE" in sql for sql in how)
    keys = [re.findall(r'"people_household"."id" = (\d+)', sql)[:1] for sql in how[1:3]]
    assert keys == [[str(one.pk)], [str(two.pk)]]


def test_what_is_deleted_is_kept_from_those_who_would_refer_to_it():
    _tables, how = locks(lambda: leave_home(Household.objects.create(), by=the_portal()))

    assert [" FOR UPDATE" in sql for sql in how] == [True]


def test_who_presses_waits_for_who_has_the_row_and_sees_what_came_of_it():
    home, told = Household.objects.create(interpreter_language="da"), []
    with transaction.atomic():
        now(home, interpreter_language="so")
        waiting = in_a_thread(told, lambda: ask_home(home, by=the_portal()))
        time.sleep(0.3)
        assert waiting.is_alive()
    waiting.join(20)

    assert told == [Refusal]


def test_the_person_of_a_request_is_claimed_as_any_other(client):
    person = make.person("Kim")
    client.force_login(person)
    Person.objects.filter(pk=person.pk).update(phone="12345678")

    assert client.post("/language/setlang/", {"language": "da"}).status_code == 302
    person.refresh_from_db()
    assert (person.language, person.phone) == ("da", "12345678")


@page(open_to=anyone)
def asks(request):
    ask_home(Household.objects.create(), by=the_portal())


urlpatterns = [path("asks/", asks, name="asks"), *urls.urlpatterns]
handler500 = urls.handler500


@pytest.mark.urls(__name__)
def test_a_page_without_a_place_for_a_refusal_says_it_all_the_same(client):
    answer = client.post("/asks/", {})

    assert answer.status_code == 409
    assert "No longer." in answer.content.decode()
    assert "<h1" in answer.content.decode()
