"""Law: who does something to a row that another has taken further meanwhile is told so in words, whoever they are."""

from copy import copy

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.actions import Refusal, _asks_for_the_subject
from portal.people.models import the_portal
from tests.laws.rows import rows
from tests.laws.test_claims import given, subjects
from tests.laws.test_rules import actions
from tests.laws.verdict import allow_none

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

ROWS = 6  # of each action


def claimed(action, row):
    return action.claims(row) if _asks_for_the_subject(action.claims) else action.claims()


def outside(action, found):
    """Rows that are there and cannot be claimed."""
    known = [row for row in subjects(action, found) if not claimed(action, row).filter(pk=row.pk).exists()]
    return known[:ROWS]


def test_a_row_that_cannot_be_claimed_is_refused_in_words():
    found = rows()
    people = [the_portal(), *found["people"]]
    wrong, untried = [], []
    for name, action in actions():
        if action.claims:
            left = outside(action, found)
            untried += [name] if not left else []
            for row in left:
                wrong += [
                    f"{name} of {row!r}: {said}" for person in people if (said := told(action, row, person, found))
                ]
    print(len(untried), untried)
    allow_none(wrong, "{}")


def told(action, row, person, found):
    """What is wrong with what they are told."""
    try:
        with transaction.atomic():
            action(copy(row), by=person, **next(given(action, found)))
    except PermissionDenied:
        return ""
    except Refusal as refusal:
        return "" if str(refusal) else "no words"
    except Exception as error:
        return repr(error)
    return "done"
