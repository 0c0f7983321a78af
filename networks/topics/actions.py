"""Every change to what families propose: made, supported, taken back, answered, run out, deleted."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.actions.gatherings import WrongTimes, draft_gathering
from networks.models import Experience, Gathering, NotNow, Proposal, Support
from networks.names.checking import IsItAName, NameInside, look_through_whole, refuse_names
from networks.rules import only_the_clock
from networks.topics import rules
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people.models import Household, Person, SchoolClass

State = Proposal.State
NOT_OPEN = NotNow(gettext_lazy("This has been answered, has run out or was taken back meanwhile."))


class TooMany(Refusal):
    """A home has proposed as much as others can keep up with."""


class ProposedAlready(Refusal):
    """The class is waiting for an answer about the same topic."""


@action(
    may=rules.can_propose,
    locks=lambda school_class, by: [Household.objects.filter(pk=by.household_id)],
    records="networks.proposal_made",
    refuses=(TooMany, ProposedAlready, NameInside, IsItAName),
)
def propose(
    school_class: SchoolClass,
    *,
    by: Person,
    kind: str,
    title: str = "",
    text: str = "",
    kit: str = "",
    is_named: bool = False,
    not_names: tuple[str, ...] | list[str] = (),
) -> Proposal:
    """Propose a gathering or a topic to the class: in one's own words, or one of the kits. Refused when the home has
    proposed too much lately, when that kit waits for an answer already, and while a child's name stands in it or may."""
    lately = timezone.now() - Proposal.OPEN_FOR
    of_home = Proposal.objects.filter(school_class=school_class, household=by.household_id, made_at__gt=lately)
    if of_home.count() >= Proposal.MOST:
        raise TooMany(
            _("Your home has proposed %(n)s things in a month. Support what others propose, or wait a little.")
            % {"n": Proposal.MOST}
        )
    words = {"kit": kit} if kit else {"title": title, "text": text}
    _name_nobody(school_class, by, f"{title}\n{text}", not_names)
    try:
        with transaction.atomic():
            proposal = Proposal.objects.create(
                school_class=school_class,
                household_id=by.household_id,
                made_by=by,
                kind=kind,
                is_named=is_named,
                **words,
            )
    except IntegrityError as twice:
        raise ProposedAlready(_("Somebody has just proposed the same topic. Support that one.")) from twice
    Support.objects.create(proposal=proposal, household_id=by.household_id)
    record("networks.proposal_made", proposal, by=by)
    return proposal


@action(
    may=rules.can_support,
    claims=Proposal.objects.open,
    gone=NOT_OPEN,
    records="networks.proposal_supported",
)
def support(proposal: Proposal, *, by: Person) -> None:
    """Say that one's home would like it too. Pressed twice it counts once. Refused when it is no longer open."""
    _support, is_new = Support.objects.get_or_create(proposal=proposal, household_id=by.household_id)
    if is_new:
        record("networks.proposal_supported", proposal, by=by)


@action(
    may=rules.can_support,
    claims=Proposal.objects.open,
    gone=NOT_OPEN,
    records="networks.proposal_support_ended",
    refuses=(NotNow,),
)
def take_back(proposal: Proposal, *, by: Person) -> None:
    """Take back what one's home has said. Its own words go with it; a kit that other homes support stays with them,
    without its name. Refused when the home had said nothing."""
    is_own = proposal.is_own(by)
    homes = {by.household_id, proposal.household_id} if is_own else {by.household_id}
    taken, _rows = Support.objects.filter(proposal=proposal, household__in=homes).delete()
    if not taken:
        raise NotNow(_("Your home does not support this, so there is nothing to take back."))
    if is_own:
        proposal.is_named = False
    if (is_own and not proposal.kit) or not proposal.supports.exists():
        proposal.state = State.TAKEN_BACK
    proposal.save(update_fields=["is_named", "state"])
    record("networks.proposal_support_ended", proposal, by=by)


@action(
    may=rules.can_answer_proposal,
    claims=Proposal.objects.open,
    gone=NOT_OPEN,
    records="networks.proposal_answered",
    refuses=(NameInside, IsItAName),
)
def answer_proposal(
    proposal: Proposal, *, by: Person, state: str, answer: str, not_names: tuple[str, ...] | list[str] = ()
) -> None:
    """Say in words that it is taken up, or not now; the class sees the answer and the proposer is told. Refused when it
    is no longer open, and while a child's name stands in the answer or may."""
    _name_nobody(proposal.school_class, by, answer, not_names)
    _settle(proposal, by, state, answer)
    record("networks.proposal_answered", proposal, by=by)


@action(
    may=rules.can_gather_for,
    claims=Proposal.objects.open,
    gone=NOT_OPEN,
    records="networks.proposal_answered",
    refuses=(WrongTimes,),
)
def gather_for(proposal: Proposal, *, by: Person, **gathering: object) -> Gathering:
    """Take it up by planning a gathering for it, which is a draft. Refused when it is no longer open, and when the times
    do not fit together."""
    draft = draft_gathering(proposal.school_class, by=by, **gathering)
    _settle(proposal, by, State.TAKEN_UP, "", draft)
    record("networks.proposal_answered", proposal, by=by)
    return draft


@action(
    may=only_the_clock,
    claims=lambda: Proposal.objects.due_to_run_out(timezone.now()),
    gone=NOT_OPEN,
    records="networks.proposal_ran_out",
)
def run_out(proposal: Proposal, *, by: Person) -> None:
    """Nobody has answered in time: say so, to the class and to those it concerns. Refused before it is time."""
    proposal.state = State.RAN_OUT
    proposal.save(update_fields=["state"])
    record("networks.proposal_ran_out", proposal, by=by)


@action(may=rules.can_offer_experience, claims=SchoolClass.objects.all, records="networks.experience_offered")
def offer_experience(school_class: SchoolClass, *, by: Person, kit: str, is_offered: bool) -> None:
    """Stand among those who are glad to be called about a topic, or no longer."""
    offered = Experience.objects.filter(school_class=school_class, person=by, kit=kit)
    if is_offered == offered.exists():
        return
    if is_offered:
        Experience.objects.create(school_class=school_class, person_id=by.pk, kit=kit)
    else:
        offered.delete()
    record("networks.experience_offered", school_class, by=by, offered=is_offered)


@action(
    may=only_the_clock,
    claims=SchoolClass.objects.all,
    records="networks.proposals_forgotten",
    refuses=(NotNow,),
)
def forget_proposals(school_class: SchoolClass, *, by: Person) -> None:
    """When the school year is over, nobody needs to know who proposed or offered what: delete it. Refused the second time."""
    gone, _rows = Proposal.objects.filter(school_class=school_class).delete()
    offers, _rows = Experience.objects.filter(school_class=school_class).delete()
    if not gone + offers:
        raise NotNow(_("This has been deleted already."))
    record("networks.proposals_forgotten", school_class, by=by)


def _name_nobody(school_class, by, text, not_names):
    refuse_names(look_through_whole([school_class], by, text), not_names)


def _settle(proposal, by, state, answer, gathering=None):
    proposal.state, proposal.answer, proposal.gathering = state, answer, gathering
    proposal.answered_by, proposal.answered_at = by, timezone.now()
    proposal.save(update_fields=["state", "answer", "gathering", "answered_by", "answered_at"])
