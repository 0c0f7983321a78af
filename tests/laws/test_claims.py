"""Law: an action locks before it asks. Whatever a page has shown, the rule looks at the row as it is and stays."""

import inspect
import re
import time
import typing
from copy import copy
from datetime import date
from itertools import islice, product

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from portal.actions import Gone, Refusal
from portal.ledger.models import Event
from portal.people.models import Person, SchoolClass, the_portal
from tests.laws.code import ROOT, python_files
from tests.laws.rows import rows
from tests.laws.test_rules import actions
from tests.laws.verdict import allow_none
from tests.threads import in_a_thread

LOCK_THEMSELVES = {
    "portal/actions.py": "the framework",
    "portal/doorbell.py": "a row of the cache, which no page shows",
    "portal/ledger/publish.py": "takes an event that no other worker has in hand, and changes nothing that a page shows",
    "portal/messaging/queueing.py": "moves what no other worker has in hand, and changes nothing that a page shows",
    "portal/messaging/sending.py": "takes a delivery that no other worker has in hand",
    "portal/messaging/actions.py": "stops what no worker has in hand: what one has is on its way, and is not waited for",
    "portal/people/overtaken.py": "compares what a form shows of any row with what is saved, and keeps it so until it is",
    "portal/people/tasks.py": "takes a move that no other worker tells of",
    "portal/rosters/actions.py": "a file is read for minutes before the import is taken in hand, and blocks nobody",
    "conferences/actions/booking.py": "a whole school books in a minute: locks by writing, with standing questions",
    "conferences/actions/offering.py": "which time lies free is known when it is looked for",
}

MAKES = "makes a row: there is none yet that could have changed, and a constraint refuses the second"
LOOKS = "writes down who has read what, and changes nothing"
NOTES = "writes down what has happened at the sign-in"
UNCLAIMED = {
    **dict.fromkeys(
        (
            *(f"conferences.{made}" for made in ("add_room", "add_subject", "add_tip", "answer_prompt", "draft_round")),
            *(f"conferences.{made}" for made in ("begin_subjects", "begin_tips", "change_setting", "write_subject")),
            *(
                "grants.add_rules",
                "grants.add_reason",
                "grants.open_scheme",
                "networks.draft_gathering",
                "networks.propose",
            ),
            "networks.draft_poll",
            *("networks.start_agreement", "networks.ask_children", "portal.surveys.open_survey"),
            *(
                "principles.draft_principle",
                "principles.note_idea",
                "principles.send_text",
                "principles.copy_inspiration",
            ),
            *(f"portal.people.{made}" for made in ("open_school", "propose_relation", "set_restriction", "welcome")),
            *(f"portal.rosters.{made}" for made in ("import_roster", "upload_roster")),
        ),
        MAKES,
    ),
    **dict.fromkeys(
        (
            *(f"conferences.open_{read}" for read in ("plan", "preparations", "summary")),
            *("portal.people.open_person", "portal.home.step_in", "networks.export_answers"),
            "principles.read_confidence",
            *("grants.look_at_account", "grants.list_accounts", "grants.take_payment_file", "grants.open_receipt"),
        ),
        LOOKS,
    ),
    **dict.fromkeys(
        (
            *(f"portal.people.{noted}" for noted in ("sign_in", "sign_out", "prove_again", "refuse_code")),
            *(f"portal.people.{noted}" for noted in ("add_factor", "remove_factor", "renew_factor", "change_address")),
        ),
        NOTES,
    ),
    "conferences.book": "locks by writing, and asks the rule again with what it reads then",
    "conferences.book_together": "locks the talks, and each is booked by `book`",
    "conferences.ask_separate": "locks the talk; the rule is about the joint talk that was seen, whichever home was first",
    "portal.messaging.stop_sending": LOCK_THEMSELVES["portal/messaging/actions.py"],
    "portal.rosters.show_roster": LOCK_THEMSELVES["portal/rosters/actions.py"],
    "portal.rosters.write_roster": LOCK_THEMSELVES["portal/rosters/actions.py"],
}

# Rights that nobody takes away: of whoever it is about, and of the portal.
EXEMPT = {"only_oneself", "only_the_portal", "only_the_clock", "can_choose", "can_read", "can_open", "only_whose_move"}
ASKED = 20_000  # questions, until nobody is found who may
NOBODY = 'Where that is "nobody may", add a thing in a state in which somebody may to tests/laws/rows.py'
MOST = 25  # who may whatever their rights, until nobody else is looked for
EXEMPT |= {"only_with_the_code", "only_a_room", "can_take_over", "can_step_in", "can_write_own_part"}
EXEMPT |= {"only_the_clock_tells", "only_the_clock_closes", "can_begin_turn"}  # the clock's alone
EXEMPT |= {"can_take_inquiry_back"}  # of whoever wrote it, while it is not sent
EXEMPT |= {"can_lend"}  # of whoever holds a link of others: it records that, and nothing else


def test_who_locks_without_the_framework_says_why():
    locking = {
        str(path.relative_to(ROOT))
        for path in python_files("*.py")
        if "migrations" not in path.parts
        and re.search(r"select_for_update|FOR (NO KEY )?UPDATE|FOR (KEY )?SHARE|LOCK TABLE", path.read_text())
    }

    allow_none(locking - LOCK_THEMSELVES.keys(), "{} locks by itself: claim (claims=), or say why in LOCK_THEMSELVES")
    allow_none(LOCK_THEMSELVES.keys() - locking, "{} locks nothing any more: take it out of LOCK_THEMSELVES")


def test_an_action_claims_its_subject_or_says_why_not():
    free = {name for name, action in actions() if not action.claims}

    allow_none(free - UNCLAIMED.keys(), "{}: claim its subject (claims=), or give a reason in UNCLAIMED")
    allow_none(UNCLAIMED.keys() - free, "{} claims its subject, or is gone: take it out of UNCLAIMED")


