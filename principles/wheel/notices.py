"""A letter to whoever looks after a principle: 60 and 30 days before it is looked at again, and on the day."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.messaging.letters import Button, Letter
from portal.messaging.notices import Due, reminder
from portal.people.models import Person, Role
from portal.people.models.roles import LEADER_KINDS
from portal.speech import day
from principles.models import Principle, PrincipleVersion

STAGES = (60, 30, 0)  # days before
LATE = 7  # days that a letter may be late, when the clock stood still


def who_looks_after(principle):
    """Those who hold the role that looks after it today, or lead the school where nobody holds it. What all schools share is
    looked after by the municipality."""
    owner = principle.owner_role
    if principle.school_id is None or owner == Principle.Owner.MUNICIPALITY_OFFICER:
        roles = Role.objects.live(kinds=[Role.Kind.MUNICIPALITY_OFFICER])
        roles = roles.filter(municipality=principle.municipality_id)
    else:
        kinds = LEADER_KINDS if owner == Principle.Owner.PRINCIPAL else [owner]
        here = Role.objects.live().filter(school=principle.school_id)
        roles = here.filter(kind__in=kinds if here.filter(kind__in=kinds).exists() else LEADER_KINDS)
    return Person.objects.active().filter(pk__in=roles.values("person"))


def stage_of(principle, today):
    """The stage whose letter is due today, or None."""
    left = (principle.review_on - today).days
    return next((stage for stage in STAGES if stage - LATE < left <= stage), None)


def still_due(notice):
    """The day has not been moved since, nor whoever looks after it."""
    principle = Principle.objects.filter(pk=notice.subject.pk).first()
    return (
        principle is not None
        and notice.occasion.startswith(f"review {principle.review_on} ")
        and who_looks_after(principle).filter(pk=notice.recipient_id).exists()
    )


@reminder("principles.review_comes", category="tasks", wanted=still_due)
def review_near(notice):
    principle = notice.subject
    left = max(0, (principle.review_on - timezone.localdate()).days)
    said = ngettext("%(days)s day is left.", "%(days)s days are left.", left) % {"days": left}
    if not left:
        said = _("The day has come. From tomorrow the page says that it should have been looked at.")
    return Letter(
        subject=_("Look at “%(title)s” again") % {"title": principle.title},
        lines=[_("You look after it. %(left)s") % {"left": said}, _("Set a new day, or begin a new version.")],
        facts=((_("To be looked at by"), day(principle.review_on)),),
        buttons=(Button(_("Open the principle"), settings.SITE_URL + principle.get_absolute_url()),),
        sender=str(principle.place),
    )


@review_near.due
def reviews_come(now):
    today = timezone.localdate(now)
    in_force = PrincipleVersion.objects.in_force(today).values("principle")
    near = (today - timedelta(days=LATE), today + timedelta(days=STAGES[0]))
    for principle in Principle.objects.filter(pk__in=in_force, review_on__range=near):
        stage = stage_of(principle, today)
        if stage is not None:
            for person in who_looks_after(principle):
                yield Due(principle, person, f"review {principle.review_on} {stage}")
