"""What the page of a case says of who applies together."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from grants.case_page import stands_on_case, tells
from grants.models import CoApplicant
from grants.partners.queries import partner_of
from grants.rules import can_write
from portal.class_page import Part
from portal.people.rules import contacts

TOLD = {
    "grants.co_applicant_invited": _("Somebody of the class was asked to apply together."),
    "grants.co_applicant_accepted": _("Two apply together from now on."),
    "grants.co_applicant_ended": _("Applying together ended."),
}


def _rows(application):
    return CoApplicant.objects.filter(application=application)


def _say(words, happened):
    return words


for verb, words in TOLD.items():
    tells(verb, about=_rows)(partial(_say, words))


@stands_on_case(10)
def partner(application, reader):
    if not can_write(reader, application):
        return None
    shown = {"partner": partner_of(application, reader), "may_ask": contacts(reader, application.school_class)}
    return Part("grants/partners/_partner.html", shown)
