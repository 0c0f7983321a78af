"""Before the form: may this class apply, and is there money?"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from grants.models import Decision, GrantApplication, GrantScheme, SchoolBudget
from grants.models.applications import AWARDED
from networks.models import Gathering
from portal.people.models import School, SchoolClass
from portal.people.queries import families_of
from portal.speech import day, in_words


class WhyNot(NamedTuple):
    why: str
    instead: str


@dataclass(frozen=True)
class Eligibility:
    scheme: GrantScheme | None
    school_class: SchoolClass
    why_not: str = ""
    instead: str = ""  # what they can do all the same
    current: GrantApplication | None = None
    families_total: int = 0
    families_invited: int = 0
    has_money: bool = True  # said before the form; nobody is kept from applying by it

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
    """From the school's own share if it has one, but never more than the municipality has left; else from what is not
    shared out."""
    given = {place: amount for (_scheme, place), amount in given_by_school([scheme]).items()}
    shares = dict(SchoolBudget.objects.filter(scheme=scheme).values_list("school", "amount"))
    own = shares.get(school.pk)
    if own is None:
        unshared = None if scheme.budget is None else max(0, scheme.budget - sum(shares.values()))
        return Budget(unshared, sum(amount for place, amount in given.items() if place not in shares))
    school_left = own - given.get(school.pk, 0)
    if scheme.budget is not None:
        school_left = min(school_left, scheme.budget - sum(given.values()))
    return Budget(own, own - school_left)


def given_by_school(schemes) -> dict[tuple[int, int], int]:
    """In øre, by (scheme, school), of what is awarded: none of it can be shared out anew."""
    latest = Decision.objects.latest_versions().filter(application__scheme__in=schemes, application__status__in=AWARDED)
    sums = latest.order_by().values_list("application__scheme", "application__school").annotate(total=Sum("amount"))
    return {(scheme, school): total or 0 for scheme, school, total in sums}


def eligibility(school_class: SchoolClass, gathering: Gathering | None = None, handed_in: date | None = None):
    """For today, or for the day on which a paper was handed in."""
    school = school_class.school
    today = handed_in or school.today()
    on_day = timezone.localtime(gathering.starts_at, school.zone).date() if gathering else today
    scheme = GrantScheme.objects.covering(school).on(on_day).first()
    awarded, current = _had_so_far(scheme, school_class, gathering)
    total, invited = homes_invited(gathering) if gathering else (0, 0)
    reason = (
        outside(scheme, school_class, today)
        or _had(scheme, school_class, awarded)
        or (gathering and _wrong_gathering(scheme, gathering, total, invited, handed_in))
        or WhyNot("", "")
    )
    has_money = bool(reason.why) or budget_of(scheme, school).left != 0
    return Eligibility(scheme, school_class, *reason, current, total, invited, has_money)


def _had_so_far(scheme, school_class, gathering):
    """(how many awards the class has had, the application that stands for it now)."""
    alive = list(GrantApplication.objects.alive().filter(scheme=scheme, school_class=school_class)) if scheme else []
    awarded = [one for one in alive if one.status in AWARDED]
    under_way = [one for one in alive if one.status not in AWARDED]
    under_way.sort(key=lambda one: gathering is None or one.gathering_id != gathering.pk)
    is_done = scheme is not None and len(awarded) >= scheme.times
    return len(awarded), next(iter(awarded + under_way if is_done else under_way + awarded), None)


def outside(scheme: GrantScheme | None, school_class: SchoolClass, today: date) -> WhyNot | None:
    """Why a class cannot apply on that day, before anything of its own is looked at."""
    if scheme is None:
        why = _("There is no support scheme for %(school)s in this period.") % {"school": school_class.school.name}
        return WhyNot(why, _("It is the municipality that offers it. The parents' council can ask it to."))
    if not scheme.covers(school_class):
        said = {"grades": in_words(_grades(scheme.grades)), "name": school_class.name}
        why = _("The support is for %(grades)s. Class %(name)s is not in it.") % said
        return WhyNot(why, _later(scheme, school_class))
    if today < scheme.opens_on:
        why = _("You can apply from %(day)s.") % {"day": day(scheme.opens_on)}
        return WhyNot(why, _("You can plan the gathering now, and apply for it then."))
    if today > scheme.closes_on:
        why = _("The last day to apply was %(day)s.") % {"day": day(scheme.closes_on)}
        return WhyNot(why, _("Did you hand in a paper in time? Then the school office can still enter it."))
    return None


def _later(scheme, school_class):
    later = [grade for grade in sorted(scheme.grades) if grade > max(school_class.grades, default=0)]
    if later:
        return _("When you are in %(grade)s, you can apply, if the scheme is still there.") % {
            "grade": _grades(later)[0]
        }
    return _("Many of the ideas cost nothing at all, and a class may have a class fund.")


def _grades(numbers):
    return [_("grade %(number)s") % {"number": grade} for grade in numbers]


def _had(scheme, school_class, awarded):
    if awarded < scheme.times:
        return None
    why = _("Class %(name)s has already had its support in this period.") % {"name": school_class.name}
    return WhyNot(why, _("Next time is in the next period, if your grade is in the scheme then."))


def _wrong_gathering(scheme, gathering, total, invited, handed_in):
    if gathering.is_cancelled:
        why = _("This gathering is cancelled. Apply for another one.")
        return WhyNot(why, _("Plan a new one, and apply for it from its page."))
    if _is_held(gathering, handed_in) and not scheme.held_allowed:
        why = _("This gathering has been held. Apply before the next one.")
        return WhyNot(why, _("Plan a new one, and apply for it from its page."))
    if gathering.kind == Gathering.Kind.THEME and not scheme.themes_allowed:
        why = _("The support is for social gatherings, and not for theme evenings.")
        return WhyNot(why, _("Plan a gathering where families do something together, and apply for that."))
    return some_left_out(gathering, total, invited)


def some_left_out(gathering: Gathering, total: int, invited: int) -> WhyNot | None:
    if not gathering.is_published or invited >= total:
        return None
    why = _(
        "The support is for gatherings where the whole class is invited. %(invited)s of %(total)s families are."
    ) % {"invited": invited, "total": total}
    return WhyNot(why, _("Invite the families that are left out. Then you can apply."))


def _is_held(gathering, handed_in):
    if handed_in is None:
        return gathering.starts_at < timezone.now()
    return timezone.localtime(gathering.starts_at, gathering.school_class.school.zone).date() < handed_in


def homes_invited(gathering: Gathering) -> tuple[int, int]:
    """(homes in the class, homes invited). Until the invitation is sent, every home counts as invited."""
    homes = {family.household_id for family in families_of(gathering.school_class) if family.household_id}
    if not gathering.is_published:
        return len(homes), len(homes)
    return len(homes), gathering.invitations.filter(household__in=homes).count()
