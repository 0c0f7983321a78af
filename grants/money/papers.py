"""What the class was asked to pay back, for the archive."""

from django.utils.translation import gettext as _

from grants.models import Repayment
from grants.noted import said_paper
from grants.papers import Way, papers_of_case
from portal.speech import dated, money


@papers_of_case
def of_repayments(application):
    title = _("Claim for repayment, class %(class)s") % {"class": application.school_class.name}
    return [
        said_paper(application, f"claim-{claim.pk}", title, claim.asked_at, Way.OUT, *_said(claim))
        for claim in Repayment.objects.filter(application=application)
    ]


def _said(claim):
    said = _("Pay back %(amount)s by %(day)s.") % {"amount": money(claim.amount), "day": dated(claim.due_on)}
    return [claim.get_reason_display(), said]
