"""An application that came on paper: entered by the office, owned by the class from then on."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.answers import of_the_form, refuse_incomplete
from grants.files import SoundFile, keep
from grants.models import GrantApplication
from grants.models.applications import NotEligible, NotSubmittable, Status
from grants.models.files import NotAFile
from grants.paper import rules
from grants.queries import eligibility
from grants.sent import as_sent
from networks.models import Gathering
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass


@action(
    may=rules.can_enter_paper,
    claims=SchoolClass.objects.all,
    locks=lambda school_class, gathering=None: [gathering] if gathering else [],
    records="grants.paper_registered",
    refuses=(NotEligible, NotSubmittable, NotAFile),
)
def enter_paper(
    school_class: SchoolClass,
    *,
    by: Person,
    applicant: Person,
    received_on: date,
    gathering: Gathering | None = None,
    planned: dict | None = None,
    files: list[SoundFile] = (),
    **answers,
) -> GrantApplication:
    """Enter what a class contact has handed in on paper: sent, with the day on which it came, and the paper itself as
    `files`, if the office has a picture of it. A gathering that is not in the portal becomes a draft of the class. Refused
    when the class could not have applied on that day, when something is missing, and when the gathering has an
    application."""
    if received_on > school_class.school.today():
        raise NotSubmittable(_("That day has not come yet."))
    gathering = gathering or _drafted(school_class, by, planned)
    found = eligibility(school_class, gathering, received_on)
    if not found.is_eligible:
        raise NotEligible(found.why_not)
    application = GrantApplication(
        gathering=gathering,
        scheme=found.scheme,
        school_class=school_class,
        school=school_class.school,
        applicant=applicant,
        status=Status.SUBMITTED,
        submitted_at=timezone.now(),
        received_on=received_on,
        registered_by=by,
        families_total=found.families_total,
        families_invited=found.families_invited,
        **of_the_form(answers),
    )
    refuse_incomplete(application)
    application.as_sent = as_sent(application)
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as taken:
        raise NotEligible(_("This gathering has an application already.")) from taken
    keep(application.attachments, files, by=by)
    record("grants.paper_registered", application, by=by)
    return application


def _drafted(school_class, by, planned):
    """Nobody is told of it before the class contact sends the invitation. A second press finds that of the first."""
    if not planned:
        raise NotSubmittable(_("Say which gathering it is for."))
    known = Gathering.objects.filter(
        school_class=school_class, title=planned["title"], starts_at=planned["starts_at"]
    ).first()
    return known or Gathering.objects.create(
        school_class=school_class, made_by=by, answer_by=planned["starts_at"], **planned
    )
