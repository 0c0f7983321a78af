"""Who a person is today, and what that lets them do. Each docstring is the reason, as the school would put it."""

from functools import cache

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.ages import ATTENDS_FROM
from portal.people.models import (
    AccessRestriction,
    Enrolment,
    GuardianRelation,
    Municipality,
    Person,
    Role,
    School,
    SchoolClass,
    keys_of,
)
from portal.people.models.roles import REACHED_KINDS
from portal.standing import standing

Kind = Role.Kind
LEADERS = (Kind.PRINCIPAL, Kind.DEPUTY)
TEACHERS = (Kind.CONTACT_TEACHER, Kind.SUBJECT_TEACHER)
SECOND_FACTOR = (*LEADERS, Kind.OFFICE, Kind.MUNICIPALITY_OFFICER)


def has_role(person, *kinds, **scope):
    """Whether the person holds one of these roles today; `scope` is one field and its required value."""
    if not scope:
        return bool(_has(kinds)(person.pk))
    ((field, place),) = scope.items()
    if not isinstance(place, QuerySet):
        found = _kinds_at(field)(person.pk, getattr(place, "pk", place))
        return any(kind in kinds for (kind,) in found)
    return Role.objects.live(kinds=kinds).filter(person_id=person.pk, **scope).exists()


@cache
def _has(kinds):
    return standing(lambda person: Role.objects.live(kinds=kinds).filter(person_id=person).query.exists())


@cache
def _kinds_at(field):
    """Every kind at once, so that a page which asks for several asks one question."""
    return standing(
        lambda person, place: Role.objects.live().filter(person_id=person, **{field: place}).values_list("kind")
    )


def is_portal(person):
    return getattr(person, "is_portal", False)


# Kinds of people: whom a page is open to.


@for_whom(_("guardians"))
def guardians(person):
    """Guardians with a confirmed relation to a child."""
    return bool(_guarded(person.pk))


_guarded = standing(lambda person: GuardianRelation.objects.live().filter(guardian_id=person).query.exists())


@for_whom(_("guardians"))
def kin(person):
    """Whoever has signed in: a page about a child is not found by those who are neither the child nor its guardians, and
    does not say so."""
    return person.is_authenticated


def pupils(person):
    """Pupils of a school, from the age of 12."""
    age = person.age_on(timezone.localdate())
    if age is None or age < ATTENDS_FROM:
        return False
    return person.is_active and bool(_enrolled(person.pk))


_enrolled = standing(lambda pupil: Enrolment.objects.current().filter(pupil_id=pupil).query.exists())


@for_whom(_("class contacts"))
def class_contacts(person):
    """Class contacts of a class this year."""
    return has_role(person, Kind.CLASS_CONTACT)


@for_whom(_("teachers"))
def teachers(person):
    """Contact teachers and subject teachers."""
    return has_role(person, *TEACHERS)


@for_whom(_("after-school staff"))
def after_school_staff(person):
    """Those who work at a school's after-school care."""
    return has_role(person, Kind.AFTER_SCHOOL)


@for_whom(_("teachers, after-school staff, the office, the principal and the deputy"))
def reachable_staff(person):
    """Those at a school whom families may need to reach."""
    return has_role(person, *REACHED_KINDS)


@for_whom(_("the principal and the deputy"))
def principals(person):
    """The principal, and the deputy while the delegation lasts."""
    return has_role(person, *LEADERS)


@for_whom(_("the office, the principal and the deputy"))
def office(person):
    """The school office, and the principal who answers for it."""
    return has_role(person, Kind.OFFICE, *LEADERS)


def board_members(person):
    """Members of the school board."""
    return has_role(person, Kind.BOARD_MEMBER)


@for_whom(_("the municipality"))
def municipality_officers(person):
    """Case officers of the municipality."""
    return has_role(person, Kind.MUNICIPALITY_OFFICER)


@for_whom(_("teachers, the office, the principal, the deputy and the municipality"))
def school_staff(person):
    """Those who keep a school's people in order, teach there, or serve the municipality that owns it."""
    return has_role(person, *TEACHERS, Kind.OFFICE, *LEADERS, Kind.MUNICIPALITY_OFFICER)


