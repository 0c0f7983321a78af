"""Law: an action locks before it asks. Whatever a page has shown, the rule looks at the row as it is and stays."""

import ast
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
from tests.laws.code import files, tree_of
from tests.laws.rows import rows
from tests.laws.test_rules import actions
from tests.laws.verdict import allow_none
from tests.threads import in_a_thread

LOCK_THEMSELVES = {
    "portal.actions.Action._lock": "the framework",
    "portal.actions._take": "the framework",
    "portal.doorbell.InDatabase.incr": "a row of the cache, which no page shows",
    "portal.ledger.publish.publish": "takes an event that no other worker has in hand, and hears it",
    "portal.messaging.queueing._delay_companions": "moves what no other worker has in hand, and waits for nobody",
    "portal.messaging.sending.claim": "takes deliveries that no other worker has in hand",
    "portal.messaging.actions.stop_sending": "stops what no worker has in hand: what one has is on its way, and is not "
    "waited for",
    "portal.people.overtaken._locked": "compares what a form shows of any row with what is saved, and keeps it so until "
    "it is",
    "portal.people.tasks._tell_each": "takes a move that no other worker tells of",
    "portal.rosters.actions._claim": "a file is read for minutes before the import is taken in hand, and blocks nobody",
    "portal.rosters.actions._alone": "what one import changes has no one row: two files with the same families would "
    "take theirs in any order",
    "conferences.actions.booking._slot": "a whole school books in a minute: locks the time with the look at it, as a "
    "standing question",
    "conferences.actions.booking.end_of": "which time comes next is known when it is looked for",
    "conferences.actions.offering._lying_free": "which time lies free is known when it is looked for",
}
LOCKS = re.compile(
    r"select_for_update|\bfor\s+(no\s+key\s+)?update\b|\bfor\s+(key\s+)?share\b|\block\s+table\b"
    r"|^\s*lock\s+\S+|\block\s+\S+\s+in\s+[\w ]+\bmode\b|advisory_(xact_)?lock",
    re.IGNORECASE,
)

