"""Totals for the overviews: how the school keeps what it promises those who ask."""

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.figures import Total, figure, lies_behind_figures
from portal.people.models import Role
from principles.inquiries.models import Inquiry


@figure("principles.answered_in_time", label=_("Inquiries answered in time"), unit=_("inquiries"), target=90)
def answered_in_time(school, start, end):
    """C17: of those that are answered, or whose day has passed. Nothing is counted by teacher."""
    sent = Inquiry.objects.sent().filter(school=school, sent_at__date__range=(start, end))
    ripe = sent.filter(Q(answered_at__isnull=False) | Q(due_on__lt=timezone.localdate()))
    return Total.of(ripe, Q(answered_at__date__lte=F("due_on")))


for kind in (Role.Kind.PRINCIPAL, Role.Kind.DEPUTY):
    lies_behind_figures(kind, "principles:inquiry_list", _("Inquiries that wait, and how soon they are answered"))
    lies_behind_figures(kind, "principles:supervision_list", _("How principles are kept, and what the board asks"))