@for_whom(_("the office, the principal, the deputy and the municipality"))
def restrictors(person):
    """The office of a school and the municipality: those who may cut somebody off from a pupil."""
    return has_role(person, Kind.OFFICE, *LEADERS, Kind.MUNICIPALITY_OFFICER)


def needs_second_factor(person):
    """Anyone who can open other people's rights needs a second factor."""
    known = getattr(person, "opens_others", None)  # fetched with the person of the session
    return person.is_staff or (has_role(person, *SECOND_FACTOR) if known is None else known)


# Relations to one thing: what actions ask.


def is_guardian_of(person, pupil):
    """A guardian sees their own child, while the relation lasts and nothing restricts it."""
    return GuardianRelation.objects.live().filter(guardian_id=person.pk, pupil=pupil).exists()


def is_guardian_in(person, school_class):
    """A guardian belongs to the classes of their own children."""
    return bool(_guarded_in(person.pk, getattr(school_class, "pk", school_class)))


_guarded_in = standing(
    lambda person, school_class: (
        GuardianRelation.objects.live().in_class(school_class).filter(guardian_id=person).query.exists()
    )
)


def contacts(person, school_class):
    """The class contact gathers the families of their own class."""
    return has_role(person, Kind.CLASS_CONTACT, school_class=school_class)


def teaches(person, school_class):
    """A teacher of the class knows its children."""
    return has_role(person, *TEACHERS, school_class=school_class)


def leads(person, school):
    """The principal leads the school; a deputy does so while the delegation lasts."""
    return has_role(person, *LEADERS, school=school)


def runs_office(person, school):
    """The office keeps the school's people in order; the principal answers for it."""
    return has_role(person, Kind.OFFICE, *LEADERS, school=school)


def serves_municipality(person, municipality):
    """A case officer acts for the municipality that owns the school."""
    return has_role(person, Kind.MUNICIPALITY_OFFICER, municipality=municipality)


# What may be done in this room.


def only_the_portal(person, subject):
    """Only the clock, a command or the demo does this."""
    return is_portal(person)


def only_oneself(person, subject):
    """People keep their own profile and decide for themselves what to share."""
    return subject.pk == person.pk


def can_say_needs(person, home):
    """The guardians who live there say what their home needs."""
    return person.household_id == home.pk and guardians(person)


def only_oneself_at_work(person, subject):
    """Whoever works at a school says how and when they are reached, and nobody says it for them."""
    return subject.pk == person.pk and reachable_staff(person)


def can_say_away(person, subject, stand_in=None):
    """Whoever works at a school says when they are away, and who of the same school stands in."""
    places = person.roles.at_work().values("workplace")
    beside = stand_in and Role.objects.at_work().filter(person=stand_in, workplace__in=places).exists()
    return only_oneself_at_work(person, subject) and (stand_in is None or beside)


def can_choose_care(person, school_class, pupils=()):
    """The office says it of the children of its own classes whom this person may know of."""
    asked = {pupil.pk for pupil in pupils}
    there = Enrolment.objects.current().filter(school_class=school_class, pupil__in=asked).values("pupil")
    known = Person.objects.unrestricted_for(person).filter(pk__in=there)
    return can_manage_school(person, school_class) and known.count() == len(asked)


def can_manage_school(person, subject):
    """The office keeps the classes and the people of its own school."""
    school = getattr(subject, "school", None) or subject
    return is_portal(person) or runs_office(person, school)


def can_manage_person(person, subject):
    """The office of a school where the person goes or works keeps their addresses right."""
    at_school = Person.objects.at(keys_of.schools_run(person)).unrestricted_for(person)
    return is_portal(person) or (subject.pk != person.pk and at_school.filter(pk=subject.pk).exists())


def can_open_person(person, subject):
    """Those who keep or teach a person may look them up; looking at one's own page is not recorded."""
    return subject.pk != person.pk and Person.objects.known_to(person).filter(pk=subject.pk).exists()


def only_whose_move(person, move):
    """The reader of the letter to the old address speaks for the person it is about."""
    return move.person_id == person.pk


def can_manage_move(person, move):
    """The office that keeps the person's addresses right says that the old one is dead."""
    return can_manage_person(person, move.person)


def can_settle_move(person, move):
    """Each office where the person has a child or a role says whether their sign-in may move; nobody settles their own,
    or one that they asked for."""
    known = Person.objects.visible_to(person).filter(pk=move.person_id)
    return restrictors(person) and person.pk not in (move.person_id, move.asked_by_id) and known.exists()


