"""What the municipality changes in a scheme: everything until it opens, then the last day and the money."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from grants.models import GrantScheme
from grants.models.schemes import ARCHIVED_AS, FIXED, SchemeFixed, SchemeOverlaps, SharesTooMuch
from grants.queries import given_by_school
from grants.schemes import rules
from grants.sharing import share
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, School
from portal.speech import day, money

CHANGEABLE = (*(name for name in FIXED if name not in ("municipality", "country")), "closes_on", "budget", *ARCHIVED_AS)


@action(
    may=rules.can_change_scheme,
    claims=GrantScheme.objects.all,
    records="grants.scheme_changed",
    refuses=(SchemeFixed, SchemeOverlaps, SharesTooMuch),
)
def change_scheme(scheme: GrantScheme, *, by: Person, **terms) -> None:
    """Change what the scheme offers before it opens. Refused from the day it opens, when it would open today already,
    when its dates meet another scheme, and when the schools' shares are more than the money."""
    if scheme.has_opened:
        raise SchemeFixed(_("It opened on %(day)s, and classes rely on it.") % {"day": day(scheme.opens_on)})
    changed = {name: value for name, value in terms.items() if name in CHANGEABLE}
    if changed.get("opens_on", scheme.opens_on) <= scheme.today():
        raise SchemeFixed(_("It can open tomorrow at the earliest, so that you can try it first."))
    for name, value in changed.items():
        setattr(scheme, name, value)
    try:
        with transaction.atomic():
            scheme.save(update_fields=list(changed))
    except IntegrityError as overlap:
        raise SchemeOverlaps(_("There is a scheme in this period already, or its dates do not fit.")) from overlap
    share(scheme, {})
    record("grants.scheme_changed", scheme, by=by)


@action(
    may=rules.can_change_scheme,
    claims=GrantScheme.objects.all,
    records="grants.scheme_kept_open",
    refuses=(SchemeFixed, SharesTooMuch),
)
def extend_scheme(scheme: GrantScheme, *, by: Person, closes_on: date, budget: int | None) -> None:
    """Once it has opened: a later last day, and more or less money. Refused for an earlier day, a day after the period,
    and for less money than is given or shared out."""
    if not scheme.closes_on <= closes_on <= scheme.ends_on:
        raise SchemeFixed(
            _("Classes rely on the last day to apply. It can be from %(first)s to %(last)s.")
            % {"first": day(scheme.closes_on), "last": day(scheme.ends_on)}
        )
    given = sum(given_by_school([scheme]).values())
    if budget is not None and budget < given:
        raise SharesTooMuch(_("%(given)s is given already. There cannot be less in all.") % {"given": money(given)})
    scheme.closes_on, scheme.budget = closes_on, budget
    share(scheme, {})
    scheme.save(update_fields=["closes_on", "budget"])
    record("grants.scheme_kept_open", scheme, by=by)


@action(
    may=rules.can_change_scheme,
    claims=GrantScheme.objects.all,
    records="grants.scheme_closed",
    refuses=(SchemeFixed,),
)
def close_scheme(scheme: GrantScheme, *, by: Person) -> None:
    """Today is the last day to apply. What is sent is decided as before. Refused before it has opened, and when no class
    can apply any more."""
    today = scheme.today()
    if not scheme.opens_on <= today < scheme.closes_on:
        raise SchemeFixed(_("It is not open, or today is its last day already."))
    scheme.closes_on = today
    scheme.save(update_fields=["closes_on"])
    record("grants.scheme_closed", scheme, by=by)


@action(
    may=rules.can_share_out,
    claims=GrantScheme.objects.all,
    records="grants.money_shared_out",
    refuses=(SharesTooMuch,),
)
def share_out(scheme: GrantScheme, *, by: Person, amounts: dict[School, int | None]) -> None:
    """Share the money out among the schools, in øre; a school without an amount draws on what is not shared out. Refused
    when it is more than there is, and when a school would get less than it has given."""
    share(scheme, amounts)
    record("grants.money_shared_out", scheme, by=by, schools=len(amounts))
