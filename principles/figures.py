"""Totals for the overviews: how the school keeps what it promises those who ask."""

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.figures import Total, figure, lies_behind_figures
from portal.people.models import Role
from principles.cooperation.models import CooperationSurvey
from principles.cooperation.questions import GOOD, WELL
from principles.inquiries.models import Inquiry


@figure("principles.answered_in_time", label=_("Inquiries answered in time"), unit=_("inquiries"), target=90)
def answered_in_time(school, start, end):
    """C17: of those that are answered, or whose day has passed. Nothing is counted by teacher, and nothing before the time
    for which what was answered is kept: only the unanswered would be left of it."""
    start = max(start, timezone.localdate() - Inquiry.KEPT)
    if start > end:
        return Total(0, 0)
    sent = Inquiry.objects.sent().filter(school=school, sent_at__date__range=(start, end))
    ripe = sent.filter(Q(answered_at__isnull=False) | Q(due_on__lt=timezone.localdate()))
    return Total.of(ripe, Q(answered_at__date__lte=F("due_on")))


@figure("principles.parents_find_it_good", label=_("Parents: the cooperation does children good"), unit=_("answers"))
def parents_find_it_good(school, start, end):
    """C3 and C5: of the homes that answered the yearly survey. Of a closed one alone."""
    return _find_it_good("parents", school, start, end)


@figure("principles.staff_find_it_good", label=_("Staff: the cooperation does children good"), unit=_("answers"))
def staff_find_it_good(school, start, end):
    return _find_it_good("staff", school, start, end)


def _find_it_good(side, school, start, end):
    asked = CooperationSurvey.objects.filter(school=school, **{f"{side}__closed_at__date__range": (start, end)})
    last = asked.select_related(side).first()
    question = getattr(last, side).questions.filter(place=WELL).first() if last else None
    return Total(sum(question.counts[place] for place in GOOD), question.said) if question else Total(0, 0)


for kind in (Role.Kind.PRINCIPAL, Role.Kind.DEPUTY):
    lies_behind_figures(kind, "principles:inquiry_list", _("Inquiries that wait, and how soon they are answered"))
    lies_behind_figures(kind, "principles:supervision_list", _("How principles are kept, and what the board asks"))
for kind in (Role.Kind.BOARD_MEMBER, Role.Kind.PRINCIPAL, Role.Kind.DEPUTY):
    lies_behind_figures(kind, "principles:cooperation_list", _("How parents and staff rate the cooperation"))
