"""One application: what it says, where it stands, what its decider needs to see."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from grants import rules
from grants.case_page import Step, parts_of_case, steps_of_wings
from grants.letters import principal_of
from grants.models import Decision, GrantApplication, ImpartialityAnswer, KeptReason
from grants.models.applications import Status
from grants.queries.eligibility import Budget, Eligibility, budget_of
from grants.queries.history import Entry, history_of
from networks.models import Gathering
from portal.class_page import Part
from portal.people.models import GuardianRelation, Person, Role
from portal.speech import in_words, money, when

NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Check:
    """One condition of the scheme and whether it is met. It advises; a person decides."""

    title: str
    detail: str
    is_met: bool


@dataclass(frozen=True)
class ApplicationPage:
    application: GrantApplication
    decision: Decision | None
    requests: list
    attachments: list
    steps: list[Step]
    history: list[Entry]
    parts: list[Part]
    is_whole: bool
    may_write: bool
    may_handle: bool
    may_number: bool

    @property
    def may_go_on(self):
        return self.may_handle and self.application.status not in (Status.DRAFT, Status.WITHDRAWN)

    @property
    def may_change(self):
        return self.may_write and self.application.is_changeable

    @property
    def may_attach(self):
        return self.may_write and self.application.takes_files

    @property
    def may_withdraw(self):
        """A draft is simply not sent."""
        return self.may_write and self.application.is_withdrawable and not self.application.is_draft

    @property
    def question(self):
        return next((asked for asked in self.requests if asked.answered_at is None), None)


def known_facts(gathering: Gathering, person: Person, found: Eligibility, application=None) -> list[dict]:
    """The applicant of a draft is whoever reads it: it is they who send it."""
    school_class = gathering.school_class
    everyone = _("All %(n)s families") % {"n": found.families_total}
    return [
        _row(_("Class"), _("%(name)s, %(school)s") % {"name": school_class.name, "school": school_class.school.name}),
        _row(_("Applicant"), _applicant(application, person)),
        _row(_("Gathering"), f"{gathering.title}, {when(gathering.starts_at, school_class.school)}"),
        _row(_("Kind of gathering"), gathering.get_kind_display()),
        _row(_("Place"), gathering.place) if gathering.place else None,
        _row(_("Invited"), everyone if found.families_invited >= found.families_total else found.families_invited),
    ]


def _applicant(application, person):
    if application is None:
        return _("%(name)s, class contact") % {"name": person.full_name}
    return person.full_name if application.is_draft else applicant_name(application)


def answers(application: GrantApplication, *, edit_url: str = "", account: str = "") -> list[dict]:
    """`account` is as much of the number as its readers may see: with none, nothing is said of whose it is either."""
    to = application.get_payee_kind_display()
    money_line = _("%(amount)s: %(to)s") % {"amount": money(application.amount_requested), "to": to}
    cost = money(application.cost_per_family) if application.cost_per_family else _("Free")
    tie = {True: _("Yes"), False: _("No"), None: ""}[application.relationship_to_decider]
    account = account.replace(" ", NO_BREAK)
    lines = [
        ("purpose", _("What is going to happen"), application.purpose),
        ("child_participation", _("The children's part"), application.child_participation),
        ("inclusion_measures", _("So that everyone can come"), application.inclusion_measures),
        *([("budget_lines", _("What the money is for"), application.budget_lines)] if application.budget_lines else []),
        ("cost_per_family", _("Cost for each family"), cost if application.cost_per_family is not None else ""),
        ("amount_requested", _("Amount"), ", ".join(part for part in (money_line, account) if part)),
        *([("account_holder", _("Who has the account"), application.account_holder)] if account else []),
        ("relationship_to_decider", _("Tie to the principal"), tie),
        ("reply_language", _("Language of the answer"), application.get_reply_language_display()),
    ]
    return [_row(label, value, edit_url and f"{edit_url}#id_{name}") for name, label, value in lines]


def _row(label, value, url=""):
    return {"label": label, "value": str(value), "url": url}


def _grades(numbers):
    return in_words([_("grade %(number)s") % {"number": number} for number in numbers])


def checks(application: GrantApplication, budget: Budget) -> list[Check]:
    scheme, school_class = application.scheme, application.school_class
    others = GrantApplication.objects.awarded().filter(scheme=scheme, school_class=school_class)
    had = others.exclude(pk=application.pk).count() >= scheme.times
    invited, total = application.families_invited or 0, application.families_total or 0
    return [
        Check(
            _("The support is for %(grades)s") % {"grades": _grades(scheme.grades)},
            _("Class %(name)s: %(grades)s")
            % {"name": school_class.name, "grades": _grades(school_class.grades) or "–"},
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


def application_page(application: GrantApplication, person: Person) -> ApplicationPage:
    is_whole = rules.can_read_whole(person, application)
    return ApplicationPage(
        application=application,
        decision=latest_decision(application),
        requests=list(application.information_requests.all()) if is_whole else [],
        attachments=list(application.attachments.without_files()) if is_whole else [],
        steps=status_line(application),
        history=history_of(application, is_whole),
        parts=parts_of_case(application, person),
        is_whole=is_whole,
        may_write=rules.can_write(person, application),
        may_handle=not application.is_decided and rules.can_stand_aside(person, application),
        may_number=rules.can_number(person, application),
    )


def latest_decision(application: GrantApplication) -> Decision | None:
    return application.decisions.latest_versions().select_related("decided_by").first()


def status_line(application: GrantApplication) -> list[Step]:
    """Sent, opened, decided, and then what the wings bring: paid, report, closed."""
    own = [
        (10, _("Sent"), application.submitted_at),
        (20, _("Opened"), application.taken_up_at or application.decided_at),
        (30, _("Decided"), application.decided_at),
    ]
    placed = [(place, Step(label, at, at is not None)) for place, label, at in own] + steps_of_wings(application)
    steps = [step for _place, step in sorted(placed, key=lambda one: one[0])]
    first = next((number for number, step in enumerate(steps) if not step.is_done), None)
    return [replace(step, is_now=number == first) for number, step in enumerate(steps)]


def has_taken_up(person: Person, application: GrantApplication) -> bool:
    if application.status != Status.IN_REVIEW:
        return False
    return ImpartialityAnswer.objects.filter(application=application, person_id=person.pk, stands_aside=False).exists()


def has_decided(person: Person, application: GrantApplication) -> bool:
    return application.decisions.filter(decided_by_id=person.pk).exists()


def question_to_answer(application: GrantApplication):
    """What waits for an answer; else what was asked last."""
    asked = application.information_requests.order_by("pk")
    return asked.filter(answered_at=None).first() or asked.last()


def case_page(application: GrantApplication, person: Person) -> dict:
    budget = budget_of(application.scheme, application.school)
    return {
        "application": application,
        "rows": _case_rows(application),
        "checks": checks(application, budget),
        "budget": budget,
        "after": None if budget.left is None else max(0, budget.left - application.amount_requested),
        "committed": budget.given + application.amount_requested,
        "requests": list(application.information_requests.exclude(answer="")),
        "attachments": list(application.attachments.without_files()),
        "needs_note": rules.needs_a_note(person, application),
        "is_party": rules.is_party(person, application),
        "declared_tie": application.relationship_to_decider,
    }


def _case_rows(application):
    gathering = f"{application.gathering.title}, {when(application.gathering.starts_at, application.school)}"
    by = _("Class %(class)s, by %(name)s") % {
        "class": application.school_class.name,
        "name": applicant_name(application),
    }
    said = answers(application, account=application.account_in_part)
    return [_row(_("Gathering"), gathering), *said, _row(_("Applicant"), by)]


def applicant_name(application):
    """Named only while they belong to the school: afterwards the school has no reason to follow the name, and the
    decision's letter keeps it as it was."""
    who, school = application.applicant_id, application.school
    guards = GuardianRelation.objects.live().at([school.pk]).filter(guardian=who)
    works = Role.objects.live().at(school).filter(person=who)
    return application.applicant.full_name if guards.exists() or works.exists() else _("a former class contact")


def reasons_to_pick(application: GrantApplication):
    """Those that the municipality keeps today, also the unready: with one of them no letter is sent."""
    return KeptReason.objects.to_pick(application.school, application.school.today())


def check_page(application: GrantApplication, rows: list[dict]) -> dict:
    school_class, school = application.school_class, application.school
    facts = [
        _row(_("Class"), _("%(name)s, %(school)s") % {"name": school_class.name, "school": school.name}),
        _row(_("Gathering"), f"{application.gathering.title}, {when(application.gathering.starts_at, school)}"),
    ]
    return {
        "application": application,
        "rows": [*facts, *rows, _attached(application)],
        "principal": principal_of(school),
        "scheme": application.scheme,
    }


def _attached(application):
    names = [attachment.name for attachment in application.attachments.without_files()]
    url = reverse("grants:attachment_add", args=[application.pk])
    return _row(_("Attachments"), "\n".join(names) or _("None. You need none."), url)
