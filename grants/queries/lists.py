"""Many applications: the room's first page, the list of awards."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.utils import timezone

from grants import rules
from grants.models import GrantApplication, GrantScheme, ImpartialityAnswer, InformationRequest
from grants.queries.case_years import Line, with_latest
from grants.queries.eligibility import Budget, Eligibility, budget_of, eligibility
from networks.models import Gathering
from portal.people.models import Person, Role, School, keys_of


@dataclass(frozen=True)
class ClassSupport:
    eligibility: Eligibility
    gatherings: list[Gathering]

    @property
    def says_something(self):
        """Nothing, when the class has its application and plans nothing else: it stands among its own."""
        return bool(self.gatherings or self.eligibility.why_not or not self.eligibility.current)


@dataclass(frozen=True)
class SchoolSupport:
    school: School
    scheme: GrantScheme | None
    budget: Budget | None


@dataclass(frozen=True)
class SupportPage:
    classes: list[ClassSupport] = field(default_factory=list)
    own: list[GrantApplication] = field(default_factory=list)
    waiting: list[GrantApplication] = field(default_factory=list)
    schools: list[SchoolSupport] = field(default_factory=list)
    may_decide: bool = False
    may_read_awards: bool = False
    may_hand_over: bool = False
    runs_schemes: bool = False
    schemes: list[GrantScheme] = field(default_factory=list)

    @property
    def of_many_schools(self):
        return self.runs_schemes or len(self.schools) > 1


def support_page(person: Person) -> SupportPage:
    roles = list(
        Role.objects.live().filter(person_id=person.pk).select_related("school_class__school", "school__municipality")
    )
    contacted = [role.school_class for role in roles if role.kind == Role.Kind.CLASS_CONTACT]
    led = [role.school for role in roles if role.kind in (Role.Kind.PRINCIPAL, Role.Kind.DEPUTY)]
    runs_schemes = any(role.kind == Role.Kind.MUNICIPALITY_OFFICER for role in roles)
    may_decide = bool(led) or runs_schemes
    return SupportPage(
        classes=[_class_support(school_class) for school_class in contacted],
        own=list(GrantApplication.objects.written_by(person).with_names()),
        waiting=waiting_for(person),
        schools=[_school_support(school) for school in led],
        may_decide=may_decide,
        may_read_awards=rules.award_readers(person),
        may_hand_over=rules.grant_deciders(person),
        runs_schemes=runs_schemes,
        schemes=list(GrantScheme.objects.visible_to(person).offered_to(person).current()),
    )


def waiting_for(person: Person) -> list[GrantApplication]:
    led = keys_of.schools(person, [Role.Kind.PRINCIPAL, Role.Kind.DEPUTY])
    served = keys_of.municipalities_served(person)
    aside = ImpartialityAnswer.objects.filter(person_id=person.pk, stands_aside=True).values("application")
    found = GrantApplication.objects.waiting().with_names().exclude(pk__in=aside)
    at_school = found.at_school().filter(school__in=led)
    at_municipality = found.at_municipality().filter(school__municipality__in=served)
    asked = InformationRequest.objects.filter(application=OuterRef("pk"))
    answered, open_still = asked.exclude(answer=""), asked.filter(answered_at=None)
    found = (at_school | at_municipality).annotate(has_answered=Exists(answered) & ~Exists(open_still))
    return sorted(found, key=lambda one: (one.answer_due, one.submitted_at, one.pk))


def _class_support(school_class):
    gatherings = (
        Gathering.objects.filter(school_class=school_class, starts_at__gte=timezone.now())
        .exclude(grant_applications__in=GrantApplication.objects.alive())
        .order_by("starts_at")
    )
    found = eligibility(school_class)
    if found.scheme and not found.scheme.themes_allowed:
        gatherings = gatherings.exclude(kind=Gathering.Kind.THEME)
    return ClassSupport(found, list(gatherings))


def _school_support(school):
    scheme = GrantScheme.objects.covering(school).current().first()
    return SchoolSupport(school, scheme, budget_of(scheme, school) if scheme else None)


def awards(person: Person) -> list[Line]:
    kinds = [Role.Kind.BOARD_MEMBER, Role.Kind.PRINCIPAL, Role.Kind.DEPUTY]
    schools = School.objects.filter(pk__in=keys_of.schools(person, kinds)) | School.objects.filter(
        municipality__in=keys_of.municipalities_served(person)
    )
    awarded = (
        with_latest(GrantApplication.objects.awarded())
        .filter(school__in=schools, scheme__in=GrantScheme.objects.current())
        .select_related("school", "school_class", "gathering", "scheme")
        .order_by("school__name", "school_class__grades", "school_class__name")
    )
    return [Line(application) for application in awarded]
