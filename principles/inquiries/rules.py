"""Who asks, who answers, and who hands on. Each docstring is the reason, as the school would put it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Person, Role, School
from portal.people.rules import LEADERS, TEACHERS, has_role, is_guardian_of, is_portal, pupils
from principles.inquiries.models import Inquiry, places_at

WRITES_FROM = 15  # years: from this age a pupil asks by itself


@for_whom(_("teachers, after-school staff, the principal and the deputy"))
def answerers(person):
    """Those around the children, and the leaders of the school."""
    return has_role(person, *KINDS_OF[answerers])


KINDS_OF[answerers] = (*TEACHERS, Role.Kind.AFTER_SCHOOL, *LEADERS)


def writes_of_itself(person):
    """A pupil of 15 decides more by itself, and may ask without its guardians."""
    age = person.age_on(timezone.localdate())
    return age is not None and age >= WRITES_FROM and pupils(person)


def can_inquire(person: Person, pupil: Person, school: School) -> bool:
    """A guardian, or from 15 the pupil itself, asks the school where the child has a place today."""
    if not places_at(pupil, school).exists():
        return False
    return writes_of_itself(person) if person.pk == pupil.pk else is_guardian_of(person, pupil)


def can_send(person: Person, inquiry: Inquiry) -> bool:
    """Whoever wrote it, while they may ask about the child; and the clock, in the morning that they chose."""
    if not is_portal(person) and person.pk != inquiry.by_id:
        return False
    return can_inquire(inquiry.by, inquiry.pupil, inquiry.school)


def can_take_inquiry_back(person: Person, inquiry: Inquiry) -> bool:
    """What is only saved is the writer's own; the clock drops it when they may not ask about the child any more."""
    return is_portal(person) or person.pk == inquiry.by_id


def can_answer(person: Person, inquiry: Inquiry) -> bool:
    """Those it waits for; and the leaders of the school once the day has passed."""
    return Inquiry.objects.answerable_by(person).filter(pk=inquiry.pk).exists()


def can_hand_over(person: Person, inquiry: Inquiry, to: Person | None = None) -> bool:
    """Whoever may answer may hand it on, to one of the child's adults or to the management, and not to themselves."""
    return (to is None or to.pk != person.pk) and can_answer(person, inquiry)


def can_dispute(person: Person, inquiry: Inquiry) -> bool:
    """Whoever asked, while they may read of the child and it goes to that school."""
    own = Inquiry.objects.visible_to(person).filter(pk=inquiry.pk, by=person.pk)
    return own.exists() and places_at(inquiry.pupil_id, inquiry.school_id).exists()
