"""Letters are printed, and the office writes down what a home answers."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext_lazy

from networks.actions.answers import NOT_OPEN, refuse_begun, write_answer
from networks.letters import rules
from networks.letters.homes import paper_page, stage_of
from networks.models import Gathering, NotNow, PrintedLetter, Rsvp, ToldInPerson
from networks.models.letters import hash_of, secret_code
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Household, Person
from portal.people.queries import Family

NOT_KNOWN = NotNow(
    gettext_lazy("There is nothing to print: the families know of no such gathering, or it has been held.")
)


class NothingToPrint(NotNow):
    words = gettext_lazy(
        "There is no letter to print: they have answered, or a message reaches them, or it is printed."
    )


@dataclass(frozen=True)
class Printed:
    """What one letter is made of. The code stands here and on the paper, and is kept nowhere."""

    family: Family
    code: str = field(repr=False)


@action(
    may=rules.can_print_letters,
    claims=Gathering.objects.known_at_home,
    gone=NOT_KNOWN,
    records="networks.letter_printed",
    refuses=(NotNow, NothingToPrint),
)
def print_letters(gathering: Gathering, *, by: Person) -> list[Printed]:
    """A letter for each home of the class that no message reaches and that has no letter which is still right, also when
    it has answered and everyone else was told of a change since: an invitation, a question when it suits, or word that
    it is off. Letters of protected families are not among them: the office prints each by itself. Refused when there is
    none to print, and once it has begun or nobody is asked any more."""
    families = [home.family for home in paper_page(gathering, by).homes if home.is_due]
    letters = _printed(gathering, families, by=by)
    record("networks.letter_printed", gathering, by=by, homes=[family.household_id for family in families])
    return letters


@action(
    may=rules.can_print_letter,
    claims=Gathering.objects.known_at_home,
    gone=NOT_KNOWN,
    records="networks.letter_printed",
    refuses=(NotNow, NothingToPrint),
)
def print_letter(gathering: Gathering, *, by: Person, household: Household) -> list[Printed]:
    """A letter for one home, or a new one: the code of an earlier letter is dead then. Refused when the home has answered
    and nothing has changed since, or a message reaches it."""
    homes = paper_page(gathering, by).homes
    families = [home.family for home in homes if home.household_id == household.pk and home.can_be_printed]
    letters = _printed(gathering, families, by=by)
    record("networks.letter_printed", gathering, by=by, homes=[household.pk])
    return letters


@action(
    may=rules.can_answer_for,
    claims=Gathering.objects.published,
    gone=NOT_OPEN,
    records="networks.gathering_answered",
    refuses=(NotNow,),
)
def answer_by_office(gathering: Gathering, *, by: Person, household: Household, answer: str) -> Rsvp:
    """Record what a home said that no message reaches; the home sees that the office recorded it, and can change it.
    Refused once the gathering has started or is cancelled, when a message reaches the home, and when it has said yes or
    no itself in the meantime."""
    if household.pk not in {home.household_id for home in paper_page(gathering, by).homes}:
        raise NotNow(gettext_lazy("A message reaches this family now, so it answers itself."))
    rsvp, is_news = write_answer(gathering, household, answer, by=by, on_behalf=True, by_office=True)
    if is_news:
        told = {"answer": rsvp.answer, "on_behalf": True, "by_office": True}
        record("networks.gathering_answered", gathering, by=by, household=household.pk, **told)
    return rsvp


@action(
    may=rules.can_print_letter,
    claims=lambda: Gathering.objects.off().upcoming(),
    gone=NotNow(gettext_lazy("It is not called off, or it would have been over by now.")),
    records="networks.told_in_person",
    refuses=(NotNow,),
)
def note_told(gathering: Gathering, *, by: Person, household: Household) -> None:
    """Write down that a home that no message reaches has been told in person that it is off. Refused when it has been
    told, or need not be."""
    homes = paper_page(gathering, by).homes
    if not any(home.household_id == household.pk and home.can_be_printed for home in homes):
        raise NotNow(gettext_lazy("They have been told already, or a message reaches them now."))
    said = {"told_at": timezone.now(), "told_by": by}
    ToldInPerson.objects.update_or_create(gathering=gathering, household=household, defaults=said)
    record("networks.told_in_person", gathering, by=by, household=household.pk)


def _refuse_late(gathering):
    stage = stage_of(gathering)
    if stage == "invited":
        refuse_begun(gathering)
    if stage == "asked" and not gathering.poll.is_open():
        raise NotNow(gettext_lazy("The last day to answer has passed. They get a letter when a time is fixed."))
    if stage == "off" and gathering.is_over():
        raise NotNow(gettext_lazy("It would have been over by now."))


def _printed(gathering, families, *, by):
    _refuse_late(gathering)
    if not families:
        raise NothingToPrint
    printed, now = [Printed(family, secret_code()) for family in families], timezone.now()
    PrintedLetter.objects.bulk_create(
        [
            PrintedLetter(
                gathering=gathering,
                household_id=one.family.household_id,
                code_hash=hash_of(one.code),
                sequence=gathering.sequence,
                printed_at=now,
                printed_by=by,
            )
            for one in printed
        ],
        update_conflicts=True,
        unique_fields=["gathering", "household"],
        update_fields=["code_hash", "sequence", "printed_at", "printed_by"],
    )
    return printed