def test_a_refusal_that_the_framework_says_has_words():
    said = {name: action.gone for name, action in actions() if action.claims}
    silent = [name for name, gone in said.items() if not str(gone() if isinstance(gone, type) else gone)]

    allow_none(silent, "{}: what it says when its subject is gone (gone=) has no words")
    assert str(Gone())


def given(action, found):
    """What the rule and the locks get besides the subject: rows of the kinds that they ask for."""
    hints = typing.get_type_hints(action.run)
    taken = inspect.signature(action.run).parameters
    names = [name for name in taken if name != "by" and name in {*action._looks_at, *action._locks_by}]
    choices = [_choices(hints[name], found) if name in hints else found[SchoolClass][:4] for name in names]
    for values in islice(product(*choices), 60):
        yield dict(zip(names, values, strict=True))


def _choices(hint, found):
    models_in = [
        part for part in (hint, *typing.get_args(hint)) if isinstance(part, type) and issubclass(part, models.Model)
    ]
    if type(None) in typing.get_args(hint):
        return [None]
    if typing.get_origin(hint) is dict:
        return [{}]
    if typing.get_origin(hint) in (list, tuple):
        return _several(typing.get_args(hint)[0], found)
    if models_in:
        return found["people"] if Person in models_in else found.get(models_in[0], [])[:8]
    return {bool: [True], int: [1], date: [timezone.localdate()]}.get(hint, ["name"])


def _several(hint, found):
    """None of them; or one row each, with nothing beside it, where a rule that is asked about none lets everybody."""
    if typing.get_origin(hint) is not tuple:
        return [[]]
    return [[(row, None)] for row in found.get(typing.get_args(hint)[0], [])[:8]]


def subjects(action, found):
    hint = next(iter(typing.get_type_hints(action.run).values()))
    kinds = [
        part for part in (hint, *typing.get_args(hint)) if isinstance(part, type) and issubclass(part, models.Model)
    ]
    return [row for kind in kinds for row in found.get(kind, [])]


@pytest.mark.walk
@pytest.mark.django_db(transaction=True)
def test_what_has_changed_between_the_page_and_the_lock_is_refused_and_nothing_is_done():
    found = rows()
    before = Event.objects.count()

    silent = [name for name, said in removed_meanwhile(found) if not said]
    allow_none(silent, "{} does not refuse a subject that is gone")
    denied = [(name, told) for name, told in denied_meanwhile(found) if told != ["waited", PermissionDenied]]
    allow_none(denied, f"{{}}, to somebody whose rights end while they wait: {{}}. {NOBODY}")
    assert Event.objects.count() == before


def removed_meanwhile(found):
    """What each action says about a subject that no longer exists."""
    for name, action in actions():
        if action.claims:
            seen = copy(subjects(action, found)[0])
            seen.pk = 2**31 - 1
            try:
                action(seen, by=the_portal(), **next(given(action, found)))
            except Refusal as refusal:
                yield name, str(refusal)
            else:
                yield name, ""


def denied_meanwhile(found):
    """What each action tells somebody who may do it, and whose rights end while they wait for the lock."""
    with_rights = Q(roles__state="confirmed") | Q(pupil_relations__state="confirmed")
    people = list(dict.fromkeys([*found["people"], *Person.objects.filter(with_rights).order_by("pk")]))
    for name, action in actions():
        if action.claims and action.rule.__name__ not in EXEMPT:
            one = next(_allowed(action, found, people), None)
            yield name, _withdrawn_while_waiting(action, *one) if one else ["nobody may"]


def _allowed(action, found, people):
    """Who may do it now, to a row that can be claimed, and may no longer once their roles and relations have ended."""
    asked = (
        (person, subject, values)
        for subject in subjects(action, found)[:40]
        for values in given(action, found)
        if _is_claimed(action, subject, values)
        for person in people
    )
    may = (one for one in islice(asked, ASKED) if action.may(*one[:2], **one[2]))
    for person, subject, values in islice(may, MOST):
        if not _may_without_rights(action, person, subject, values):
            yield Person.objects.get(pk=person.pk), subject, values


def _is_claimed(action, row, values):
    try:
        with transaction.atomic():
            action._lock(the_portal(), row, values)
    except (Refusal, PermissionDenied):
        return False
    return True


def _may_without_rights(action, person, row, values):
    with transaction.atomic():
        list(_withdraw(person))
        may = action.may(person, row, **values)
        transaction.set_rollback(True)
    return may


def _withdraw(person):
    """End every role and relation of the person; returns what it takes to give them back."""
    with connection.cursor() as cursor:
        for table, column in (("people_role", "person_id"), ("people_guardianrelation", "guardian_id")):
            sql = f"UPDATE {table} SET state = 'ended' WHERE {column} = %s AND state = 'confirmed' RETURNING id"
            cursor.execute(sql, [person.pk])
            yield f"UPDATE {table} SET state = 'confirmed' WHERE id = ANY(%s)", [pk for (pk,) in cursor.fetchall()]


def _withdrawn_while_waiting(action, person, row, values):
    told = []
    with transaction.atomic():
        list(type(row)._base_manager.select_for_update(of=("self",)).filter(pk=row.pk).values_list("pk"))
        waiting = in_a_thread(told, lambda: action(row, by=person, **values))
        waited = _waits(waiting)
        ended = list(_withdraw(person))
    waiting.join(20)
    with connection.cursor() as cursor:
        for back, keys in ended:
            cursor.execute(back, [keys])
    return [*(["waited"] if waited else []), *told]


def _waits(thread):
    until = time.monotonic() + 10
    while thread.is_alive() and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.01)
    return False
