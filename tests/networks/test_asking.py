"""What the clock asks of many gatherings at once is what each board says, in as many queries for one as for many."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from networks import actions, queries
from networks.queries.asking import families_of_each, organisers_of_each
from portal.ledger import tasks as ledger
from portal.messaging.models import Notice
from portal.messaging.tasks import remind
from portal.people.actions import end_relation
from portal.people.models import the_portal
from tests import make

pytestmark = pytest.mark.django_db


def as_on_the_board(gathering):
    rows = queries.board_of(gathering).rows
    return (
        len(rows),
        sum(row.rsvp is not None for row in rows),
        sum(row.reach in ("answered", "talked") for row in rows),
    )


def test_families_are_counted_as_on_the_board(town, bonfire):
    make.pupil("Alone", "Berg", in_class=town.first)
    _sister, adult = make.family(town.first, family_name="Moe")
    make.restricted(*reversed(make.family(town.first, family_name="Kept")))
    actions.answer(bonfire, by=town.ben, household=town.ben.household, answer="no")
    actions.log_contact(bonfire, by=town.jurgita, household=town.amira.household, kind="call", outcome="none")
    actions.log_contact(bonfire, by=town.jurgita, household=adult.household, kind="met", outcome="help")

    counted = families_of_each([bonfire])[bonfire.pk]

    assert counted == as_on_the_board(bonfire) == (6, 1, 2)
    own = families_of_each([bonfire], but_for=town.amira.household_id)[bonfire.pk]
    assert own == (5, 1, 2)


def test_the_organisers_of_many_are_those_of_each(town, bonfire):
    actions.add_helper(bonfire, by=town.jurgita, person_asked=town.amira)
    other = make.published(town.first, by=town.jurgita, title="Skating")
    together = organisers_of_each([bonfire, other])

    for gathering in (bonfire, other):
        assert set(together[gathering.pk]) == set(queries.organisers_of(gathering))
    end_relation(town.amira.pupil_relations.get(), by=the_portal())
    assert set(organisers_of_each([bonfire])[bonfire.pk]) == set(queries.organisers_of(bonfire)) == {town.jurgita}


def test_a_round_of_reminding_asks_as_much_for_many_as_for_one(town, bonfire):
    asked = []
    for _number in range(3):
        answered = make.published(town.first, by=town.jurgita, title="Skating")
        actions.answer(answered, by=town.ben, household=town.ben.household, answer="yes")
        actions.answer(answered, by=town.amira, household=town.amira.household, answer="yes")
        ledger.sweep(), remind()
        with CaptureQueriesContext(connection) as counted:
            remind()
        asked.append(len(counted))

    assert len(set(asked)) == 1, Counter(asked)
    half = Notice.objects.filter(kind="networks.half_answered", made_at__lte=timezone.now())
    assert half.count() == 3  # each once, however many answer after it
