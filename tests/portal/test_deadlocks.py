"""Two who wait for each other: PostgreSQL ends one of them, and the action is tried again before anybody is told."""

from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, transaction
from django.urls import path
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from portal import urls
from portal.access import anyone, page
from portal.actions import TRIES, Busy, action, running
from portal.ledger.models import Event
from portal.ledger.record import record
from portal.people.models import Household, Person, the_portal
from tests import make
from tests.threads import in_a_thread

pytestmark = pytest.mark.django_db(transaction=True)

SOON = "SET deadlock_timeout = '10ms'"
VICTIM = "DO $$ BEGIN RAISE EXCEPTION 'chosen' USING ERRCODE = '{}'; END $$"


def everyone(person, subject):
    """Everybody may, in these tests."""
    return True


def one_more(home):
    row = Household.objects.select_for_update(of=("self",)).get(pk=home.pk)
    row.interpreter_language = f"{int(row.interpreter_language) + 1}"
    row.save(update_fields=["interpreter_language"])


@action(may=everyone, records="tests.interpreters_counted")
def count_both(home, *, by, others, meet, told=None):
    """Write one home and then the others, as somebody else does the other way round."""
    one_more(home)
    record("tests.interpreters_counted", home, by=by)
    if told is not None:
        transaction.on_commit(lambda: told.append(home.pk), robust=True)
    meet()
    for other in others:
        one_more(other)


@action(may=everyone, records="tests.household_called")
def end_often(home, *, by, times, code="40P01", tries=None, within=None):
    """Be ended by the database so many times."""
    tries.append((home.pk, home.prefers_call, running() is not None))
    home.prefers_call = True
    home.save(update_fields=["prefers_call"])
    record("tests.household_called", home, by=by)
    if len(tries) <= times:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(VICTIM.format(code))


@action(may=everyone, records="tests.household_called")
def call_another(home, *, by, outer, **kwargs):
    """An action that is one step of this one is ended."""
    outer.append(1)
    end_often.run(home, by=by, **kwargs)


@pytest.mark.slow
def test_500_deadlocks_reach_nobody():
    rounds, tries, told, pressed = 500, [], [], []
    one, two = (Household.objects.create(interpreter_language="0") for _home in range(2))

    def press(mine, theirs, gates):
        with connection.cursor() as cursor:
            cursor.execute(SOON)
        for gate in gates:
            met = []

            def meet(gate=gate, met=met):
                tries.append(mine)
                if not met:  # once in each round both hold what the other wants
                    met.append(gate.wait(20))

            home = Household.objects.get(pk=mine)
            count_both(home, by=the_portal(), others=[Household(pk=theirs)], meet=meet, told=told)
            gate.wait(20)  # both are done

    gates = [Barrier(2) for _round in range(rounds)]
    both = [
        in_a_thread(pressed, lambda pair=pair: press(*pair, gates)) for pair in ((one.pk, two.pk), (two.pk, one.pk))
    ]
    for thread in both:
        thread.join(120)

    assert pressed == ["yes", "yes"]
    assert len(tries) - 2 * rounds >= rounds
    assert sorted(told) == sorted([one.pk, two.pk] * rounds)
    assert Event.objects.filter(verb="tests.interpreters_counted").count() == 2 * rounds
    assert {int(home.interpreter_language) for home in Household.objects.filter(pk__in=[one.pk, two.pk])} == {
        2 * rounds
    }


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_an_action_that_was_ended_begins_anew_on_rows_as_they_are(code):
    home, tries = Household.objects.create(), []

    end_often(home, by=SimpleLazyObject(the_portal), times=TRIES - 1, code=code, tries=tries)

    assert tries == [(home.pk, False, True)] * TRIES
    assert Event.objects.filter(verb="tests.household_called").count() == 1
    assert running() is None


def test_an_action_that_is_ended_each_time_is_refused_in_words():
    home, tries = Household.objects.create(), []

    with translation.override("en"), pytest.raises(Busy, match="Try again"):
        end_often(home, by=the_portal(), times=9, tries=tries)

    assert len(tries) == TRIES
    assert not Event.objects.exists()
    assert not home.prefers_call
    assert not Household.objects.get(pk=home.pk).prefers_call


def test_another_error_is_not_tried_again():
    home, tries = Household.objects.create(), []

    with pytest.raises(OperationalError):
        end_often(home, by=the_portal(), times=9, code="53300", tries=tries)

    assert len(tries) == 1


def test_only_the_outermost_action_is_tried_again():
    home, tries, outer = Household.objects.create(), [], []

    call_another(home, by=the_portal(), times=1, tries=tries, outer=outer)
    assert (len(outer), len(tries)) == (2, 2)

    tries.clear()
    with pytest.raises(OperationalError), transaction.atomic():
        end_often(home, by=the_portal(), times=9, tries=tries)
    assert len(tries) == 1


def test_what_can_be_read_only_once_is_not_tried_again():
    tries = []

    with pytest.raises(Busy):
        end_often(Household.objects.create(), by=the_portal(), times=9, tries=tries, within=iter([]))

    assert len(tries) == 1


def test_who_lost_the_right_meanwhile_is_denied():
    person = make.person()

    def only_while_active(by, subject):
        """Anybody who is active."""
        return by.is_active

    @action(may=only_while_active, records="tests.household_called")
    def end_and_lose(home, *, by):
        """Another takes the right away while this one is ended."""
        lost = []
        in_a_thread(lost, lambda: Person.objects.filter(pk=person.pk).update(is_active=False)).join(20)
        with connection.cursor() as cursor:
            cursor.execute(VICTIM.format("40P01"))

    with pytest.raises(PermissionDenied):
        end_and_lose(Household.objects.create(), by=person)


def test_a_row_that_was_to_be_made_is_not_made_twice():
    home, tries = Household(), []

    @action(may=everyone, records="tests.household_called")
    def make_home(subject, *, by, rows):
        """Write what was given, and be ended once."""
        rows[0].save()
        tries.append(rows[0].pk)
        if len(tries) == 1:
            with connection.cursor() as cursor:
                cursor.execute(VICTIM.format("40P01"))

    make_home(the_portal(), by=the_portal(), rows=[home])

    assert len(tries) == 2
    assert list(Household.objects.filter(pk__in=tries)) == [home]


@page(open_to=anyone)
def ends_each_time(request):
    """A page whose change is ended on every attempt, and one whose own queries are."""
    if request.POST.get("how") == "bare":
        with connection.cursor() as cursor:
            cursor.execute(VICTIM.format("40P01"))
    end_often(Household.objects.create(), by=the_portal(), times=9, tries=[])


urlpatterns = [path("ends/", ends_each_time, name="ends"), *urls.urlpatterns]
handler500 = urls.handler500


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("how", ["action", "bare"])
def test_a_page_says_so_in_words_and_keeps_what_was_typed(client, how):
    answer = client.post("/ends/?step=2", {"how": how, "note": 'Fish & "chips"', "children": ["1", "2"]})

    shown = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Prøv igjen" in shown
    assert 'action="/ends/?step=2"' in shown
    for field in (
        'name="note" value="Fish &amp; &quot;chips&quot;"',
        'name="children" value="1"',
        'name="children" value="2"',
    ):
        assert field in shown
    languages = shown.count('action="/language/setlang/"')  # a visitor's choice of language sets no cookie
    assert shown.count("csrfmiddlewaretoken") == shown.count("<form") - languages
