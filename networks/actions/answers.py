"""Every change to what homes answer, and to who has been contacted."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks import rules
from networks.models import (
    Activity,
    Contact,
    Gathering,
    Invitation,
    Lift,
    Mute,
    NotNow,
    Place,
    PrintedLetter,
    Rsvp,
    ToldInPerson,
)
from networks.queries import guest, line_of, reminded, silent_homes
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Household, Person
from portal.people.queries import families_of

SAME_CALL = timedelta(minutes=1)
TURN = ("turn_at", "turn_until")
NOT_OPEN = NotNow(gettext_lazy("This gathering is not open for answers."))


@action(may=rules.can_answer, claims=Gathering.objects.published, gone=NOT_OPEN, records="networks.gathering_answered")
def answer(gathering: Gathering, *, by: Person, household: Household, answer: str, lent: bool = False) -> Rsvp:
    """One tap answers for the whole home, and the latest counts. Whoever says yes when it is full stands on the waiting
    list. By a `lent` link it was somebody of another home who tapped, and the home is told. Refused once the gathering
    has started or is cancelled."""
    rsvp, is_news = write_answer(gathering, household, answer, by=by, on_behalf=False)
    if is_news:
        record("networks.gathering_answered", gathering, by=by, household=household.pk, answer=rsvp.answer, lent=lent)
    return rsvp


@action(
    may=rules.can_answer,
    claims=Gathering.objects.published,
    gone=NOT_OPEN,
    records="networks.answer_undone",
    refuses=(NotNow,),
)
def undo_answer(gathering: Gathering, *, by: Person, household: Household) -> Rsvp | None:
    """Take the latest tap back, whoever tapped: what the home had answered before holds again, or it has not answered.
    Who waited stands where it stood. Refused when more has been told since, when its place has been given on, and once
    the gathering has started."""
    rsvp = _open_rsvp(gathering, household)
    if not rsvp.before:
        raise NotNow(_("There is nothing to take back. You can still change the answer."))
    restored = None
    if rsvp.before == Rsvp.Answer.YES and not line_of(gathering).takes(rsvp):
        raise NotNow(_("Your place has been given on. Say yes, and you stand on the waiting list."))
    if rsvp.before not in (Rsvp.Answer.YES, Rsvp.Answer.MAYBE):
        _let_go(gathering, household)
    if rsvp.before == Rsvp.SILENT:
        rsvp.delete()
    else:
        rsvp.answer, rsvp.before, rsvp.answered_by = rsvp.before, "", by
        rsvp.on_behalf, rsvp.by_office, rsvp.answered_at = False, False, timezone.now()
        rsvp.turn_at, rsvp.turn_until = None, None
        said = ["answer", "before", "answered_by", "on_behalf", "by_office", "answered_at"]
        rsvp.save(update_fields=[*said, *TURN])
        restored = rsvp
    record("networks.answer_undone", gathering, by=by, household=household.pk)
    return restored


@action(may=rules.can_answer, claims=Gathering.objects.published, gone=NOT_OPEN, records="networks.answer_detailed")
def add_word(gathering: Gathering, *, by: Person, household: Household, message: str) -> Rsvp:
    """Whoever cannot come may say a word to the organisers. Refused before the home has answered, and once the gathering
    has started."""
    rsvp = _open_rsvp(gathering, household)
    rsvp.message, rsvp.before = message, ""
    rsvp.save(update_fields=["message", "before"])
    record("networks.answer_detailed", gathering, by=by, household=household.pk)
    return rsvp


@action(
    may=rules.can_answer_in_detail,
    claims=Gathering.objects.published,
    gone=NOT_OPEN,
    records="networks.answer_detailed",
)
def detail_answer(
    gathering: Gathering,
    *,
    by: Person,
    household: Household,
    adults: int,
    pupils: list[Person],
    siblings: int = 0,
    lift: str = Rsvp.Lift.NONE,
    seats: int = 0,
    area: str = "",
    food: str = "",
    minded: int = 0,
    minded_ages: str = "",
    message: str = "",
) -> Rsvp:
    """Say how many come, who needs a lift, what they eat, and how many children need somebody to mind them. A lift with
    too few seats for them comes to nothing, and both homes are told. To an evening of adults no child comes. Refused
    before the home has answered, once the gathering has started, and when there is no room for so many."""
    rsvp = _open_rsvp(gathering, household)
    pupils, siblings = ([], 0) if gathering.is_for_adults else (pupils, siblings)
    _refuse_too_many(gathering, rsvp, adults, pupils, siblings)
    offers = lift == Rsvp.Lift.OFFER
    if lift != rsvp.lift or (offers and seats < rsvp.given):
        Lift.objects.of_home(gathering, household.pk).end(household.pk)
    come = adults + len(pupils) + siblings
    Lift.objects.of_home(gathering, household.pk).filter(taker=household.pk, seats__lt=come).end()
    Rsvp.objects.filter(pk=rsvp.pk).update(
        adults=adults,
        siblings=siblings,
        lift=lift,
        seats=seats if offers else 0,
        area=area,
        food=food,
        minded=minded,
        minded_ages=minded_ages if minded else "",
        message=message,
        before="",
        answered_by=by,
        answered_at=timezone.now(),
    )
    rsvp.pupils.set(pupils)
    rsvp.refresh_from_db()
    record("networks.answer_detailed", gathering, by=by, household=household.pk)
    return rsvp


@action(
    may=rules.can_organise_home,
    claims=Gathering.objects.published,
    gone=NOT_OPEN,
    records="networks.gathering_answered",
)
def answer_on_behalf(gathering: Gathering, *, by: Person, household: Household, answer: str) -> Rsvp:
    """Record what a home said on the phone; the home sees who recorded it and can change it. Refused once the gathering
    has started or is cancelled, and when the home has said yes or no itself in the meantime; for one that waits, its yes
    is said again to take the place that is kept for it."""
    rsvp, is_news = write_answer(gathering, household, answer, by=by, on_behalf=True)
    if is_news:
        said = {"household": household.pk, "answer": rsvp.answer, "on_behalf": True}
        record("networks.gathering_answered", gathering, by=by, **said)
    return rsvp


@action(
    may=rules.can_organise_home, claims=Gathering.objects.all, records="networks.family_contacted", refuses=(NotNow,)
)
def log_contact(gathering: Gathering, *, by: Person, household: Household, kind: str, outcome: str) -> Contact:
    """Record that a home was contacted and what came of it. What they said is also their answer, so it is refused when
    the home has said yes or no itself in the meantime. Pressed twice, it was one call."""
    told = {"gathering": gathering, "household": household, "kind": kind, "outcome": outcome, "by": by}
    if pressed := Contact.objects.filter(**told, at__gt=timezone.now() - SAME_CALL).first():
        return pressed
    contact, is_news = Contact.objects.create(**told), False
    if outcome in ANSWERS:  # the home is told, as by `answer_on_behalf`
        rsvp, is_news = write_answer(gathering, household, ANSWERS[outcome], by=by, on_behalf=True)
        if outcome == Contact.Outcome.NEEDS_LIFT:
            Lift.objects.of_home(gathering, household.pk).filter(giver=household.pk).end()
            Rsvp.objects.filter(pk=rsvp.pk).update(lift=Rsvp.Lift.NEED, seats=0)
    record("networks.family_contacted", gathering, by=by, household=household.pk, outcome=outcome, on_behalf=is_news)
    return contact


ANSWERS = {
    Contact.Outcome.COMING: Rsvp.Answer.YES,
    Contact.Outcome.NOT_COMING: Rsvp.Answer.NO,
    Contact.Outcome.NEXT_TIME: Rsvp.Answer.NO,
    Contact.Outcome.THINKING: Rsvp.Answer.MAYBE,
    Contact.Outcome.NEEDS_LIFT: Rsvp.Answer.YES,
}


@action(may=rules.can_mute, claims=Gathering.objects.all, records="networks.gathering_muted")
def mute(gathering: Gathering, *, by: Person, muted: bool = True) -> None:
    """No more reminders about this gathering for this person, or again. Twice is once."""
    if muted:
        Mute.objects.get_or_create(gathering=gathering, person=by)
    else:
        Mute.objects.filter(gathering=gathering, person=by).delete()
    record("networks.gathering_muted", gathering, by=by, muted=muted)


@action(may=rules.can_organise, claims=Gathering.objects.all, records="networks.silent_reminded", refuses=(NotNow,))
def remind_silent(gathering: Gathering, *, by: Person) -> int:
    """Remind the homes without an answer now, except the organiser's own; returns how many can be reached. Refused when
    all have answered, when none can be reached, the second time, and when the clock has reminded them: after one
    reminder a call helps more."""
    silent = silent_homes(gathering, but_for=by.household_id)
    if not silent:
        raise NotNow(_("There is nobody else to reach."))
    homes = [family for family in silent.values() if family.reachable]
    if not homes:
        raise NotNow(_("No message reaches them. A call or a word at the school gate helps more now."))
    now, told = timezone.now(), reminded(gathering)
    homes = [family for family in homes if not told.intersection(adult.pk for adult in family.adults)]
    if not homes or gathering.is_reminded(now) or not gathering.is_published or gathering.starts_at <= now:
        raise NotNow(_("They have been reminded already. A call or a word at the school gate helps more now."))
    gathering.reminded_at = now
    gathering.save(update_fields=["reminded_at"])
    record("networks.silent_reminded", gathering, by=by, homes=len(homes))
    return len(homes)


@action(
    may=rules.only_the_clock,
    claims=lambda: Gathering.objects.filter(forgotten_at=None),
    gone=NotNow(gettext_lazy("This has been deleted already.")),
    records="networks.reaching_out_forgotten",
)
def forget_reaching_out(gathering: Gathering, *, by: Person) -> None:
    """Sixty days after the gathering, delete who was called or written to on paper, who wanted no reminders, what they
    eat and what they wrote. That a home was reached is kept, as a total. Refused the second time."""
    gathering.forgotten_at = timezone.now()
    gathering.save(update_fields=["forgotten_at"])
    Invitation.objects.filter(gathering=gathering).with_reach().filter(is_reached=True).update(reached=True)
    Contact.objects.filter(gathering=gathering).delete()
    PrintedLetter.objects.filter(gathering=gathering).delete()
    ToldInPerson.objects.filter(gathering=gathering).delete()
    Mute.objects.filter(gathering=gathering).delete()
    Activity.objects.filter(gathering=gathering).forget_leaders()
    Rsvp.objects.filter(gathering=gathering).update(food="", message="", minded_ages="", area="")
    record("networks.reaching_out_forgotten", gathering, by=by)


@action(may=rules.only_the_clock, claims=Gathering.objects.all, records="networks.answers_forgotten", refuses=(NotNow,))
def forget_answers(gathering: Gathering, *, by: Person) -> None:
    """When the school year is over, nobody needs to know who came: delete the answers. That a home answered is kept, as
    a total. Refused the second time."""
    if not Rsvp.objects.filter(gathering=gathering).exists():
        raise NotNow(_("This has been deleted already."))
    Invitation.objects.filter(gathering=gathering).with_reach().filter(is_reached=True).update(reached=True)
    Invitation.objects.filter(gathering=gathering, household__in=gathering.rsvps.values("household")).update(
        answered=True
    )
    Rsvp.objects.filter(gathering=gathering).delete()
    Place.objects.filter(item__gathering=gathering).let_go()
    Lift.objects.filter(gathering=gathering).delete()
    record("networks.answers_forgotten", gathering, by=by)


def write_answer(gathering, household, chosen, *, by, on_behalf, by_office=False):
    """The home's answer, and whether it is another than before: the same pressed again tells nobody."""
    refuse_begun(gathering)
    earlier = Rsvp.objects.filter(gathering=gathering, household=household).first()
    if on_behalf and earlier:
        _refuse_own_words(earlier, chosen)
    children = [] if earlier or gathering.is_for_adults else _children_of(gathering, household)
    if chosen == Rsvp.Answer.YES:
        chosen = _yes_or_wait(gathering, earlier, household, children)
    said = {"answer": chosen, "answered_by": by, "on_behalf": on_behalf, "by_office": by_office}
    stands = bool(earlier) and not earlier.has_missed()
    if stands and all(getattr(earlier, name) == value for name, value in said.items()):
        return earlier, False
    before = Rsvp.SILENT if earlier is None else earlier.before if earlier.answer == chosen else earlier.answer
    rsvp, made = Rsvp.objects.update_or_create(
        gathering=gathering,
        household=household,
        defaults={**said, "before": before, "answered_at": timezone.now(), **_place_in_line(earlier, chosen, stands)},
    )
    if chosen in (Rsvp.Answer.NO, Rsvp.Answer.WAITING):
        _let_go(gathering, household)
    if made:
        rsvp.pupils.set(children)
    if not on_behalf and household.food:
        _bring_food(rsvp, earlier, household.food)
    return rsvp, True


