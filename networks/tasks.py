"""What the clock does for gatherings."""

from contextlib import suppress

from celery import shared_task
from django.db.models import Q
from django.utils import timezone

from networks import actions
from networks.after.tasks import close_pulses
from networks.agreements.tasks import close_surveys
from networks.bulletins.tasks import forget_questions
from networks.digests.tasks import prepare_digests
from networks.lifts.tasks import lapse_lifts
from networks.models import Apart, ClassVote, Gathering, NetworkStart, NotNow, Proposal, Rsvp
from networks.polls.tasks import forget_polls
from networks.rota.tasks import begin_turns, tidy_turns
from networks.weekly.tasks import forget_weekly_lines
from portal.clock import DAY, HOUR, MINUTE, every
from portal.people.models import SchoolClass, the_portal

__all__ = [
    "begin_turns",
    "close_pulses",
    "close_surveys",
    "forget",
    "forget_polls",
    "forget_questions",
    "forget_weekly_lines",
    "give_turns",
    "lapse_lifts",
    "prepare_digests",
    "run_out_proposals",
    "tidy_turns",
    "welcome_newcomers",
]  # a worker looks for them here


@shared_task(ignore_result=True)
@every(HOUR)
def welcome_newcomers():
    for gathering in Gathering.objects.published().upcoming().select_related("school_class"):
        with suppress(NotNow):
            actions.invite_newcomers(gathering, by=the_portal())


@shared_task(ignore_result=True)
@every(5 * MINUTE)
def give_turns():
    """Whether a home said no, has left the class, let its turn run out, or there is room for more: the clock finds it."""
    waiting = Rsvp.objects.filter(answer=Rsvp.Answer.WAITING).values("gathering")
    for gathering in Gathering.objects.published().filter(pk__in=waiting, starts_at__gt=timezone.now()):
        with suppress(NotNow):
            actions.offer_turns(gathering, by=the_portal())


@shared_task(ignore_result=True)
@every(DAY)
def forget():
    """Sixty days after a gathering nobody needs to know who was called; when the school year is over, nor who came."""
    for gathering in Gathering.objects.to_forget(timezone.now()):
        with suppress(NotNow):
            actions.forget_reaching_out(gathering, by=the_portal())
    proposed = Q(proposals__isnull=False) | Q(experiences__isnull=False)
    for school_class in SchoolClass.objects.filter(proposed, year__ends_on__lt=timezone.localdate()).distinct():
        with suppress(NotNow):
            actions.forget_proposals(school_class, by=the_portal())
    for vote in ClassVote.objects.filter(school_class__year__ends_on__lt=timezone.localdate()):
        with suppress(NotNow):
            actions.forget_vote(vote, by=the_portal())
    apart = Apart.objects.values("school_class")
    for school_class in SchoolClass.objects.filter(pk__in=apart, year__ends_on__lt=timezone.localdate()):
        actions.forget_apart(school_class, by=the_portal())
    for gathering in Gathering.objects.of_a_past_year(timezone.localdate()).filter(rsvps__isnull=False).distinct():
        with suppress(NotNow):
            actions.forget_answers(gathering, by=the_portal())
    for start in NetworkStart.objects.of_a_past_year(timezone.localdate()).filter(confirmed__isnull=False).distinct():
        with suppress(NotNow):
            actions.forget_start(start, by=the_portal())
    celebrated = Q(birthdays__isnull=False) | Q(quarter_children__isnull=False)
    for school_class in SchoolClass.objects.filter(celebrated, year__ends_on__lt=timezone.localdate()).distinct():
        with suppress(NotNow):
            actions.forget_birthdays(school_class, by=the_portal())
    new = Q(buddies__isnull=False) | Q(welcomed__isnull=False)
    for school_class in SchoolClass.objects.filter(new, year__ends_on__lt=timezone.localdate()).distinct():
        with suppress(NotNow):
            actions.forget_newcomers(school_class, by=the_portal())


@shared_task(ignore_result=True)
@every(HOUR)
def run_out_proposals():
    for proposal in Proposal.objects.due_to_run_out(timezone.now()):
        with suppress(NotNow):
            actions.run_out(proposal, by=the_portal())
