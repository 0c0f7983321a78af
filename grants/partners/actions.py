"""Every change to who applies together with the class contact."""

from django.utils import timezone
from django.utils.translation import gettext_lazy

from grants.models import CoApplicant, GrantApplication
from grants.models.applications import ALIVE, NotMovable
from grants.models.partners import NotAsked, last_day
from grants.partners import rules
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person


@action(
    may=rules.can_invite,
    claims=lambda: GrantApplication.objects.filter(status__in=ALIVE),
    gone=NotMovable(gettext_lazy("The case is over. Nobody can be asked to apply together now.")),
    records="grants.co_applicant_invited",
)
def invite_co_applicant(application: GrantApplication, *, by: Person, partner: Person) -> CoApplicant:
    """Ask a guardian of the class to apply together. Whoever was asked before is asked no longer. Refused once the case
    is over."""
    application.co_applicants.lasting().update(ended_at=timezone.now())
    asked = CoApplicant.objects.create(application=application, person=partner, invited_by=by, expires_on=last_day())
    record("grants.co_applicant_invited", asked, by=by, person=partner.pk)
    return asked


@action(
    may=rules.can_accept,
    claims=lambda: CoApplicant.objects.asked().select_related("application__school_class"),
    gone=NotAsked,
    records="grants.co_applicant_accepted",
)
def accept_invitation(asked: CoApplicant, *, by: Person) -> None:
    """Say yes, and write the application together from now on. Refused when it has run out or somebody else is asked."""
    asked.accepted_at = timezone.now()
    asked.save(update_fields=["accepted_at"])
    record("grants.co_applicant_accepted", asked, by=by)


@action(
    may=rules.can_end,
    claims=lambda: CoApplicant.objects.lasting().select_related("application__school_class"),
    gone=NotAsked,
    records="grants.co_applicant_ended",
)
def end_co_application(asked: CoApplicant, *, by: Person) -> None:
    """Say no, leave, or take an invitation back: from then on this person writes nothing."""
    asked.ended_at = timezone.now()
    asked.save(update_fields=["ended_at"])
    record("grants.co_applicant_ended", asked, by=by)
