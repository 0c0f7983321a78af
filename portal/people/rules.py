"""Who somebody is today, and what that lets them do. Each docstring is the reason, as the school would say it."""

from portal.people.models import GuardianRelation, Role, SchoolClass

Kind = Role.Kind
LEADERS = (Kind.PRINCIPAL, Kind.DEPUTY)
TEACHERS = (Kind.CONTACT_TEACHER, Kind.SUBJECT_TEACHER)
SECOND_FACTOR = (*LEADERS, Kind.OFFICE, Kind.MUNICIPALITY_OFFICER)


def holds(person, *kinds, **scope):
    """Whether `person` holds one of these roles today, in this scope if one is given."""
    return Role.objects.live().filter(person_id=person.pk, kind__in=kinds, **scope).exists()


def is_portal(person):
    return getattr(person, "is_portal", False)


# Kinds of people: what a page is open to.


def guardians(person):
    """Guardians with a confirmed relation to a child."""
    return GuardianRelation.objects.live().filter(guardian_id=person.pk).exists()


def class_contacts(person):
    """Class contacts of a class this year."""
    return holds(person, Kind.CLASS_CONTACT)


def teachers(person):
    """Contact teachers and subject teachers."""
    return holds(person, *TEACHERS)


def principals(person):
    """The principal, and the deputy while the delegation lasts."""
    return holds(person, *LEADERS)


def office(person):
    """The school office, and the principal who answers for it."""
    return holds(person, Kind.OFFICE, *LEADERS)


def board_members(person):
    """Members of the school board."""
    return holds(person, Kind.BOARD_MEMBER)


def municipality_officers(person):
    """Case officers of the municipality."""
    return holds(person, Kind.MUNICIPALITY_OFFICER)


# Relations to one thing: what actions ask.


def is_guardian_of(person, pupil):
    """A guardian sees the own child, while the relation lasts and nothing restricts it."""
    return GuardianRelation.objects.live().filter(guardian_id=person.pk, pupil=pupil).exists()


def is_guardian_in(person, school_class):
    """A guardian belongs to the classes of the own children."""
    return (
        GuardianRelation.objects.live()
        .filter(
            guardian_id=person.pk,
            pupil__enrolments__in=school_class.enrolments.current(),
        )
        .exists()
    )


def contacts(person, school_class):
    """The class contact gathers the families of the own class."""
    return holds(person, Kind.CLASS_CONTACT, school_class=school_class)


def teaches(person, school_class):
    """A teacher of the class knows its children."""
    return holds(person, *TEACHERS, school_class=school_class)


def leads(person, school):
    """The principal leads the school; a deputy does so while the delegation lasts."""
    return holds(person, *LEADERS, school=school)


def runs_office(person, school):
    """The office keeps the school's people in order; the principal answers for it."""
    return holds(person, Kind.OFFICE, *LEADERS, school=school)


def serves_municipality(person, municipality):
    """A case officer acts for the municipality that owns the school."""
    return holds(person, Kind.MUNICIPALITY_OFFICER, municipality=municipality)


# What may be done in this room.


def only_the_portal(person, subject):
    """Only the clock, a command or the demo does this."""
    return is_portal(person)


def can_keep_school(person, subject):
    """The office keeps the classes and the people of its own school."""
    school = getattr(subject, "school", None) or subject
    return is_portal(person) or runs_office(person, school)


def can_confirm_relation(person, relation):
    """The office of a school where the child goes confirms who the guardians are; nobody confirms an own relation."""
    if is_portal(person):
        return True
    if relation.guardian_id == person.pk:
        return False
    return any(runs_office(person, school) for school in schools_of(relation.pupil))


def can_appoint(person, holder, kind, scope):
    """The office appoints for its own school, the contact teacher writes down who was elected class contact,
    the municipality appoints principals and offices."""
    if is_portal(person):
        return True
    if kind == Kind.MUNICIPALITY_OFFICER:
        return False
    if isinstance(scope, SchoolClass):
        elected = kind == Kind.CLASS_CONTACT and teaches(person, scope)
        return elected or runs_office(person, scope.school)
    if kind in (Kind.PRINCIPAL, Kind.OFFICE):
        return serves_municipality(person, scope.municipality)
    return leads(person, scope)


def can_end_role(person, role):
    """Whoever may appoint may also end; everybody may lay down an own role."""
    return role.person_id == person.pk or can_appoint(person, role.person, role.kind, role.scope)


def schools_of(pupil):
    """The schools where the pupil has a place today."""
    return [
        enrolment.school_class.school for enrolment in pupil.enrolments.current().select_related("school_class__school")
    ]
