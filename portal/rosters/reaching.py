"""Whom an import gives no other e-mail address and phone: messages with personal links follow them, so whoever says what
they are must answer for all that the person can open. Those are in r_own: who signs in or is protected, and who can open
more than the import speaks for, be it only proposed."""

from functools import cache

from allauth.account.models import EmailAddress

from portal.people import protection
from portal.people.models import Person
from portal.people.rules import SECOND_FACTOR, fills_post, is_portal
from portal.people.vouching import rights_of
from portal.rosters.staging import ask, copy, run


def keep(entry, wanted):
    """Fill r_own with those among `wanted`, a query for (id, email, phone) of persons who are here, who would change and
    must not."""
    run("DROP TABLE IF EXISTS r_own")
    run("CREATE TEMP TABLE r_own (id bigint) ON COMMIT DROP")
    changed = f"""SELECT p.id FROM ({wanted}) w JOIN people_person p ON p.id = w.id
                  WHERE COALESCE(w.email, p.email) <> p.email OR COALESCE(w.phone, p.phone) <> p.phone"""  # noqa: S608
    keys = [pk for (pk,) in ask(changed)]
    signed = set(EmailAddress.objects.filter(user__in=keys, verified=True).values_list("user", flat=True))
    own = signed | protection.marked_among(keys)
    rest = list(Person.objects.filter(pk__in=set(keys) - own))
    copy("r_own", ("id",), ((pk,) for pk in own.union(_beyond(entry, rest))))


def _beyond(entry, people):
    """The keys of those who can open something that the import does not speak for."""
    speaks_for = cache(lambda kind, scope: _speaks_for(entry, kind, scope))
    rights = rights_of(people)
    return [key for key, held in rights.items() if not all(speaks_for(one.kind, one.scope) for one in held)]


def _speaks_for(entry, kind, scope):
    """An office speaks for its school, the municipality for all of its own; neither for a post that it does not fill."""
    if scope is None:  # an operator, or the guardian of a child who has never had a place
        return kind == "guardian" and entry.school_id is None
    if entry.school_id is None:
        within = getattr(scope, "municipality_id", scope.pk) == entry.municipality_id
    else:
        within = scope == entry.school
    by = entry.uploaded_by
    return within and (kind not in SECOND_FACTOR or is_portal(by) or fills_post(by, kind, scope))
