"""Law: what somebody may not know of answers as what does not exist does: with the same words and as many queries."""

import logging
import re
import time
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.laws.test_access_matrix import MATRIX
from tests.laws.verdict import allow_none
from tests.laws.world import KINDS, world

NOBODYS = 2_000_000_000
PUBLIC = {  # that the principle is there, everybody may know
    "principles:principle_changes",
    "principles:section_add",
    "principles:hearing_prepare",
    *("principles:version_adopt", "principles:result_show", "principles:result_download"),
    *(f"principles:draft_{name}" for name in ("detail", "describe", "publish", "discard")),
}


def elsewhere(argument):
    """The same kind of name for something that does not exist."""
    if isinstance(argument, UUID):
        return uuid4()
    return NOBODYS if isinstance(argument, int) else f"{argument}-not"


def asked(send, address):
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        answer = send(address)
        transaction.set_rollback(True)
    said = re.sub(r'value="\w{64}"', "", answer.content.decode())  # each form has a key of its own
    return answer.status_code, said.replace(address, ""), len(queries)


@pytest.fixture
def stopped_clock():
    """A session that is a minute older is saved again, and that takes queries."""
    with time_machine.travel(time.time(), tick=False):
        yield


@pytest.mark.walk
@pytest.mark.parametrize("kind", ["guardian of another class", "restricted guardian", "principal of another school"])
def test_what_one_may_not_know_of_answers_like_what_is_not_there(client, db, stopped_clock, kind):
    logging.disable(logging.ERROR)
    town, column, told = world(), KINDS.index(kind), []
    client.force_login(town.people[kind])
    for name, rows in ((name, rows) for name, rows in MATRIX.items() if name not in PUBLIC):
        arguments = town.args.get(name, [])
        for send, row in zip((client.get, client.post), rows, strict=True):
            if row[column] == "4" and arguments and arguments[-1] not in (0, "forged"):
                there = asked(send, reverse(name, args=arguments))
                gone = asked(send, reverse(name, args=[*arguments[:-1], elsewhere(arguments[-1])]))
                if there != gone:
                    words = "other words" if there[1] != gone[1] else "the same words"
                    told.append(f"{send.__name__} {name}: {there[::2]} and {gone[::2]}, {words}")
    logging.disable(logging.NOTSET)

    allow_none(told)
