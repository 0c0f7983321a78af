"""Law: who is protected is worked out in one place. Nothing else reads `AddressProtection`, by whatever road."""

import ast
import re

import pytest

from tests.laws.code import modules, templates
from tests.laws.verdict import allow_none

THE_PLACE = "portal.people.protection"
KEEPERS = {
    "portal.people.models": "passes the model on",
    "portal.people.models.persons": "is the model, with what the office may see of it",
    "portal.people.actions": "passes on the two actions",
    "portal.people.actions.persons": "writes it down and ends it",
    "portal.people.views.people": "finds the office's own row, to end it",
    "portal.rosters.judging": "brings the rows along where two records become one",
    "portal.people.forms": "asks the office for the grade",
}
WORD = re.compile(r"addressprotection|address_protection|(?<![a-z])protections(?![a-z])", re.IGNORECASE)


def roads(tree):
    """Every line of code that leads to the rows: the model's name, the way back from a person, a look-up by name,
    SQL."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings read nothing
    for node in ast.walk(tree):
        text = {
            ast.Name: lambda node: node.id,
            ast.Attribute: lambda node: node.attr,
            ast.alias: lambda node: node.name,
            ast.keyword: lambda node: node.arg or "",
            ast.Constant: lambda node: node.value if isinstance(node.value, str) and id(node) not in said else "",
        }.get(type(node), lambda node: "")(node)
        if WORD.search(text) and not _is_a_sentence(node, text):
            yield node.lineno


def _is_a_sentence(node, text):
    """Words for people: the name of an action or of an address is no road either."""
    return isinstance(node, ast.Constant) and " " in text and not re.search(r"people_|select|join|__", text, re.I)


def test_only_one_place_reads_who_is_protected():
    wrong = [
        f"{name}:{line} leads to the rows of AddressProtection: ask {THE_PLACE}"
        for name, tree in modules().items()
        if name not in {THE_PLACE, *KEEPERS}
        for line in roads(tree)
        if not name.endswith(".urls")  # the office's address is called so
    ]

    allow_none(wrong)


def test_no_template_goes_back_from_a_person_to_the_protection():
    wrong = [path.name for path in templates() if re.search(r"\.protections\b", path.read_text())]

    allow_none(wrong, "{} goes back from a person to the protection: have its query ask")


def test_every_keeper_is_there_and_has_to_do_with_it():
    idle = [name for name in KEEPERS if not list(roads(modules()[name])) and name != "portal.people.actions"]

    allow_none(idle, "{} has nothing to do with it any more: take it out of KEEPERS")


@pytest.mark.parametrize(
    "code",
    [
        "from portal.people.models import AddressProtection",
        "models.AddressProtection.objects.current()",
        "person.protections.exists()",
        "Person.objects.filter(protections__isnull=False)",
        "Person.objects.filter(**{'protections__grade': 'strict'})",
        "Exists(Person.objects.filter(household__members__protections=OuterRef('pk')))",
        "queryset.prefetch_related('person__protections')",
        "apps.get_model('people', 'AddressProtection')",
        "apps.get_model('people.addressprotection')",
        "cursor.execute('SELECT person_id FROM people_addressprotection WHERE valid_to IS NULL')",
        "getattr(person, 'protections')",
        "Person.objects.annotate(grade=F('protections__grade'))",
        "Person.objects.alias(kept=FilteredRelation('protections'))",
        "Person.objects.values('household__members__protections__alias')",
        "Person.objects.order_by('-protections__valid_from')",
        "relations.exclude(guardian__protections=None)",
        "Q(**{f'{side}__protections__isnull': False})",
        "Person._meta.get_field('protections')",
        "prefetch_related_objects(people, Prefetch('protections'))",
        "RawSQL(f'SELECT person_id FROM people_addressprotection WHERE person_id = {key}', ())",
        "people.extra(where=['EXISTS (SELECT FROM people_addressprotection)'])",
    ],
)
def test_the_law_sees_every_road(code):
    assert list(roads(ast.parse(code)))
