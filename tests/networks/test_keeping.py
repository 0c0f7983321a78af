"""What is kept, for how long, and what outlives it: totals, never who."""

from datetime import timedelta

import time_machine
from django.db import connection

from networks import actions
from networks.figures import families_answered, families_reached
from networks.models import Contact, Rsvp
from networks.tasks import forget
from portal.figures import Total


def figures_of(town, gathering):
    day = gathering.starts_at.astimezone(town.school.zone).date()
    return families_reached(town.school, day, day), families_answered(town.school, day, day)


def test_food_and_message_are_unreadable_in_the_database(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    actions.detail_answer(
        bonfire, by=town.amira, household=town.amira.household, adults=1, pupils=[], food="No pork", message="A pram"
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT food, message FROM networks_rsvp")
        kept = " ".join(cursor.fetchone())

    assert "pork" not in kept
    assert "pram" not in kept
    assert (Rsvp.objects.get().food, Rsvp.objects.get().message) == ("No pork", "A pram")


def test_forget_deletes_food_also_where_nobody_was_called(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    actions.detail_answer(bonfire, by=town.amira, household=town.amira.household, adults=1, pupils=[], food="No nuts")

    with time_machine.travel(bonfire.ends_at + timedelta(days=61)):
        forget()

    assert Rsvp.objects.get().food is None


def test_totals_outlive_what_they_were_counted_from(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")
    actions.log_contact(bonfire, by=town.jurgita, household=town.ben.household, kind="met", outcome="help")
    before = figures_of(town, bonfire)

    with time_machine.travel(town.first.year.ends_on + timedelta(days=70)):
        forget()
        forget()

    assert before == (Total(2, 3), Total(1, 3))
    assert figures_of(town, bonfire) == before
    assert (Contact.objects.count(), Rsvp.objects.count()) == (0, 0)


def test_answers_stay_until_the_school_year_is_over(town, bonfire):
    actions.answer(bonfire, by=town.amira, household=town.amira.household, answer="yes")

    with time_machine.travel(town.first.year.ends_on - timedelta(days=1)):
        forget()

    assert Rsvp.objects.count() == 1
