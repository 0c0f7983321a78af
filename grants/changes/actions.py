"""What follows for the money when a gathering is not held as it was planned."""

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.case_page import why_award_stays
from grants.changes import rules
from grants.changes.queries import not_told, why_not_for
from grants.models import GrantApplication
from grants.models.applications import NotEligible, NotMovable, Status
from grants.noted import note
from grants.papers import Way
from grants.rules import can_write
from networks.models import Gathering
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person
from portal.speech import when


@action(
    may=rules.can_replace,
    claims=lambda: not_told().select_related("scheme", "school", "school_class"),
    gone=NotMovable(gettext_lazy("The case is over. Apply anew for the other gathering.")),
    records="grants.gathering_replaced",
    refuses=(NotEligible,),
)
def replace_gathering(application: GrantApplication, *, by: Person, gathering: Gathering) -> None:
    """Use the application, or the money, for another gathering of the class in the same period. Refused once the class has
    told of it; and for one that is cancelled, held, outside the scheme, not for the whole class, or has an application."""
    if why := why_not_for(application, gathering):
        raise NotEligible(why)
    application.gathering = gathering
    try:
        with transaction.atomic():
            application.save(update_fields=["gathering"])
    except IntegrityError as taken:
        raise NotEligible(_("That gathering has an application already.")) from taken
    with translation.override(application.reply_language):
        words = {"title": gathering.title, "when": when(gathering.starts_at, application.school)}
        note(application, "replaced", Way.IN, _("It is for “%(title)s” now, %(when)s.") % words)
    record("grants.gathering_replaced", application, by=by, gathering=gathering.pk)


@action(
    may=rules.can_lapse,
    claims=GrantApplication.objects.awarded,
    gone=NotMovable(gettext_lazy("There is no award to give back any more.")),
    records="grants.award_lapsed",
    refuses=(NotMovable,),
)
def lapse_award(application: GrantApplication, *, by: Person) -> None:
    """The money is not used: it is free for others, and the class may apply again. Refused once it is paid out and has
    not come back."""
    if why := why_award_stays(application):
        raise NotMovable(why)
    application.status, application.account, application.account_holder = Status.LAPSED, None, ""
    application.save(update_fields=["status", "account", "account_holder", "changed_at"])
    application.payee_changes.waiting().delete()
    with translation.override(application.reply_language):
        note(application, "lapsed", Way.IN if can_write(by, application) else Way.OUT, _("The support is not used."))
    record("grants.award_lapsed", application, by=by)
