"""Who appeals, who looks at it first, and who writes down what the appeal body says. Each docstring is the reason."""

from grants.models import Appeal, Decision, GrantApplication, ReasonsDemand
from grants.rules import can_take_up, can_write, has_stood_aside, is_party
from portal.people.models import Person
from portal.people.rules import Kind, has_role, is_guardian_in, is_portal, leads, serves_municipality


def can_tell(person: Person, decision: Decision) -> bool:
    """The clock sees when the alert was sent; where it has failed, those who answer for the case post the letter."""
    return is_portal(person) or can_take_up(person, decision.application)


def can_tell_reasons(person: Person, demand: ReasonsDemand) -> bool:
    """As with the letter: the clock, or those who answer for the case and post it."""
    return can_tell(person, demand.decision)


def only_the_clock_tells(person: Person, letter: Decision | ReasonsDemand) -> bool:
    """Only the portal sees what has become of a message."""
    return is_portal(person)


def can_appeal(person: Person, decision: Decision) -> bool:
    """The class is the party, and its class contacts of today speak for it."""
    return decision.application.submitted_at is not None and can_write(person, decision.application)


def can_withdraw_appeal(person: Person, appeal: Appeal) -> bool:
    """The class takes its own appeal back."""
    return can_appeal(person, appeal.decision)


def is_impartial(person: Person, application: GrantApplication) -> bool:
    """Who has decided a version of the case cannot take part in its appeal; nor can a party, who has stood aside, or who
    has a child in the class."""
    has_decided = application.decisions.filter(decided_by_id=person.pk).exists()
    partial = is_party(person, application) or has_stood_aside(person, application)
    return not has_decided and not partial and not is_guardian_in(person, application.school_class)


def can_review(person: Person, appeal: Appeal) -> bool:
    """First somebody looks at it who did not decide: the municipality; or the leaders of the school, but for a deputy
    whose principal has decided, and for all of them in a case that was passed on or has a tie to the principal."""
    application = appeal.application
    if not is_impartial(person, application):
        return False
    if serves_municipality(person, application.school.municipality):
        return True
    if application.transferred_at or application.relationship_to_decider or not leads(person, application.school):
        return False
    is_principal = has_role(person, Kind.PRINCIPAL, school=application.school)
    return is_principal or not _principal_decided(application)


def _principal_decided(application):
    principals = Person.objects.filter(roles__kind=Kind.PRINCIPAL, roles__school=application.school)
    return application.decisions.filter(decided_by__in=principals).exists()


def can_settle(person: Person, appeal: Appeal) -> bool:
    """The municipality prepares the case for its appeal body and writes down what that decides; never who decided
    first."""
    application = appeal.application
    return serves_municipality(person, application.school.municipality) and is_impartial(person, application)


def can_ask_reasons(person: Person, decision: Decision) -> bool:
    """The class may have the reasons for what was decided about its application."""
    return can_appeal(person, decision)


def can_give_reasons(person: Person, demand: ReasonsDemand) -> bool:
    """Those who may decide the case say why it was decided so."""
    return can_take_up(person, demand.decision.application)