def _bring_food(rsvp, earlier, food):
    """What the home does not eat goes along with its first yes. What it has written for this gathering stands."""
    has_told = earlier and earlier.answer == Rsvp.Answer.YES
    if rsvp.answer == Rsvp.Answer.YES and not has_told and not rsvp.food:
        rsvp.food = food
        rsvp.save(update_fields=["food"])


def _refuse_own_words(earlier, chosen):
    """Whoever waits by its own word may be heard once more to take its place, and for nothing else."""
    takes_turn = earlier.is_waiting and chosen == Rsvp.Answer.YES
    if not takes_turn and Rsvp.objects.own_words().filter(pk=earlier.pk).exists():
        raise NotNow(_("This family has answered already. Look at the list before you change it."))


def _yes_or_wait(gathering, earlier, household, children):
    """Nobody who comes loses the place by saying so again."""
    if gathering.capacity is None or (earlier and earlier.answer == Rsvp.Answer.YES):
        return Rsvp.Answer.YES
    takes = line_of(gathering).takes(earlier or guest(household.pk, pupils=children))
    return Rsvp.Answer.YES if takes else Rsvp.Answer.WAITING


def _place_in_line(earlier, chosen, stands):
    """Who waits already stays where it is; who has missed its turn, or was not there, stands last. What was before a tap
    is kept as long as the tap can be taken back."""
    waited = bool(earlier) and earlier.is_waiting
    if waited and stands:
        since = earlier.waiting_since
        return {} if chosen == Rsvp.Answer.WAITING else {"waiting_since": since, "turn_at": None, "turn_until": None}
    since = timezone.now() if waited or chosen == Rsvp.Answer.WAITING else None
    return {"waiting_since": since, "turn_at": None, "turn_until": None}


