"""What a page about support needs to know, read in one place."""

from dataclasses import dataclass, field

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants import rules
from grants.letters import principal_of
from grants.models import Decision, GrantApplication, GrantScheme, ImpartialityAnswer, SchoolBudget
from grants.models.applications import AWARDED, Status
from networks.models import Gathering
from portal.people.models import Person, Role, School, SchoolClass, SchoolYear
from portal.people.queries import families_of
from portal.templatetags.skolebro import day, money, when


@dataclass(frozen=True)
class Check:
    """One condition of the scheme, whether it is met, and what we know about it. It advises, it never decides."""

    title: str
    detail: str
    is_met: bool


@dataclass(frozen=True)
class Eligibility:
    """What the scheme says about a class before anybody writes anything."""

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
    """Øre of one school in one scheme. `total` and `left` are None when nobody has set a ceiling."""

    total: int | None
    given: int

    @property
    def left(self):
        return None if self.total is None else max(0, self.total - self.given)


def budget_of(scheme: GrantScheme, school: School) -> Budget:
    """What is given and left: of the school's own budget if it has one, else of the municipality's."""
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


# Before the form: is this for us?


def eligibility(school_class: SchoolClass, gathering: Gathering | None = None) -> Eligibility:
    """Whether the class may apply now, for this gathering if one is given, and if not, why not, in one sentence."""
    school = school_class.school
    held_on = timezone.localtime(gathering.starts_at, school.zone).date() if gathering else school.today()
    scheme = GrantScheme.objects.covering(school).on(held_on).first()
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
    if gathering.is_published and invited < total:
        return _(
            "The support is for gatherings where the whole class is invited. %(invited)s of %(total)s families are."
        ) % {"invited": invited, "total": total}
    return ""


def _invited(gathering):
    """(homes of the class, homes invited); before the invitation is sent everyone counts as to be invited."""
    homes = {family.household_id for family in families_of(gathering.school_class) if family.household_id}
    if not gathering.is_published:
        return len(homes), len(homes)
    return len(homes), gathering.invitations.filter(household__in=homes).count()


def in_words(items: list[str]) -> str:
    """'grade 1 and grade 8'."""
    if len(items) < 2:
        return "".join(items)
    return _("%(some)s and %(last)s") % {"some": ", ".join(items[:-1]), "last": items[-1]}


# What the class says and asks for


def known_facts(gathering: Gathering, person: Person, found: Eligibility) -> list[dict]:
    """What the portal knows already, so that nobody has to type it."""
    school_class = gathering.school_class
    everyone = _("All %(n)s families") % {"n": found.families_total}
    return [
        _row(_("Class"), _("%(name)s, %(school)s") % {"name": school_class.name, "school": school_class.school.name}),
        _row(_("Applicant"), _("%(name)s, class contact") % {"name": person.full_name}),
        _row(_("Gathering"), f"{gathering.title}, {when(gathering.starts_at, school_class.school)}"),
        _row(_("Place"), gathering.place) if gathering.place else None,
        _row(_("Invited"), everyone if found.families_invited >= found.families_total else found.families_invited),
    ]


def answers(application: GrantApplication, *, edit_url: str = "", whole_account: bool = False) -> list[dict]:
    """What the class has answered, line by line; with `edit_url` each line can be changed."""
    account = application.account if whole_account else application.account_in_part
    to = application.get_payee_kind_display()
    money_line = _("%(amount)s: %(to)s") % {"amount": money(application.amount_requested), "to": to}
    cost = money(application.cost_per_family) if application.cost_per_family else _("Free")
    tie = {True: _("Yes"), False: _("No"), None: ""}[application.relationship_to_decider]
    lines = [
        ("purpose", _("What you will do"), application.purpose),
        ("child_participation", _("The children's part"), application.child_participation),
        ("inclusion_measures", _("So that everyone can come"), application.inclusion_measures),
        ("cost_per_family", _("Cost for each family"), cost if application.cost_per_family is not None else ""),
        ("amount_requested", _("Amount"), ", ".join(part for part in (money_line, account) if part)),
        ("relationship_to_decider", _("Tie to the principal"), tie),
        ("reply_language", _("Language of the answer"), application.get_reply_language_display()),
    ]
    return [_row(label, value, edit_url and f"{edit_url}#id_{name}") for name, label, value in lines]


def _row(label, value, url=""):
    return {"label": label, "value": str(value), "url": url}


# The conditions, as the decider sees them.


