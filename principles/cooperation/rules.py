"""Who asks once a year, and who answers. Each docstring is the reason."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Person, Role, School
from portal.people.rules import LEADERS, has_role, is_portal, leads
from principles.cooperation.models import CooperationSurvey


@for_whom(_("the school board, the principal and the deputy"))
def askers(person):
    """The board and the leaders ask, and read the totals."""
    return has_role(person, *KINDS_OF[askers])


KINDS_OF[askers] = (Role.Kind.BOARD_MEMBER, *LEADERS)


def can_ask(person: Person, school: School) -> bool:
    """The board, or the head for it, asks the parents and the staff of its own school."""
    return has_role(person, Role.Kind.BOARD_MEMBER, school=school) or leads(person, school)


def can_answer_as_home(person: Person, asked) -> bool:
    """A guardian of a child at the school answers for their own home, once."""
    return CooperationSurvey.objects.for_home_of(person).filter(pk=asked.pk).exists()


def can_answer_at_work(person: Person, asked) -> bool:
    """Whoever works at the school answers for themselves, once."""
    return CooperationSurvey.objects.for_worker(person).filter(pk=asked.pk).exists()


def only_the_clock_closes(person: Person, asked) -> bool:
    """It closes on its day: nobody chooses a moment at which the answers look good."""
    return is_portal(person)
