"""Law: a rule whose SQL is made once a day (`@once_a_day`) finds what it finds without, for everybody."""

import pytest
from django.apps import apps

from portal.people.models import AddressProtection, keys_of
from tests import make
from tests.laws.code import PACKAGES
from tests.laws.test_standing import marked
from tests.laws.verdict import allow_none
from tests.laws.world import world

pytestmark = [pytest.mark.django_db, pytest.mark.walk]


def rules():
    """[(rows, name of the rule)] of each that is marked."""
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
    return [
        (rows, name)
        for rows in [model._default_manager.all() for model in ours]
        for name in dir(type(rows))
        if getattr(getattr(type(rows), name), "__globals__", None) is vars(keys_of)
    ]


def test_it_finds_the_same_rows():
    people = [*filter(None, world().people.values()), make.person("Homeless", household=None)]
    finding, wrong = set(), []
    for rows, name in rules():
        unmarked, one = getattr(type(rows), name).__wrapped__, set(rows.order_by("pk").values_list("pk", flat=True)[:1])
        for person in people:
            found = keys(getattr(rows, name)(person))
            if found != keys(unmarked(rows, person)) or found & one != keys(
                getattr(rows.filter(pk__in=one), name)(person)
            ):
                wrong.append((rows.model.__name__, name, person))
            finding |= {(rows.model, name)} if found else set()

    allow_none(wrong, "{}.{} finds other rows for {}")
    silent = [(rows.model.__name__, name) for rows, name in rules() if (rows.model, name) not in finding]
    allow_none(silent, "{}.{} finds nothing for anybody: add what it finds to tests/laws/world.py, or here")


def test_each_that_is_marked_is_asked():
    found = [getattr(type(rows), name).__wrapped__ for rows, name in rules()]

    assert {f"{rule.__module__}.{rule.__qualname__}" for rule in found} == set(marked())


def test_it_asks_of_no_protection():
    """Tests take that away while they run: SQL of the day would keep it, or not, for the tests after."""
    person, table = make.person("Anybody"), AddressProtection._meta.db_table
    found = [
        (rows.model.__name__, name)
        for rows, name in rules()
        if table in getattr(type(rows), name).__wrapped__(rows, person).query.sql_with_params()[0]
    ]

    allow_none(found, "{}.{} asks who is protected: leave that to whoever calls it, or do not mark it")


def keys(rows):
    return set(rows.values_list("pk", flat=True))
