"""Law: whoever may do something to a row, and another has taken it further meanwhile, is told so in words."""

from contextlib import suppress
from copy import copy
from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from portal.actions import Refusal, _asks_for_the_subject
from portal.people.models import the_portal
from tests.laws.rows import rows
from tests.laws.test_claims import given, subjects
from tests.laws.test_rules import actions
from tests.laws.verdict import allow_none

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

ROWS = 2  # of each action
UNTRIED = {  # what takes a row further there is more than one field, and tests/laws/rows.py has none that is
    **dict.fromkeys(
        (
            *("conferences.tell_agreement", "grants.ask_reasons", "grants.correct_decision", "grants.send_appeal"),
            "grants.take_back_payment",
        ),
        "a newer one stands beside it",
    ),
    **dict.fromkeys(
        (
            *("networks.answer_pulse", "networks.close_pulse", "portal.surveys.close_survey"),
            *("principles.answer_as_home", "principles.answer_at_work", "principles.close_cooperation"),
        ),
        "its survey is closed, which says how many were asked",
    ),
    **dict.fromkeys(("grants.remove_receipt", "principles.keep_result_file"), "a file is there"),
    **dict.fromkeys(
        (
            *("portal.people.end_protection", "portal.rosters.judge_doubt", "principles.correct_decision"),
            *("principles.finish_step", "principles.hand_step", "principles.tell_more"),
        ),
        "it says at once what was done, and when or by whom",
    ),
}

BY_THE_DAY = {
    "networks.change_weekly",
    "networks.take_back_weekly",
}  # the day decides whether a day of it is another week


def test_a_row_that_cannot_be_claimed_is_refused_in_words():
    found = rows()
    people = [the_portal(), *found["people"]]
    wrong, untried = [], set()
    for name, action in actions():
        known = subjects(action, found) if action.claims else []
        if known and claimed(action, known[0]).query.where:
            said = list(answers(action, known, people, found))
            untried |= set() if said else {name}
            wrong += [f"{name} of {row!r}, to {person}: {told}" for row, person, told in said if told != "refused"]

    allow_none(wrong, "{}: refuse it in words")
    allow_none(
        untried - set(UNTRIED) - BY_THE_DAY,
        "{} has no row outside of what it claims: add one to tests/laws/rows.py, or say why in UNTRIED",
    )
    allow_none(set(UNTRIED) - untried, "{} is tried: take it out of UNTRIED")


def claimed(action, row):
    return action.claims(row) if _asks_for_the_subject(action.claims) else action.claims()


def is_outside(action, row):
    return not claimed(action, row).filter(pk=row.pk).exists()


def answers(action, known, people, found):
    """(row, person, what they are told) of rows that are outside already; where none is, of rows that are taken further
    after they were seen."""
    outside = [row for row in known if is_outside(action, row)][:ROWS]
    for row in outside:
        yield first_told(action, row, people, found)
    for row in [] if outside else known[:ROWS]:
        for other, changes in taken_further(row):
            said = None
            with suppress(DatabaseError), transaction.atomic():
                models.QuerySet(type(other)).filter(pk=other.pk).update(**changes)
                if is_outside(action, row):
                    said = first_told(action, row, people, found)
                transaction.set_rollback(True)
            if said:
                yield said
                break


def first_told(action, row, people, found):
    """What the first of them is told who may do it; where nobody may, it is forbidden."""
    for person in people:
        if (said := told(action, row, person, found)) != "forbidden":
            return row, person, said
    return row, None, "refused"


def taken_further(row):
    """(row, what has become of it) of the row itself, and of each that it belongs to."""
    theirs = [getattr(row, field.name) for field in row._meta.concrete_fields if field.is_relation]
    for one in [row, *filter(None, theirs)]:
        for changes in _changes(one):
            yield one, changes


def _changes(row):
    """Another state, something that has been done or is over, or both."""
    fields = [field for field in row._meta.concrete_fields if not field.is_relation and not field.primary_key]
    states = [
        {field.name: value}
        for field in fields
        for value, _label in (field.choices or [])
        if value != getattr(row, field.name)
    ]
    states += [{field.name: not getattr(row, field.name)} for field in fields if isinstance(field, models.BooleanField)]
    moments = [one for field in fields for one in _moments(field)]
    yield from (*states, *moments)
    yield from ({**state, **moment} for state, moment in product(states, moments))


def _moments(field):
    now = timezone.now()
    if isinstance(field, models.DateTimeField):
        found = [now, now - timedelta(days=400)]
    elif isinstance(field, models.DateField):
        found = [now.date() - timedelta(days=1), now.date() - timedelta(days=400)]
    else:
        return []
    return [{field.name: one} for one in ([*found, None] if field.null else found)]


def told(action, row, person, found):
    try:
        with transaction.atomic():
            action(copy(row), by=person, **next(given(action, found)))
    except PermissionDenied:
        return "forbidden"
    except Refusal as refusal:
        return "refused" if str(refusal) else "no words"
    except Exception as error:
        return repr(error)
    return "done"
