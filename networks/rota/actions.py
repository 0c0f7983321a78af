"""Every change to whose turn it is. The history says that a home answered, and never what."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.models import Gathering, Helper, NotNow, Turn
from networks.rota import rules
from networks.rota.halves import half_today, last_half
from networks.rota.line import new_turns, next_in_line
from portal.actions import action
from portal.ledger.record import record
from portal.people.models import Cohort, GuardianRelation, Person, SchoolClass, the_portal

ANSWERED = NotNow(gettext_lazy("This has been answered or moved meanwhile."))


def _cohort(subject):
    return Cohort.objects.filter(pk=subject.cohort_id)


@action(
    may=rules.can_draw_rota,
    claims=SchoolClass.objects.current,
    gone=NotNow(gettext_lazy("This class is not of the present school year.")),
    locks=lambda school_class: _cohort(school_class),
    records="networks.rota_drawn",
    refuses=(NotNow,),
)
def draw_rota(school_class: SchoolClass, *, by: Person) -> int:
    """Give every home without a turn one, by lot; what is planned stays. Nobody is told. Refused for a class of no
    cohort, and when every home has a turn or the class leaves school first."""
    if school_class.cohort_id is None:
        raise NotNow(_("The school has not said which class this one was last year, so turns cannot follow it."))
    turns = new_turns(school_class)
    if not turns:
        raise NotNow(_("There is no turn to draw."))
    Turn.objects.bulk_create(turns)
    record("networks.rota_drawn", school_class, by=by)
    return len(turns)


@action(
    may=rules.can_ask_turn,
    claims=Turn.objects.planned,
    gone=ANSWERED,
    locks=_cohort,
    records="networks.turn_asked",
)
def ask_home(turn: Turn, *, by: Person) -> None:
    """Ask the home whether it takes its turn: one message to its adults. Refused when it has been asked."""
    turn.state, turn.asked_at = Turn.State.ASKED, timezone.now()
    turn.save(update_fields=["state", "asked_at"])
    record("networks.turn_asked", turn, by=by)


@action(
    may=rules.can_arrange_turn,
    claims=Turn.objects.may_still_move,
    gone=ANSWERED,
    locks=_cohort,
    records="networks.turn_moved",
    refuses=(NotNow,),
)
def move_turn(turn: Turn, *, by: Person, half: int) -> None:
    """Plan the home's turn for another half-year, also when it has been asked; it is asked anew there. Refused for a
    half-year that is over, or after the class has left school."""
    school_class = turn.class_today
    if school_class is None or not half_today(school_class) <= half <= last_half(school_class):
        raise NotNow(_("Choose a half-year that is to come."))
    if half == turn.half:
        return
    try:
        with transaction.atomic():
            turn.half, turn.state, turn.asked_at, turn.answered_by = half, Turn.State.PLANNED, None, None
            turn.save(update_fields=["half", "state", "asked_at", "answered_by"])
    except IntegrityError as twice:
        raise NotNow(_("This home has another turn to come. Move that one.")) from twice
    record("networks.turn_moved", turn, by=by)


@action(
    may=rules.can_answer_turn,
    claims=Turn.objects.may_still_answer,
    gone=ANSWERED,
    locks=_cohort,
    records="networks.turn_answered",
    refuses=(NotNow,),
)
def answer_turn(turn: Turn, *, by: Person, is_accepted: bool) -> None:
    """Take the turn, or pass it once, without a reason, also after a yes: then the next in line is asked, and the home
    comes where that one was. Refused when the half-year is over, and the second time that a home passes."""
    school_class = turn.class_today
    if school_class is None or turn.half < half_today(school_class):
        raise NotNow(_("This half of the year is over."))
    if is_accepted:
        turn.state, turn.answered_by = Turn.State.ACCEPTED, by
        turn.save(update_fields=["state", "answered_by"])
    else:
        _pass(turn, school_class)
    record("networks.turn_answered", turn, by=by)


def _pass(turn, school_class):
    if turn.has_passed_before:
        raise NotNow(_("A home can pass once. Call the class contact, who finds another half-year with you."))
    following = next_in_line(turn, school_class)
    later = following.half if following else turn.half + 1
    turn.state, turn.answered_by = Turn.State.PASSED, None
    turn.save(update_fields=["state", "answered_by"])
    if not Turn.objects.waiting().filter(cohort=turn.cohort_id, household=turn.household_id).exists():
        Turn.objects.create(cohort_id=turn.cohort_id, household_id=turn.household_id, half=later)
    if following:
        Turn.objects.filter(pk=following.pk).update(half=turn.half)
        ask_home(following, by=the_portal())


@action(
    may=rules.can_begin_turn,
    claims=Turn.objects.to_begin,
    gone=ANSWERED,
    locks=lambda turn, gathering: [gathering],
    records="networks.turn_begun",
)
def begin_turn(turn: Turn, *, by: Person, gathering: Gathering) -> None:
    """Whoever said yes for the home helps to organise the gathering of that half-year, provided that they may read about
    every home; a class contact organises it anyway."""
    person = turn.answered_by
    if person and Gathering.objects.helpable_by(person).filter(pk=gathering.pk).exists():
        Helper.objects.get_or_create(gathering=gathering, person=person)
    turn.gathering = gathering
    turn.save(update_fields=["gathering"])
    record("networks.turn_begun", gathering, by=by, helper=turn.answered_by_id)


@action(
    may=rules.only_the_clock,
    claims=SchoolClass.objects.current,
    gone=NotNow(gettext_lazy("This class is not of the present school year.")),
    locks=lambda school_class: _cohort(school_class),
    records="networks.turns_freed",
    refuses=(NotNow,),
)
def free_turns(school_class: SchoolClass, *, by: Person) -> None:
    """A home that has left the class frees its place, and is asked no more. Refused when none has."""
    classes = SchoolClass.objects.current().filter(cohort=school_class.cohort_id)
    here = GuardianRelation.objects.live().in_classes(classes).homes()
    left = Turn.objects.filter(cohort=school_class.cohort_id, gathering=None, half__gte=half_today(school_class))
    gone, _rows = left.exclude(state=Turn.State.PASSED).exclude(household__in=here).delete()
    if not gone:
        raise NotNow(_("Nobody has left."))
    record("networks.turns_freed", school_class, by=by)


@action(may=rules.only_the_clock, claims=SchoolClass.objects.all, records="networks.turns_forgotten", refuses=(NotNow,))
def forget_turns(school_class: SchoolClass, *, by: Person) -> None:
    """When a class has left school, nobody needs to know whose turn it was. Refused the second time."""
    gone, _rows = Turn.objects.filter(cohort=school_class.cohort_id).delete()
    if not gone:
        raise NotNow(gettext_lazy("This has been deleted already."))
    record("networks.turns_forgotten", school_class, by=by)
