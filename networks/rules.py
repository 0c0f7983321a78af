"""Who gathers a class, and who answers for a home. Each docstring is the reason, as the school would put it."""

from django.utils.translation import gettext_lazy as _

from networks.models import ABOUT_A_CLASS, Gathering, Helper
from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import GuardianRelation, Role
from portal.people.rules import class_contacts, contacts, has_role, is_guardian_in, is_portal
from portal.schoolyear.models import SchoolEvent


@for_whom(_("class contacts, and those who help them with a gathering"))
def organisers(person):
    """Class contacts, and the guardians who help them with a gathering."""
    return class_contacts(person) or Helper.objects.of(person).exists()


KINDS_OF[organisers] = (Role.Kind.CLASS_CONTACT,)  # a helper has no such hat, and stays a guardian


def is_around(person, school_class):
    """Whose class it is: the guardians of its children, its contact and its teachers; not who only leads the school."""
    return has_role(person, *ABOUT_A_CLASS, school_class=school_class) or is_guardian_in(person, school_class)


def can_gather(person, school_class):
    """The class contact gathers the families of their class."""
    return contacts(person, school_class)


def can_organise(person, gathering):
    """The class contact organises the class's gatherings, with the guardians who were asked to help."""
    return Gathering.objects.organised_by(person).filter(pk=gathering.pk).exists()


def can_change(person, gathering):
    """Whoever organises it; and the portal, which moves it along with what the school plans."""
    return is_portal(person) or can_organise(person, gathering)


def can_tie(person, gathering, school_event=None):
    """Whoever organises it ties it to what the school plans for that class, and to nothing else."""
    if school_event is not None:
        meant = SchoolEvent.objects.meant_for([gathering.school_class_id])
        if not meant.filter(pk=school_event.pk).exists():
            return False
    return can_organise(person, gathering)


def can_organise_home(person, gathering, household):
    """Organisers reach out to the homes of their own class, and to no other."""
    return can_organise(person, gathering) and _lives_in_class(household, gathering)


def can_help(person, gathering, person_asked):
    """The class contact asks a guardian in the same class to help, provided that guardian may read about every home in
    it; a helper does not ask others."""
    may_read = Gathering.objects.helpable_by(person_asked).filter(pk=gathering.pk)
    return can_gather(person, gathering.school_class) and may_read.exists()


def can_let_go(person, helper):
    """The class contact can end the help, and so can the helper."""
    return helper.person_id == person.pk or can_gather(person, helper.gathering.school_class)


def can_answer(person, gathering, household):
    """A guardian of a child in the class answers for their own home, and for no other."""
    return person.household_id == household.pk and _relations(gathering).filter(guardian_id=person.pk).exists()


def can_mute(person, gathering):
    """A guardian of a child in the class decides for themselves whether they are reminded."""
    return _relations(gathering).filter(guardian_id=person.pk).exists()


def can_answer_in_detail(person, gathering, household, pupils):
    """Guardians give the details of their home's answer, and name only their own children in the class."""
    own = set(_relations(gathering).filter(guardian_id=person.pk).values_list("pupil", flat=True))
    return can_answer(person, gathering, household) and {pupil.pk for pupil in pupils} <= own


def only_the_clock(person, gathering):
    """Only the clock does this."""
    return is_portal(person)


def _lives_in_class(household, gathering):
    return _relations(gathering).filter(guardian__household=household).exists()


def _relations(gathering):
    return GuardianRelation.objects.live().in_class(gathering.school_class_id)
