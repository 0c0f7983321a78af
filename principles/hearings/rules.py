"""Who prepares a hearing, who answers, and who replies. Each docstring is the reason, as the school would put it."""

from portal.people.models import Person
from portal.people.rules import has_role, is_portal, runs_office
from principles.hearings.models import Alternative, Hearing, Theme
from principles.hearings.voices import council_pupils
from principles.moves import State
from principles.rules import can_move


def can_prepare(person: Person, version) -> bool:
    """Whoever decides in the country what the text goes on to. What all schools share is heard at none of them."""
    return version.principle.school_id is not None and can_move(person, version, State.HEARING)


def can_call_off(person: Person, hearing: Hearing) -> bool:
    """Whoever decides that it is sent out may call it off before it opens."""
    return can_move(person, hearing.version, State.READING)


def can_close(person: Person, hearing: Hearing) -> bool:
    """The reply is the board's, or the head's where the country leaves the text to the school."""
    return can_move(person, hearing.version, State.ADOPTION)


def can_arrange(person: Person, hearing: Hearing) -> bool:
    """Those who write the school's texts arrange the hearing, sort the answers and write the replies."""
    if is_portal(person):
        return True
    return runs_office(person, hearing.school) or has_role(person, "board_member", school=hearing.school)


def can_name(person: Person, hearing: Hearing, pupils: list[Person] = ()) -> bool:
    """Those who keep the school's pupils in order name the council, and nobody of the board: it would read who goes to the
    school. The council is of pupils who have a place there and are old enough to sign in."""
    if not (is_portal(person) or runs_office(person, hearing.school)):
        return False
    named = {one.pk for one in pupils}
    return council_pupils(hearing, person).filter(pk__in=named).count() == len(named)


def can_sort(person: Person, hearing: Hearing, theme: Theme | None = None) -> bool:
    """An answer is put under a theme of the same hearing."""
    return can_arrange(person, hearing) and (theme is None or theme.hearing_id == hearing.pk)


def can_arrange_its(person: Person, part: Theme | Alternative) -> bool:
    """A theme belongs to its hearing."""
    return can_arrange(person, part.hearing)


def can_be_heard(person: Person, hearing: Hearing) -> bool:
    """Parents of a child at the school, its staff, its pupil council and the class contacts, each where they are asked."""
    return Hearing.objects.asking(person).filter(pk=hearing.pk).exists()
