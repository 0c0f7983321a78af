"""Law: what is asked in many places is said in one: whom a talk is for, the guardians of a class, which interpreters
count, the part of the day, until when a time is changed, and what overlaps. The same shape anywhere else is a second
truth."""

import ast
import re

import pytest

from tests.laws.code import modules
from tests.laws.verdict import allow_none

# Whoever says one of them all the same, with the reason. A queryset that says it of itself need not stand here
MAY = {
    "whom a talk is for": {
        "conferences.models.guardians": "says it",
        "conferences.models.talks": "says it",
        "conferences.queries.family": "a child's homes, whose keys are found before its talks are",
        "conferences.queries.hosted": "as far as staff may know them, in the query that lists the talks",
        "conferences.queries.pressing": "a child's homes, whose keys are found before its talks are",
        "conferences.after.queries.summaries": "what a home may read of an earlier talk",
    },
    "the guardians of a class": {
        "networks.queries.asking": "each once for every gathering of the class",
        "networks.cohort.newcomers": "of all classes, each with the day on which the child came",
        "conferences.models.wishes": "of a whole school",
        "portal.home.notices": "also of a class that begins later",
        "portal.people.queries.families": "of the pupils that it has read, since a child alone is a family too",
    },
    "which interpreters count": {},
    "the part of the day": {"conferences.models.wishes": "says it"},
    "until when a time is changed": {
        "conferences.models.rounds": "says it of the talks of a round",
        "conferences.models.talks": "says it",
    },
    "what overlaps": {},
}
RELATIONS = (
    r"(GuardianRelation|(pupil|guardian)_relations|AccessRestriction)\b.*\b(live|in_force|live_but_for_the_pupil)\b"
)
PLACES = r"(Enrolment|enrolments)\b.*\b(current|on)\b"
TODAY = rf"{PLACES}|pupil__enrolments"
BEGINS, ENDS = r"(start|begin|lower)", r"(end|over|upper)"


