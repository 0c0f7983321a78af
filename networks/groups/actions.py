"""Every change to who is kept apart in groups. The history says of which class, and never who."""

from django.utils.translation import gettext_lazy as _

from networks.groups import rules
from networks.models import Apart
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Person, SchoolClass


class OneAndTheSame(Refusal):
    words = _("Choose two different pupils of the class.")


@action(may=rules.can_separate, claims=SchoolClass.objects.all, records="networks.kept_apart", refuses=(OneAndTheSame,))
def separate_pupils(school_class: SchoolClass, *, by: Person, one: Person, other: Person) -> None:
    """Never put these two into one group. Refused for one and the same pupil; said twice, it stands once."""
    pair = sorted({one.pk, other.pk})
    if len(pair) < 2:
        raise OneAndTheSame
    Apart.objects.get_or_create(school_class=school_class, one_id=pair[0], other_id=pair[1], defaults={"set_by": by})
    record("networks.kept_apart", school_class, by=by)


@action(may=rules.can_let_together, claims=Apart.objects.all, deletes=True, records="networks.let_together")
def let_together(apart: Apart, *, by: Person) -> None:
    """They may be in one group again; that they were kept apart is deleted."""
    school_class = apart.school_class
    apart.delete()
    record("networks.let_together", school_class, by=by)


@action(may=rules.only_the_clock, claims=SchoolClass.objects.all, records="networks.apart_forgotten")
def forget_apart(school_class: SchoolClass, *, by: Person) -> None:
    """When the school year is over, nobody needs to know it."""
    Apart.objects.filter(school_class=school_class).delete()
    record("networks.apart_forgotten", school_class, by=by)