def can_confirm_relation(person, relation, lives_with=None):
    """The office of a school where the child goes confirms who the guardians are, and which of them live together;
    nobody confirms their own relation."""
    if lives_with and not GuardianRelation.objects.filter(guardian=lives_with, pupil_id=relation.pupil_id).exists():
        return False
    if is_portal(person):
        return True
    return relation.guardian_id != person.pk and manages_pupil(person, relation.pupil)


def can_propose_relation(person, guardian, pupil):
    """An import or the office of the child's school proposes a guardian; another person confirms."""
    return is_portal(person) or (guardian.pk != person.pk and manages_pupil(person, pupil))


def can_join_households(person, guardian, other):
    """The office records that two guardians of one of its pupils live together."""
    if is_portal(person):
        return True
    share_a_pupil = GuardianRelation.objects.live().filter(
        guardian=guardian, pupil__in=GuardianRelation.objects.live().filter(guardian=other).values("pupil")
    )
    return share_a_pupil.filter(pupil__in=Person.objects.at(keys_of.schools_run(person))).exists()


def can_restrict(person, pupil, guardian):
    """The leaders and the office of the pupil's school, and the municipality, may cut somebody off; never a guardian of
    the same pupil."""
    if person.pk == guardian.pk or GuardianRelation.objects.filter(guardian_id=person.pk, pupil=pupil).exists():
        return False
    return is_portal(person) or manages_pupil(person, pupil) or serves_pupil(person, pupil)


def can_settle_restriction(person, restriction):
    """Those who may restrict may also confirm and lift; the action requires a second person."""
    return can_restrict(person, restriction.pupil, restriction.guardian)


def can_protect(person, subject):
    """The office records that somebody at the school is protected."""
    return can_manage_person(person, subject)


def can_end_protection(person, protection):
    """The office ends what the office may set."""
    return can_protect(person, protection.person)


def can_appoint(person, holder, kind, scope):
    """Those who fill the post appoint somebody whom they know from the school; nobody appoints themselves."""
    if is_portal(person):
        return True
    knows = Person.objects.known_to(person).filter(pk=holder.pk).exists()
    return holder.pk != person.pk and knows and fills_post(person, kind, scope)


def can_welcome(person, scope, kind):
    """Those who fill the post may add somebody new for it."""
    return is_portal(person) or fills_post(person, kind, scope)


def can_confirm_role(person, role):
    """Those who fill the post confirm what an import proposed; nobody confirms their own role."""
    if is_portal(person):
        return True
    return role.person_id != person.pk and fills_post(person, role.kind, role.scope)


def can_end_role(person, role):
    """Those who fill the post may also end it, and anybody may give up their own role."""
    return is_portal(person) or role.person_id == person.pk or fills_post(person, role.kind, role.scope)


def fills_post(person, kind, scope):
    """The office fills the posts of a class and of after-school care, and the contact teacher records who was elected
    class contact; the principal fills those of the school; the municipality appoints principals; only a command adds
    the municipality's officers."""
    if isinstance(scope, Municipality):
        return False
    if isinstance(scope, SchoolClass):
        elected = kind == Kind.CLASS_CONTACT and teaches(person, scope)
        return elected or runs_office(person, scope.school)
    if kind == Kind.AFTER_SCHOOL:
        return runs_office(person, scope)
    if kind == Kind.PRINCIPAL:
        return serves_municipality(person, scope.municipality)
    return has_role(person, Kind.PRINCIPAL, school=scope) or serves_municipality(person, scope.municipality)


def manages_pupil(person, pupil):
    """The office of a school where the child has a place, unless this person must not know about the child."""
    if AccessRestriction.objects.against(person).filter(pupil=pupil).exists():
        return False
    return Enrolment.objects.open().filter(pupil=pupil, school_class__school__in=keys_of.schools_run(person)).exists()


def serves_pupil(person, pupil):
    """The municipality that owns the child's school, unless this person must not know about the child."""
    if AccessRestriction.objects.against(person).filter(pupil=pupil).exists():
        return False
    schools = School.objects.filter(municipality__in=keys_of.municipalities_served(person))
    return Enrolment.objects.open().filter(pupil=pupil, school_class__school__in=schools).exists()
