"""Anonymous is anonymous: nothing that the database holds, nor the order in which it holds it, ties an answer to a home."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from portal.actions import ACTIONS, _entered
from portal.ledger.models import Event
from portal.ledger.record import Undeclared, record
from portal.messaging.models import Delivery, Notice, PersonalLink
from portal.people.models import the_portal
from portal.surveys.models import Answered, Question
from tests import make
from tests.networks.agreements.conftest import answer, ask, close
from tests.networks.agreements.conftest import town as town_of_agreements
from tests.pages import as_

pytestmark = pytest.mark.django_db
town = town_of_agreements

ONE_SAYS = [{0: [n % 5], 1: [n % 3], 2: [n % 3], 3: []} for n in range(7)]


def everything():
    """Every row of every table as anybody with the whole database reads it: what it says without its moment, in the order
    of the transactions that wrote it last; and how those who have answered lie in the heap. (Where the few rows of the
    questions lie follows from which page had room; they were all there before anybody answered.)"""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT xmin::text::bigint, t.* FROM "{table}" t ORDER BY 1, t::text')
            names = [column.name for column in cursor.description][1:]
            for place, (xmin, *values) in enumerate(cursor.fetchall()):
                found[table, place] = (
                    xmin,
                    {name: value for name, value in zip(names, values, strict=True) if not is_by_chance(table, name)},
                )
        cursor.execute("SELECT household_id, person_id FROM surveys_answered ORDER BY ctid")
        heap = cursor.fetchall()
    ranks = {xmin: rank for rank, xmin in enumerate(sorted({xmin for xmin, _row in found.values()}))}
    return {where: (ranks[xmin], row) for where, (xmin, row) in found.items()} | {"heap": heap}


def is_by_chance(table, name):
    """Moments, keys that are drawn at random, and those of the events, which go on counting when all else is undone."""
    moment = name == "at" or name.endswith(("_at", "_until", "last_login"))
    return moment or (table, name) in {("surveys_answered", "id"), ("ledger_event", "id")}


def by_action(agreement, person, says):
    answer(agreement, person, says=says)


def after(agreement, town, sayings, *, say=by_action, then=lambda: None):
    """The whole database when these homes have answered in turn, each with what is in its place; then all is undone."""
    with transaction.atomic():
        for person, says in zip(town.homes, sayings, strict=True):
            say(agreement, person, says)
        then()
        seen = everything()
        transaction.set_rollback(True)
    agreement.refresh_from_db()
    agreement.survey.refresh_from_db()
    return seen


def test_whoever_says_what_the_database_is_the_same(town):
    """N16: two histories in which the homes have changed their answers among them leave the same rows, in the same order,
    written by transactions in the same order, while the survey is open and when it is closed."""
    agreement = ask(town)
    for then in (lambda: None, lambda: close(agreement, town)):
        one = after(agreement, town, ONE_SAYS, then=then)

        assert after(agreement, town, ONE_SAYS[::-1], then=then) == one
        assert after(agreement, town, ONE_SAYS[3:] + ONE_SAYS[:3], then=then) == one


def test_nor_do_the_sessions_in_which_it_was_said_differ(town):
    """N16: the same when each home answers on the page, signed in, with all that the portal writes on the way."""
    agreement = ask(town)
    clients = {person.pk: as_(person) for person in town.homes}
    page = f"/gatherings/agreements/{agreement.pk}/answer/"
    for client in clients.values():
        client.get(page)

    def on_the_page(_agreement, person, says):
        sent = clients[person.pk].post(page, {f"q{place}": chosen for place, chosen in says.items() if chosen})
        assert sent.status_code == 302

    one = after(agreement, town, ONE_SAYS, say=on_the_page)

    assert len(one["heap"]) == len(town.homes)
    assert after(agreement, town, ONE_SAYS[::-1], say=on_the_page) == one
    assert one == after(agreement, town, ONE_SAYS[2:] + ONE_SAYS[:2], say=on_the_page)


def test_what_is_compared_would_show_a_difference(town):
    agreement = ask(town)

    assert after(agreement, town, ONE_SAYS) != after(agreement, town, [ONE_SAYS[0]] * 7)


def test_an_answer_adds_no_event_notice_delivery_link_and_no_key_in_order(town):
    """N16: the answers are joined with all that has a name and a time, and nothing is found."""
    agreement = ask(town)
    named = (Event, Notice, Delivery, PersonalLink)
    before = [list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in named]
    drawn = sequences()

    answer(agreement, *town.homes)

    assert [list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in named] == before
    assert sequences() == drawn
    assert not {field.name for field in Answered._meta.fields} - {"id", "survey", "household", "person"}
    assert {field.name for field in Question._meta.fields if field.related_model} == {"survey"}

    close(agreement, town)

    assert not Answered.objects.exists()
    written = Event.objects.filter(pk__gt=max(before[0]))
    assert {event.verb for event in written} == {"networks.survey_closed", "surveys.survey_closed"}
    assert {event.details.get("shown") for event in written} == {True}


def sequences():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename")
        return cursor.fetchall()


def test_each_answer_writes_every_count_anew(town):
    """Which counts a transaction has written would tell what its home has said."""
    agreement = ask(town)

    answer(agreement, town.amira, says={0: [1]})

    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM surveys_question ORDER BY place")
        first = cursor.fetchall()
    answer(agreement, town.ben, says={1: [1]})
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmin::text FROM surveys_question ORDER BY place")
        second = cursor.fetchall()

    assert not set(first) & set(second)


def test_a_silent_action_cannot_record(town):
    agreement = ask(town)
    silent = ACTIONS["portal.surveys.take_answer"]

    assert silent.silent
    with pytest.raises(Undeclared), _entered(silent):
        record(silent.records, agreement.survey, by=the_portal())


def test_what_was_sent_when_the_session_had_run_out_is_not_kept(town):
    """Elsewhere it is laid before its writer again; here it would stand for an hour beside a name."""
    agreement = ask(town)
    page = f"/gatherings/agreements/{agreement.pk}/answer/"
    browser = as_(town.amira)
    browser.get("/")
    browser.cookies.pop("sessionid", None)
    browser.cookies.pop("__Host-session", None)

    answered = browser.post(page, {"q0": "1"})

    assert answered.url.startswith("/account/login/")
    assert "typed" not in browser.session


def test_a_home_and_a_person_are_asked_alike_and_only_by_a_room(town):
    survey = ask(town).survey
    staff = [make.person(f"Staff {number}") for number in range(5)]
    take, close_it = ACTIONS["portal.surveys.take_answer"], ACTIONS["portal.surveys.close_survey"]

    for person in staff:
        take(survey, by=the_portal(), person_asked=person, answers={0: [0]})
    with pytest.raises(PermissionDenied):
        take(survey, by=town.jurgita, person_asked=town.jurgita, answers={0: [0]})
    close_it(survey, by=the_portal(), asked=[person.pk for person in staff])

    assert (survey.asked, survey.answered, survey.is_shown) == (5, 5, True)
    assert survey.closes_at > timezone.now() + timedelta(days=1)
