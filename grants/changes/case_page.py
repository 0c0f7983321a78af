"""What the page of a case says of changes, and the way to make them."""

from django.utils.translation import gettext as _

from grants.case_page import stands_on_case, tells, why_award_stays
from grants.changes.queries import not_told
from grants.changes.rules import can_lapse
from grants.models.applications import AWARDED
from grants.rules import can_write
from portal.class_page import Part


@tells("grants.gathering_replaced", whole=False)
def replaced(happened):
    return _("It is for another gathering from now on.")


@tells("grants.award_lapsed", whole=False)
def lapsed(happened):
    return _("The support was not used.")


@stands_on_case(20)
def changes(application, reader):
    shown = {
        "is_cancelled": application.gathering.is_cancelled,
        "may_replace": can_write(reader, application) and not_told().filter(pk=application.pk).exists(),
        "may_lapse": application.status in AWARDED
        and can_lapse(reader, application)
        and not why_award_stays(application),
    }
    return Part("grants/changes/_changes.html", shown) if shown["may_replace"] or shown["may_lapse"] else None