def checks(application: GrantApplication, budget: Budget) -> list[Check]:
    """The conditions of the scheme, each with what the portal knows. They advise; a person decides."""
    scheme, school_class = application.scheme, application.school_class
    others = GrantApplication.objects.awarded().filter(scheme=scheme, school_class=school_class)
    had = others.exclude(pk=application.pk).exists()
    invited, total = application.families_invited or 0, application.families_total or 0
    grades = in_words([_("grade %(number)s") % {"number": grade} for grade in scheme.grades])
    return [
        Check(
            _("The class is in %(grades)s") % {"grades": grades},
            _("Class %(name)s has pupils in: %(grades)s")
            % {"name": school_class.name, "grades": ", ".join(str(grade) for grade in school_class.grades) or "–"},
            scheme.covers(school_class),
        ),
        Check(
            _("The whole class is invited"),
            ngettext("%(invited)s of %(n)s family", "%(invited)s of %(n)s families", total)
            % {"invited": invited, "n": total},
            invited >= total,
        ),
        Check(
            _("No support earlier in this period"),
            _("The class has had support in this period.") if had else _("The first award in this period."),
            not had,
        ),
        Check(
            _("There is money left"),
            _("%(left)s left") % {"left": money(budget.left)} if budget.left is not None else _("No ceiling is set."),
            budget.left is None or budget.left >= application.amount_requested,
        ),
    ]


# Pages


@dataclass(frozen=True)
class Step:
    label: str
    at: object
    is_done: bool
    is_now: bool = False


@dataclass(frozen=True)
class ApplicationPage:
    application: GrantApplication
    decision: Decision | None
    requests: list
    steps: list[Step]
    is_whole: bool
    may_write: bool
    may_handle: bool

    @property
    def question(self):
        """What the school has asked and the class has not answered."""
        return next((asked for asked in self.requests if asked.answered_at is None), None)


def application_page(application: GrantApplication, person: Person) -> ApplicationPage:
    is_whole = rules.can_read_whole(person, application)
    return ApplicationPage(
        application=application,
        decision=latest_decision(application),
        requests=list(application.information_requests.all()) if is_whole else [],
        steps=status_line(application),
        is_whole=is_whole,
        may_write=rules.can_write(person, application),
        may_handle=not application.is_decided and rules.handles(person, application),
    )


def latest_decision(application: GrantApplication) -> Decision | None:
    return application.decisions.latest_versions().select_related("decided_by").first()


def status_line(application: GrantApplication) -> list[Step]:
    """Sent, opened, decided: what has happened and what comes next."""
    steps = [
        (_("Sent"), application.submitted_at),
        (_("Opened"), application.taken_up_at or application.decided_at),
        (_("Decided"), application.decided_at),
    ]
    first = next((label for label, at in steps if at is None), None)
    return [Step(label, at, at is not None, label == first) for label, at in steps]


@dataclass(frozen=True)
class ClassSupport:
    """A class whose contact looks: may it apply, and for which gatherings."""

    eligibility: Eligibility
    gatherings: list[Gathering]


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
    schemes: list[GrantScheme] = field(default_factory=list)


def support_page(person: Person) -> SupportPage:
    """The room's first page: what this person applies for, decides, or may know."""
    roles = list(
        Role.objects.live().filter(person_id=person.pk).select_related("school_class__school", "school__municipality")
    )
    contacted = [role.school_class for role in roles if role.kind == Role.Kind.CLASS_CONTACT]
    led = [role.school for role in roles if role.kind in (Role.Kind.PRINCIPAL, Role.Kind.DEPUTY)]
    may_decide = bool(led) or any(role.kind == Role.Kind.MUNICIPALITY_OFFICER for role in roles)
    visible = GrantApplication.objects.visible_to(person).with_names()
    return SupportPage(
        classes=[_class_support(school_class) for school_class in contacted],
        own=list(visible.filter(school_class__in=contacted)),
        waiting=waiting_for(person),
        schools=[_school_support(school) for school in led],
        may_decide=may_decide,
        may_read_awards=rules.award_readers(person),
        schemes=list(GrantScheme.objects.visible_to(person).current()),
    )


def waiting_for(person: Person) -> list[GrantApplication]:
    """The applications that this person is the one to decide, the oldest first."""
    live = Role.objects.live().filter(person_id=person.pk)
    led = live.filter(kind__in=[Role.Kind.PRINCIPAL, Role.Kind.DEPUTY]).values("school")
    served = live.filter(kind=Role.Kind.MUNICIPALITY_OFFICER).values("municipality")
    aside = ImpartialityAnswer.objects.filter(person_id=person.pk, stands_aside=True).values("application")
    found = GrantApplication.objects.waiting().with_names().exclude(pk__in=aside)
    at_school = found.at_school().filter(school__in=led)
    at_municipality = found.at_municipality().filter(school__municipality__in=served)
    return list((at_school | at_municipality).order_by("submitted_at", "pk"))


