"""What is told of a case that takes time, and to which class it belongs."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from grants.models import GrantApplication
from grants.models.applications import WAITING, NotMovable, Status
from grants.models.decisions import AlreadyAwarded, NotDecidable
from grants.noted import note
from grants.papers import Way
from grants.waiting import rules
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass
from portal.speech import dated


@action(
    may=rules.can_tell_when,
    claims=lambda: GrantApplication.objects.filter(status__in=[*WAITING, Status.NEEDS_INFO]).select_related("school"),
    gone=NotMovable(gettext_lazy("The case does not wait for an answer any more.")),
    records="grants.answer_delayed",
    refuses=(NotDecidable,),
)
def tell_when(application: GrantApplication, *, by: Person, expected_on: date, delay_reason: str) -> None:
    """Tell the class, before a month has passed, why it takes longer and when it has its answer. Refused once the case
    is decided, and with a day that has passed."""
    if expected_on <= application.school.today():
        raise NotDecidable(_("Choose a day to come."))
    application.expected_on, application.delay_reason = expected_on, delay_reason
    application.save(update_fields=["expected_on", "delay_reason"])
    with translation.override(application.reply_language):
        told = _("You have an answer by %(day)s. You need not do anything.") % {"day": dated(expected_on)}
        note(application, "delay", Way.OUT, delay_reason, told)
    record("grants.answer_delayed", application, by=by)


@action(
    may=rules.can_move,
    claims=GrantApplication.objects.sent,
    records="grants.case_moved",
    refuses=(AlreadyAwarded,),
)
def move_case(application: GrantApplication, *, by: Person, school_class: SchoolClass) -> None:
    """Give the case to the class that took over, so that somebody answers for it. Refused when that class already has its
    award in the period."""
    left, application.school_class = application.school_class, school_class
    try:
        with transaction.atomic():
            application.save(update_fields=["school_class"])
    except IntegrityError as taken:
        raise AlreadyAwarded(_("That class has had its award in this period.")) from taken
    with translation.override(application.reply_language):
        words = {"left": left.name, "now": school_class.name}
        note(
            application,
            "moved",
            Way.WITHIN,
            _("Class %(now)s answers for it now, and no longer class %(left)s.") % words,
        )
    record("grants.case_moved", application, by=by, school_class=school_class.pk)
