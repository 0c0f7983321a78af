"""Before the form: may this class apply, and is there money?"""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import Decision, GrantApplication, GrantScheme, SchoolBudget
from grants.models.applications import AWARDED
from networks.models import Gathering
from portal.people.models import School, SchoolClass
from portal.people.queries import families_of
from portal.speech import day, in_words


@dataclass(frozen=True)
class Eligibility:
    scheme: GrantScheme | None
    school_class: SchoolClass
    why_not: str = ""
    current: GrantApplication | None = None
    families_total: int = 0
    families_invited: int = 0

    @property
    def is_eligible(self):
        return not self.why_not


@dataclass(frozen=True)
class Budget:
    """In øre, for one school in one period. `total` and `left` are None where nobody has set a ceiling."""

    total: int | None
    given: int

    @property
    def left(self):
        return None if self.total is None else max(0, self.total - self.given)


def budget_of(scheme: GrantScheme, school: School) -> Budget:
    """From the school's own budget if it has one, but never more than the municipality has left; else from the
    municipality's."""
    given = Decision.objects.latest_versions().filter(application__scheme=scheme, application__status__in=AWARDED)
    own = SchoolBudget.objects.filter(scheme=scheme, school=school).values_list("amount", flat=True).first()
    if own is None:
        return Budget(scheme.budget, _sum(given))
    school_left = own - _sum(given.filter(application__school=school))
    if scheme.budget is not None:
        school_left = min(school_left, scheme.budget - _sum(given))
    return Budget(own, own - school_left)


def _sum(decisions):
    return decisions.aggregate(total=Sum("amount"))["total"] or 0


def eligibility(school_class: SchoolClass, gathering: Gathering | None = None) -> Eligibility:
    school = school_class.school
    on_day = timezone.localtime(gathering.starts_at, school.zone).date() if gathering else school.today()
    scheme = GrantScheme.objects.covering(school).on(on_day).first()
    current = _current(scheme, school_class) if scheme else None
    total, invited = _invited(gathering) if gathering else (0, 0)
    reasons = (
        _outside(scheme, school_class, school)
        or _had(scheme, current)
        or (gathering and _wrong_gathering(scheme, gathering, total, invited))
    )
    return Eligibility(scheme, school_class, reasons or "", current, total, invited)


def _current(scheme, school_class):
    found = GrantApplication.objects.filter(scheme=scheme, school_class=school_class)
    return found.awarded().first() or found.alive().first()


def _outside(scheme, school_class, school):
    if scheme is None:
        return _("There is no support scheme for %(school)s in this period.") % {"school": school.name}
    if not scheme.covers(school_class):
        grades = in_words([_("grade %(number)s") % {"number": grade} for grade in scheme.grades])
        return _("The support is for %(grades)s. Class %(name)s is not in it.") % {
            "grades": grades,
            "name": school_class.name,
        }
    if school.today() < scheme.opens_on:
        return _("You can apply from %(day)s.") % {"day": day(scheme.opens_on)}
    if school.today() > scheme.closes_on:
        return _("The last day to apply was %(day)s.") % {"day": day(scheme.closes_on)}
    return ""


def _had(scheme, current):
    if current and current.status in AWARDED:
        return _("Class %(name)s has already had its support in this period.") % {"name": current.school_class.name}
    return ""


def _wrong_gathering(scheme, gathering, total, invited):
    if gathering.is_cancelled:
        return _("This gathering is cancelled. Apply for another one.")
    if gathering.starts_at < timezone.now() and not scheme.held_allowed:
        return _("This gathering has been held. Apply before the next one.")
    if gathering.kind == Gathering.Kind.THEME and not scheme.themes_allowed:
        return _("The support is for social gatherings, and not for theme evenings.")
    if gathering.is_published and invited < total:
        return _(
            "The support is for gatherings where the whole class is invited. %(invited)s of %(total)s families are."
        ) % {"invited": invited, "total": total}
    return ""


def _invited(gathering):
    """(homes in the class, homes invited). Until the invitation is sent, every home counts as invited."""
    homes = {family.household_id for family in families_of(gathering.school_class) if family.household_id}
    if not gathering.is_published:
        return len(homes), len(homes)
    return len(homes), gathering.invitations.filter(household__in=homes).count()