def _refuse_too_many(gathering, rsvp, adults, pupils, siblings):
    if gathering.capacity is None:
        return
    line = line_of(gathering)
    before = line.of_home(rsvp.household_id)
    has_place = before and (not before.is_waiting or before.has_turn(line.now))
    wanted = guest(rsvp.household_id, adults=adults, siblings=siblings, pupils=pupils)
    if has_place and not line.fits(wanted, before=before):
        raise NotNow(_("There is no room for so many. Your earlier answer stands. Write fewer, or ask the organisers."))


def _children_of(gathering, household):
    for family in families_of(gathering.school_class):
        if family.household_id == household.pk:
            return family.pupils
    return []


def _open_rsvp(gathering, household):
    refuse_begun(gathering)
    rsvp = Rsvp.objects.filter(gathering=gathering, household=household).first()
    if rsvp is None:
        raise NotNow(_("First say whether you are coming."))
    return rsvp


def refuse_begun(gathering):
    if not gathering.is_published:
        raise NotNow(_("This gathering is not open for answers."))
    if not gathering.takes_answers():
        raise NotNow(_("This gathering has begun, so answers can no longer be changed here."))


def _let_go(gathering, household):
    """Whoever does not come, or waits for a place, brings nothing and takes nobody along."""
    Place.objects.of_home(gathering, household.pk).let_go()
    Lift.objects.of_home(gathering, household.pk).end(household.pk)