def shapes(name, tree):
    """(what it says, line) of every place in a module that says one of them."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inside = {id(inner) for function in functions for inner in ast.walk(function)}
    for function in functions:
        known = _assigned(function)
        for node in ast.walk(function):
            yield from ((said, node.lineno) for said in _said(name, node, known))
    for node in ast.walk(tree):
        if id(node) not in inside:
            yield from ((said, node.lineno) for said in _said(name, node, {}))


def _assigned(function):
    known = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=True)
                known |= {one.id: value for one, value in pairs if isinstance(one, ast.Name)}
    return known


def _in_full(node, known, depth=3):
    """The code with each name replaced by what it stands for."""
    text = ast.unparse(node)
    for _step in range(depth):
        text = re.sub(
            r"(?<![.\w])([a-z_]\w*)\b(?!\s*=[^=])",
            lambda found: ast.unparse(known[found[1]]) if found[1] in known else found[1],
            text,
        )
    return text


def _chain(node, known, depth=3):
    """ "GuardianRelation.objects.live.filter": whose rows a query gives, and what they are narrowed by."""
    names = []
    while isinstance(node, ast.Call | ast.Attribute):
        names += [node.attr] if isinstance(node, ast.Attribute) else []
        node = node.value if isinstance(node, ast.Attribute) else node.func
    root = node.id if isinstance(node, ast.Name) else ""
    if root in known and depth:
        root = _chain(known[root], known, depth - 1)
    return ".".join([root, *reversed(names)])


def _said(module, node, known):
    in_conferences = module.startswith("conferences")
    text = ast.unparse(node) if isinstance(node, ast.Compare | ast.BinOp | ast.IfExp | ast.JoinedStr) else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("filter", "exclude"):
        yield from _said_by_a_query(node, known, in_conferences)
    if in_conferences and _is_of_home(node, text):
        yield "whom a talk is for"
    if in_conferences and _is_part_of_day(node, text):
        yield "the part of the day"
    if isinstance(node, ast.Attribute) and (
        node.attr == "change_hours"
        or (node.attr == "last_start_to_change" and re.search(r"\bround$", ast.unparse(node.value)))
    ):
        yield "until when a time is changed"
    if _overlaps(node):
        yield "what overlaps"


def _said_by_a_query(node, known, in_conferences):
    chain = _chain(node.func.value, known)
    given = {one.arg or "**": one.value for one in node.keywords}
    args = " ".join([*(_in_full(one, known) for one in (*node.args, *given.values())), *given])
    if re.search(RELATIONS, chain) and re.search(TODAY, args):
        yield "the guardians of a class"
    if re.search(PLACES, chain) and re.search(RELATIONS, args):
        yield "the guardians of a class"
    of_pupil = any(key.startswith("pupil") for key in given) and not any(key.startswith("guardian") for key in given)
    if in_conferences and of_pupil and re.search(RELATIONS, chain) and "AccessRestriction" not in chain:
        yield "whom a talk is for"
    state = ast.unparse(given["state"]) if "state" in given else ""
    of_state = state.endswith("CANCELLED") or state == "'cancelled'" or "ordered_at__isnull" in given
    if of_state and re.search(r"InterpreterRequest|\binterpreters\b", chain):
        yield "which interpreters count"


def _is_part_of_day(node, text):
    if isinstance(node, ast.Attribute):
        return node.attr in ("ENDS", "HOURS")
    if isinstance(node, ast.Compare):
        return bool(re.search(r"\.hour\b", text))
    return bool(re.fullmatch(r"""f(['"])\{.+:%Y-%m-%d\} \{.+\}\1""", text))


def _is_of_home(node, text):
    if isinstance(node, ast.Compare):
        return bool(re.search(r"home_id in \(None, ", text))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return bool(re.search(r"Q\((\w+__|of_)?home=None\) \| Q\((\w+__|of_)?home=", text))
    return isinstance(node, ast.IfExp) and text.count("home_id") > 1 and "home_id" in ast.unparse(node.test)


def _overlaps(node):
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        pairs = [
            (ast.unparse(one.left), ast.unparse(one.comparators[0]))
            for one in node.values
            if isinstance(one, ast.Compare) and len(one.ops) == 1 and isinstance(one.ops[0], ast.Lt)
        ]
        return sum(bool(re.search(BEGINS, first) and re.search(ENDS, last)) for first, last in pairs) > 1
    if isinstance(node, ast.Call):
        text = ast.unparse(node)
        return bool(re.search(r"starts_at__lte?=", text) and re.search(r"ends_at__gte?=", text))
    return False


def test_each_is_said_in_its_place_alone():
    wrong = [
        f"{name}:{line} says {said}: ask the place that says it, or give a reason in MAY"
        for name, tree in modules().items()
        if ".demo" not in name
        for said, line in shapes(name, tree)
        if name not in MAY[said]
    ]

    allow_none(set(wrong))


def test_whoever_may_does_say_it():
    said = {(name, one) for name, tree in modules().items() for one, _line in shapes(name, tree)}

    stale = [(name, one) for one, names in MAY.items() for name in names if (name, one) not in said]

    allow_none(stale, "{} does not say {} any more: take it out of MAY")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("whom a talk is for", "GuardianRelation.objects.live().filter(pupil=talk.pupil_id)"),
        ("whom a talk is for", "live = GuardianRelation.objects.live()\n    live.filter(pupil__in=pupils)"),
        ("whom a talk is for", "talk.pupil.guardian_relations.live().filter(pupil__conferences=talk)"),
        ("whom a talk is for", "[one for one in people if talk.home_id in (None, one.household_id)]"),
        ("whom a talk is for", "talks.filter(Q(home=None) | Q(home=person.household_id))"),
        ("whom a talk is for", "[talk.home_id] if talk.home_id else homes"),
        ("the guardians of a class", "GuardianRelation.objects.live().filter(pupil__enrolments__in=places)"),
        (
            "the guardians of a class",
            "places = room.enrolments.current()\n    GuardianRelation.objects.live(day).filter(pupil__in=places.values('pupil'))",
        ),
        (
            "the guardians of a class",
            "own = person.pupil_relations.live()\n    Enrolment.objects.current().filter(pupil__in=own.values('pupil'))",
        ),
        ("which interpreters count", "InterpreterRequest.objects.exclude(state=State.CANCELLED)"),
        ("which interpreters count", "asked = InterpreterRequest.objects.all()\n    asked.exclude(state='cancelled')"),
        ("which interpreters count", "talk.interpreters.filter(ordered_at__isnull=False)"),
        ("the part of the day", "f'{day:%Y-%m-%d} {part}' in said"),
        ("the part of the day", "12 <= local.hour < 16"),
        ("until when a time is changed", "booking.starts_at < talk.round.last_start_to_change()"),
        ("until when a time is changed", "now + timedelta(hours=round.change_hours)"),
        ("what overlaps", "any(start < one.ends_at and one.starts_at < end for start, end in busy)"),
        ("what overlaps", "slots.filter(starts_at__lt=last, ends_at__gt=first)"),
        ("what overlaps", "slots.filter(starts_at__lt=last).filter(ends_at__gt=first)"),
    ],
)
def test_the_law_sees_every_shape(said, code):
    tree = ast.parse(f"def somewhere():\n    {code}")

    assert said in {one for one, _line in shapes("conferences.queries.somewhere", tree)}
