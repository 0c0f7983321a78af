"""Who may do what with an application. Each docstring is the reason, as the school would put it."""

from django.utils.translation import gettext_lazy as _

from grants.models import CoApplicant, Decision, GrantApplication, ImpartialityAnswer, InformationRequest, RuleReference
from networks.models import Gathering
from portal.access import for_whom
from portal.people.models import Municipality, Person, School
from portal.people.rules import (
    Kind,
    class_contacts,
    contacts,
    has_role,
    is_guardian_in,
    is_portal,
    leads,
    serves_municipality,
    teaches,
)


@for_whom(_("the principal, the deputy and the municipality"))
def grant_deciders(person):
    """The principal or the acting deputy, and the case officers of the municipality."""
    return has_role(person, Kind.PRINCIPAL, Kind.DEPUTY, Kind.MUNICIPALITY_OFFICER)


@for_whom(_("the school board, the principal, the deputy and the municipality"))
def award_readers(person):
    """The school board, the principal and the municipality see which classes have had support, without names."""
    return has_role(person, Kind.BOARD_MEMBER, Kind.PRINCIPAL, Kind.DEPUTY, Kind.MUNICIPALITY_OFFICER)


def can_run_scheme(person: Person, municipality: Municipality) -> bool:
    """The municipality decides what it offers, to whom, and under which rules."""
    return is_portal(person) or serves_municipality(person, municipality)


def can_open_scheme(person: Person, municipality: Municipality, shares: dict[School, int] | None = None) -> bool:
    """The municipality decides what it offers, and shares it out among its own schools."""
    return can_run_scheme(person, municipality) and all(
        school.municipality_id == municipality.pk for school in shares or ()
    )


def can_apply(person: Person, gathering: Gathering) -> bool:
    """The class contact applies for their class."""
    return contacts(person, gathering.school_class)


@for_whom(_("class contacts, and whoever applies together with one"))
def grant_writers(person):
    """The class contacts, and a guardian who has said yes to applying together with one."""
    return class_contacts(person) or CoApplicant.objects.accepted().filter(person_id=person.pk).exists()


def can_write(person: Person, application: GrantApplication) -> bool:
    """The application belongs to the class: its present class contact writes it, and whoever said yes to applying
    together with them; a former one does not."""
    return contacts(person, application.school_class) or is_co_applicant(person, application)


def is_co_applicant(person: Person, application: GrantApplication) -> bool:
    """A guardian of the class who was asked to apply together and said yes."""
    if not application.co_applicants.accepted().filter(person_id=person.pk).exists():
        return False  # most people's answer, and quickly asked
    return GrantApplication.objects.filter(pk=application.pk).written_along_by(person).exists()


def can_answer(person: Person, request: InformationRequest) -> bool:
    """The class contacts answer what the school asked about their application."""
    return can_write(person, request.application)


def handles(person: Person, application: GrantApplication) -> bool:
    """The principal of that school, and the deputy while the delegation lasts; the municipality once it is passed on,
    and while nobody leads the school."""
    if application.submitted_at is None:
        return False
    serves = serves_municipality(person, application.school.municipality)
    if application.transferred_at is None:
        return leads(person, application.school) or (serves and not application.has_leader)
    return serves


def is_party(person: Person, application: GrantApplication) -> bool:
    """Nobody decides their own application."""
    return application.applicant_id == person.pk or can_write(person, application)


def has_stood_aside(person: Person, application: GrantApplication) -> bool:
    """Nobody decides after saying that somebody else should."""
    return ImpartialityAnswer.objects.filter(application=application, person_id=person.pk, stands_aside=True).exists()


def settles(person: Person, application: GrantApplication) -> bool:
    """The school's leaders until the case is passed on, and the municipality, see to what follows an award: its money and
    its report. Nobody does in their own case, nor after standing aside."""
    if is_party(person, application) or has_stood_aside(person, application):
        return False
    led = application.transferred_at is None and leads(person, application.school)
    return led or serves_municipality(person, application.school.municipality)


def can_take_up(person: Person, application: GrantApplication) -> bool:
    """Those who handle the case, are not a party to it and have not stood aside may consider and decide it, and do
    whatever else there is to do with it."""
    return (
        handles(person, application) and not is_party(person, application) and not has_stood_aside(person, application)
    )


def can_stand_aside(person: Person, application: GrantApplication) -> bool:
    """Everyone judges their own impartiality, and may say so at any time before the decision."""
    return handles(person, application) and not has_stood_aside(person, application)


def can_decide(person: Person, application: GrantApplication, rules: list[RuleReference] = (), picked=()) -> bool:
    """Those who may take it up decide it, under rules and for reasons of their own municipality."""
    own = all(one.municipality_id == application.school.municipality_id for one in (*rules, *picked))
    return own and can_take_up(person, application)


def can_correct(person: Person, decision: Decision) -> bool:
    """Those who could decide the application today may also correct its decision."""
    return can_take_up(person, decision.application)


def can_number(person: Person, application: GrantApplication) -> bool:
    """Those who answer for the case record its number in the archive."""
    return can_take_up(person, application)


def can_read_whole(person: Person, application: GrantApplication) -> bool:
    """The class contacts, the class's teachers and those who handle it read the application, and the municipality once
    it is appealed; the other guardians of the class see what came of it."""
    return (
        can_write(person, application)
        or teaches(person, application.school_class)
        or handles(person, application)
        or leads(person, application.school)
        or (application.appealed_at is not None and serves_municipality(person, application.school.municipality))
    )


def needs_a_note(person: Person, application: GrantApplication) -> bool:
    """With a child of their own in the class, or a tie declared while the case is at the school, deciders write why it
    does not matter."""
    return bool(application.relationship_to_decider and application.transferred_at is None) or is_guardian_in(
        person, application.school_class
    )