MAKES = "makes rows and changes none: where there may be one alone, a constraint refuses the second"
LOOKS = "writes down who has read what, and changes nothing else"
NOTES = "writes down what has happened at the sign-in"
UNCLAIMED = {
    **dict.fromkeys(
        (
            *(f"conferences.{made}" for made in ("add_room", "add_subject", "add_tip", "answer_prompt", "draft_round")),
            *(f"conferences.{made}" for made in ("begin_subjects", "begin_tips")),
            *(
                "grants.add_rules",
                "grants.add_reason",
                "grants.open_scheme",
                "networks.draft_gathering",
            ),
            "networks.draft_poll",
            *("networks.ask_children", "portal.surveys.open_survey"),
            *(
                "principles.draft_principle",
                "principles.note_idea",
                "principles.send_text",
                "principles.copy_inspiration",
            ),
            *(f"portal.people.{made}" for made in ("open_school", "propose_relation", "set_restriction", "welcome")),
            "portal.rosters.upload_roster",
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
    "networks.propose": "makes a row, and locks the home whose proposals it counts",
    "portal.rosters.import_roster": "makes the import itself; what that changes waits for every other (`_alone`)",
    "portal.messaging.stop_sending": LOCK_THEMSELVES["portal.messaging.actions.stop_sending"],
    "portal.rosters.show_roster": LOCK_THEMSELVES["portal.rosters.actions._claim"],
    "portal.rosters.write_roster": LOCK_THEMSELVES["portal.rosters.actions._claim"],
}

IS_PORTAL = {"is_portal", "only_the_portal"}
PORTALS = "the portal's alone"
# Rules about rights that nobody takes away, each by the file that it stands in.
EXEMPT = {
    **dict.fromkeys(
        (
            *("conferences.rules.only_the_clock", "networks.rules.only_the_clock", "conferences.rules.can_take_over"),
            *("grants.appeal.rules.only_the_clock_tells", "principles.cooperation.rules.only_the_clock_closes"),
            *("networks.rota.rules.can_begin_turn", "portal.people.rules.only_the_portal"),
            *("portal.surveys.rules.only_a_room", "networks.children.rules.only_with_the_code"),
        ),
        PORTALS,
    ),
    "conferences.before.rules.can_write_own_part": "the pupil's own part, as long as they are the pupil",
    "portal.messaging.rules.can_choose": "what reaches oneself",
    "portal.messaging.rules.can_lend": "of whoever holds a link of others: it records that, and nothing else",
    "portal.messaging.rules.can_open": "of whoever holds the link",
    "portal.messaging.rules.can_read": "of whoever the notice is to",
    "portal.people.rules.only_oneself": "about oneself",
    "portal.people.rules.only_whose_move": "of whoever moves to another address",
    "principles.inquiries.rules.can_take_inquiry_back": "of whoever wrote it, while it is not sent",
}
ASKED = 20_000  # questions, until nobody is found who may
NOBODY = 'Where that is "nobody may", add a thing in a state in which somebody may to tests/laws/rows.py'
MOST = 25  # who may whatever their rights, until nobody else is looked for


def locking(name):
    """The functions of a module, and the classes and questions beside them, in which something is locked by hand."""
    return {".".join([name, *path]) for path, words in _words_of(tree_of(name)) if LOCKS.search(words)}


def _words_of(node, path=()):
    """(where it stands, a name or a text) of all that code says; docstrings are no code."""
    if isinstance(node, ast.Attribute | ast.Name):
        yield path, node.attr if isinstance(node, ast.Attribute) else node.id
    if isinstance(node, ast.BinOp | ast.JoinedStr | ast.Constant):
        yield path, "".join(_texts_in(node))
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        yield from _words_of(child, (*path, *_name_of(child)) if _is_outer(node) else path)


def _is_outer(node):
    return isinstance(node, ast.Module | ast.ClassDef)


def _name_of(node):
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return (node.name,)
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        return (target.id,) if isinstance(target, ast.Name) else ()
    return ()


def _texts_in(node):
    """A text that is put together, as it will read; what is filled in is one letter."""
    if isinstance(node, ast.BinOp):
        yield from (*_texts_in(node.left), *_texts_in(node.right))
    elif isinstance(node, ast.JoinedStr):
        yield from (text for value in node.values for text in _texts_in(value))
    else:
        yield node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "x"


def test_who_locks_without_the_framework_says_why():
    found = {one for name in files() for one in locking(name)}

    allow_none(found - LOCK_THEMSELVES.keys(), "{} locks by itself: claim (claims=), or say why in LOCK_THEMSELVES")
    allow_none(LOCK_THEMSELVES.keys() - found, "{} locks nothing any more: take it out of LOCK_THEMSELVES")


@pytest.mark.parametrize(
    "sql",
    [
        '"select 1 from people_role for update"',
        '"SELECT 1 " + "FOR\\nNO KEY UPDATE"',
        'f"SELECT 1 FROM {table} for share"',
        '"LOCK TABLE people_role"',
        '"lock people_role in share mode"',
        '"SELECT pg_advisory_lock(1)"',
        '"SELECT pg_try_advisory_xact_lock_shared(1)"',
        "rows.select_for_update()",
        'getattr(rows, "select_for_update")()',
    ],
)
def test_a_lock_is_known_however_it_is_written(sql):
    said = list(_words_of(ast.parse(f"def take():\n    ask({sql})")))

    assert next(path for path, words in said if LOCKS.search(words)) == ("take",)


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


def place(rule):
    return f"{rule.__module__}.{rule.__qualname__}"


def test_who_keeps_a_right_is_named_by_the_file():
    kept = {place(action.rule): action.rule for _name, action in actions() if action.claims}

    allow_none(EXEMPT.keys() - kept.keys(), "{} is asked by no action that claims: take it out of EXEMPT")
    portals = [kept[name] for name, why in EXEMPT.items() if why == PORTALS]
    allow_none([place(rule) for rule in portals if not _asks_for_the_portal(rule)], "{} is not the portal's alone")


def _asks_for_the_portal(rule):
    """The first thing that it returns, alone or before an `and`."""
    last = ast.parse(inspect.getsource(rule)).body[0].body[-1]
    first = last.value.values[0] if isinstance(last.value, ast.BoolOp) else last.value
    is_and = not isinstance(last.value, ast.BoolOp) or isinstance(last.value.op, ast.And)
    return is_and and isinstance(first, ast.Call) and getattr(first.func, "id", "") in IS_PORTAL


def denied_meanwhile(found):
    """What each action tells somebody who may do it, and whose rights end while they wait for the lock."""
    with_rights = Q(roles__state="confirmed") | Q(pupil_relations__state="confirmed")
    people = list(dict.fromkeys([*found["people"], *Person.objects.filter(with_rights).order_by("pk")]))
    for name, action in actions():
        if action.claims and place(action.rule) not in EXEMPT:
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
