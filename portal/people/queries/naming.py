"""Whom one reader must not read of, asked along with the rows that name them."""

from django.db.models import BooleanField, ExpressionWrapper, Q

from portal.people import protection
from portal.people.models import Person


def asked_of(rows, reader, who="person"):
    """The rows, and of each whether other families, or this reader, must not read of the person in the field `who`."""
    return rows.annotate(
        is_covered=_is(Q(**{f"{who}__in": protection.covered()})), is_unknown=_is(_unknown_to(reader, who))
    )


def unnamed_among(rows, reader, who="person"):
    """Of fetched rows of `asked_of`, the keys of those of whom the reader must not read. No query, and one where somebody
    is covered."""
    near, homes = protection.near_to(reader) if any(row.is_covered for row in rows) else ((), ())
    people = [(getattr(row, who), row) for row in rows]
    return {
        person.pk
        for person, row in people
        if row.is_unknown or (row.is_covered and person.pk not in near and person.household_id not in homes)
    }


def _unknown_to(reader, who):
    """The other guardians of children whom the reader must know nothing about, and those at home with them."""
    _pupils, others = Person.objects.restricted_for(reader)
    homes = Person.objects.filter(pk__in=others, household__isnull=False).exclude(household=reader.household_id)
    is_reader = Q(**{who: reader})
    return Q(**{f"{who}__in": others}) & ~is_reader | Q(**{f"{who}__household__in": homes.values("household")})


def _is(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())
