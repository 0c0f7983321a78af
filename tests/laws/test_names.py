"""Law: a name of the code means one thing: a public one within its room, and some words everywhere."""

import ast
import re
from collections import defaultdict
from fnmatch import fnmatchcase

import pytest

from tests.laws.code import ROOMS, modules
from tests.laws.verdict import allow_none

APART = {"planner", "demo"}  # a library that knows no models, and made-up people: each speaks for itself
ALIKE = {  # constants that are equal by chance: each could change alone
    "networks": {
        "LONGEST": "letters of what is brought, and of a word",
        "MOST": "one is of homes, another of lines, of children, of times",
        "PAGE": "rows of a page: each list has its own",
        "SHOWN": "rows on the page of the class: each list has its own",
        "SOON": "before a review, and before a birthday",
        "WEEK": "a unit of time",
    },
    "principles": {
        "MORNING": "an inquiry is sent, and a change is told: each has its hour",
        "WRITE": "two answers that people press, of two forms",
    },
}

STEMS = {
    "keep": ("keep", "keeps", "keeping", "kept", "keeper", "keepers"),
    "hold": ("hold", "holds", "holding", "held", "holder", "holders"),
    "register": ("register", "registers", "registered", "registration"),
}
MEANT = {  # where these words stand, and what they mean there; patterns of module and name
    "keep": {
        "*.KEPT": "for how long something is stored",
        "*.keeping": "a module: what is stored, and for how long",
        "portal.access.kept": "for how long a proxy may store a page",
        "portal.bodies.NothingKept": "pages that nothing may store",
        "portal.checkout.local.ke*": "what a checkout stores between its runs",
        "portal.messaging.letters.kept_as": "what is stored of a letter",
        "portal.rosters.keeping.keep": "stores the file of an import",
        "portal.rosters.rekeying._keep_earlier_keys": "stores them",
        "networks.*keeper*": "who was elected for a class fund, a stored word",
        "networks.*.*Keeper*": "the same",
        "conferences.*.kept": "plans that are still stored, and what a child writes for itself, a column",
        "principles.*.keep_*": "stores a PDF, or which links stand in a text",
        "principles.outline.kept": "an outline as it was stored",
        "principles.views.principles.principle_keep": "the view of an address, which stays",
        "principles.incoming.forms.KEEP": "a value that the form sends",
        "grants.*.Kept*": "rows of files and of reasons, which are stored",
        "grants.*.keep": "stores files",
        "grants.*._keep*": "stores files, or what was said before it is changed",
        "grants.forms.kept": "reasons that are stored",
        "grants.archive.case_page.kept_in_archive": "where a case is stored",
    },
    "hold": {
        "conferences.*.Hold": "a time that is taken",
        "conferences.*._hold": "takes one",
        "conferences.*.*holds*": "those that are taken",
        "*.holder": "who has a role, or to whom an inquiry was given",
        "*.*holders": "who has a role, or a personal link",
        "grants.*.account_holder": "who has the account, a column",
        "grants.models.applications.LONGEST_HOLDER": "of the same",
        "conferences.*.held": "took place",
        "networks.*.held": "took place",
        "networks.*.held_*": "took place",
        "networks.*.*_held": "took place",
        "networks.views.gatherings.gathering_hold": "the view of an address, which stays",
        "conferences.figures.talks_held": "took place",
        "networks.*demo.HELD": "gatherings that took place",
        "*.held_on": "the day on which it took place, a column",
        "grants.queries.eligibility._is_held": "has taken place",
    },
    "register": {
        "*.register": "adds to a register",
        "grants.case_page.registered": "what has been added to one",
        "grants.views.register_*": "views of addresses, which stay",
        "grants.paper.notices.paper_registered": "called as its event, which is stored",
        "grants.archive.*._registration": "a word of the archive's own format",
    },
}


def of_room(room):
    return {
        name: tree
        for name, tree in modules().items()
        if name.split(".")[0] == room and not APART & set(name.split("."))
    }


def assigned(tree):
    """(name, value) of each name that a module gives a value, in a tuple too."""
    for node in tree.body:
        for target in node.targets if isinstance(node, ast.Assign) else []:
            if isinstance(target, ast.Name):
                yield target.id, node.value
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=False)
                yield from ((one.id, value) for one, value in pairs if isinstance(one, ast.Name))
        if isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
            yield node.target.id, node.value


def is_short_for(name, value):
    """`State = Gathering.State`: the class's own name for what it has within."""
    return isinstance(value, ast.Attribute) and value.attr == name


def is_public_class(name):
    return name[0].isupper() and not name.isupper()


@pytest.mark.parametrize("room", ROOMS)
def test_a_public_name_means_one_thing_in_a_room(room):
    """`State = Gathering.State` is short for what its module is about, and another module may shorten another class so;
    but where a class or a function of the room has the name, nothing is short for anything else by it."""
    made, short = defaultdict(list), defaultdict(list)
    for name, tree in of_room(room).items():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                made[node.name].append(name)
        for found, value in assigned(tree):
            if is_public_class(found):
                (short if is_short_for(found, value) else made)[found].append(name)

    twice = [
        (name, ", ".join([*where, *short[name]])) for name, where in made.items() if len(where) + len(short[name]) > 1
    ]

    allow_none(twice, "{} is defined in {}: a name of its own for each, or _ before one that is used there alone")


@pytest.mark.parametrize("room", ROOMS)
def test_a_constant_is_defined_once_in_a_room(room):
    """What is equal under one name is one truth, and a copy of it is forgotten; ALIKE says what is equal by chance. A
    short name for what stands elsewhere (`CONTACT = Role.Kind.CLASS_CONTACT`) copies nothing."""
    made = defaultdict(list)
    for name, tree in of_room(room).items():
        for found, value in assigned(tree):
            if found.isupper() and not found.startswith("_") and not isinstance(value, ast.Attribute | ast.Name):
                made[found, ast.dump(value)].append(name)
    twice = {name: where for (name, _value), where in made.items() if len(where) > 1}
    alike = ALIKE.get(room, {})

    copies = [(name, ", ".join(where)) for name, where in twice.items() if name not in alike]
    allow_none(copies, "{} has one value in {}: define it once and import it, or say in ALIKE why it is chance")
    allow_none(alike.keys() - twice.keys(), "{} has not one value twice any more: take it out of ALIKE")


def defined():
    """module.name of every module, function, method, class, argument, constant and annotated field."""
    for name, tree in modules().items():
        yield name
        yield from (f"{name}.{found}" for found, _value in assigned(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield f"{name}.{node.name}"
            elif isinstance(node, ast.arg):
                yield f"{name}.{node.arg}"
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield f"{name}.{node.target.id}"


def words(name):
    """Those of the last part of a dotted name: `KeptFile` and `kept_file` have the same."""
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.rpartition(".")[2]).lower().split("_"))


@pytest.mark.parametrize("word", STEMS)
def test_a_word_means_one_thing(word):
    found = {name for name in defined() if words(name) & set(STEMS[word])}
    meant = {pattern: [name for name in found if fnmatchcase(name, pattern)] for pattern in MEANT[word]}
    allowed = {name for names in meant.values() for name in names}

    say = (
        f"{{}}: `{word}` has one meaning (docs/architecture.md, Words of the code): take another word, or add to MEANT"
    )
    allow_none(found - allowed, say)
    allow_none(
        {pattern for pattern, names in meant.items() if not names}, f"{{}} is no name with `{word}`: out of MEANT"
    )