def _class_support(school_class):
    gatherings = (
        Gathering.objects.filter(school_class=school_class, starts_at__gte=timezone.now())
        .exclude(grant_applications__in=GrantApplication.objects.alive())
        .order_by("starts_at")
    )
    return ClassSupport(eligibility(school_class), list(gatherings))


def _school_support(school):
    scheme = GrantScheme.objects.covering(school).current().first()
    return SchoolSupport(school, scheme, budget_of(scheme, school) if scheme else None)


# The register of a school year


@dataclass(frozen=True)
class Line:
    """One case as the register shows it: no account, no person."""

    application: GrantApplication
    decision: Decision | None


@dataclass(frozen=True)
class Register:
    year: SchoolYear
    lines: list[Line]
    budget: Budget | None

    @property
    def given(self):
        return sum(line.decision.amount or 0 for line in self.lines if line.decision)


def years_led(person: Person) -> list[SchoolYear]:
    """The school years of the schools that this person leads, the newest first."""
    led = Role.objects.live().filter(person_id=person.pk, kind__in=[Role.Kind.PRINCIPAL, Role.Kind.DEPUTY])
    return list(SchoolYear.objects.filter(school__in=led.values("school")).select_related("school"))


def register(year: SchoolYear) -> Register:
    """Every case that was sent in the year, in the order of the classes."""
    sent = (
        GrantApplication.objects.sent()
        .filter(school_class__year=year)
        .select_related("school", "school_class", "gathering", "scheme")
        .order_by("school_class__name", "submitted_at")
    )
    latest = _latest_of(sent)
    scheme = (
        GrantScheme.objects.covering(year.school)
        .filter(starts_on__lte=year.ends_on, ends_on__gt=year.starts_on)
        .first()
    )
    lines = [Line(application, latest.get(application.pk)) for application in sent]
    return Register(year, lines, budget_of(scheme, year.school) if scheme else None)


def awards(person: Person) -> list[Line]:
    """The classes that have had support this year, at the schools whose board, principal or municipality the person
    is of."""
    live = Role.objects.live().filter(person_id=person.pk)
    kinds = [Role.Kind.BOARD_MEMBER, Role.Kind.PRINCIPAL, Role.Kind.DEPUTY]
    served = live.filter(kind=Role.Kind.MUNICIPALITY_OFFICER).values("municipality")
    schools = School.objects.filter(pk__in=live.filter(kind__in=kinds).values("school")) | School.objects.filter(
        municipality__in=served
    )
    awarded = (
        GrantApplication.objects.awarded()
        .filter(school__in=schools, scheme__in=GrantScheme.objects.current())
        .select_related("school", "school_class", "gathering", "scheme")
        .order_by("school__name", "school_class__name")
    )
    latest = _latest_of(awarded)
    return [Line(application, latest[application.pk]) for application in awarded]


def _latest_of(applications):
    decisions = Decision.objects.latest_versions().filter(application__in=applications)
    return {decision.application_id: decision for decision in decisions}


# The page of the one who decides, and the page before sending


def has_taken_up(person: Person, application: GrantApplication) -> bool:
    """Whether this person has answered the impartiality question and the case is being considered."""
    if application.status != Status.IN_REVIEW:
        return False
    return ImpartialityAnswer.objects.filter(application=application, person_id=person.pk, stands_aside=False).exists()


def case_page(application: GrantApplication, person: Person) -> dict:
    """All that the decider needs to see: what they ask for, the conditions, the money, what was asked and answered."""
    budget = budget_of(application.scheme, application.school)
    return {
        "application": application,
        "rows": _case_rows(application),
        "checks": checks(application, budget),
        "budget": budget,
        "after": None if budget.left is None else max(0, budget.left - application.amount_requested),
        "committed": budget.given + application.amount_requested,
        "requests": list(application.information_requests.exclude(answer="")),
        "needs_note": rules.needs_a_note(person, application),
        "is_party": rules.is_party(person, application),
        "declared_tie": application.relationship_to_decider,
    }


def _case_rows(application):
    held = f"{application.gathering.title}, {when(application.gathering.starts_at, application.school)}"
    by = _("Class %(class)s, by %(name)s") % {
        "class": application.school_class.name,
        "name": application.applicant.full_name,
    }
    return [_row(_("Gathering"), held), *answers(application), _row(_("Applicant"), by)]


def check_page(application: GrantApplication, rows: list[dict]) -> dict:
    """The answers to look over, and what happens after sending."""
    school_class, school = application.school_class, application.school
    facts = [
        _row(_("Class"), _("%(name)s, %(school)s") % {"name": school_class.name, "school": school.name}),
        _row(_("Gathering"), f"{application.gathering.title}, {when(application.gathering.starts_at, school)}"),
    ]
    return {
        "application": application,
        "rows": facts + rows,
        "principal": principal_of(school),
        "scheme": application.scheme,
    }
