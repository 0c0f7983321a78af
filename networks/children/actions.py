"""Every step of asking the children of a class. Ideas and votes are silent: nobody can find out whose they are."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.actions.gatherings import WrongTimes, draft_gathering
from networks.children import rules
from networks.models import ClassIdea, ClassVote, Gathering, NotNow
from networks.names.checking import IsItAName, NameInside, look_through, look_through_whole, refuse_names
from networks.rules import only_the_clock
from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import protection
from portal.people.models import Person, SchoolClass

GONE = NotNow(gettext_lazy("This is over. Ask your teacher what comes next."))
STEP = NotNow(gettext_lazy("This has gone a step further meanwhile. Open it again to see how it stands."))


class AskedAlready(Refusal):
    words = gettext_lazy("The class is being asked already. Bring that to an end first.")


@action(may=rules.can_ask_children, records="networks.children_asked", refuses=(AskedAlready,))
def ask_children(school_class: SchoolClass, *, by: Person) -> ClassVote:
    """Open the idea box of the class, with a code that works for some hours. Refused while it is asked already."""
    vote = ClassVote(school_class=school_class)
    vote.renew_code()
    try:
        with transaction.atomic():
            vote.save()
    except IntegrityError as twice:
        raise AskedAlready from twice
    record("networks.children_asked", vote, by=by)
    return vote


@action(
    may=rules.can_leave_idea,
    claims=ClassVote.objects.collecting,
    gone=GONE,
    records="networks.idea_left",
    refuses=(NotNow, NameInside, IsItAName),
    silent=True,
)
def leave_idea(vote: ClassVote, *, by: Person, text: str, not_names: tuple[str, ...] | list[str] = ()) -> None:
    """Put an idea into the box. Nothing says whose it is. Refused when the box is full, and while a child's name stands in
    the idea or may."""
    refuse_names(look_through([vote.school_class], by, text), not_names)
    if vote.ideas.count() >= ClassVote.MOST_IDEAS:
        raise NotNow(_("The box is full. Your class has had many good ideas!"))
    ClassIdea.objects.create(vote=vote, text=text)


@action(may=rules.can_lead, claims=ClassVote.objects.under_way, gone=STEP, records="networks.code_renewed")
def renew_code(vote: ClassVote, *, by: Person) -> None:
    """A new code for some hours, or a new slip for each child who has not voted; those before work no longer."""
    if vote.takes_votes:
        vote.deal_ballots()
    else:
        vote.renew_code()
    vote.save(update_fields=["code", "code_until"])
    record("networks.code_renewed", vote, by=by)


@action(
    may=rules.can_lead,
    claims=ClassVote.objects.collecting,
    gone=STEP,
    records="networks.class_vote_opened",
    refuses=(NotNow, NameInside, IsItAName),
)
def open_vote(
    vote: ClassVote,
    *,
    by: Person,
    options: list[str],
    children: int | None = None,
    not_names: tuple[str, ...] | list[str] = (),
) -> None:
    """Let the children vote on three or four ideas; the other ideas are deleted. Each of the `children` who are there gets
    a slip for one vote, of nobody in particular; unsaid, each child of the class. Refused with fewer ideas or more, for
    more children than there are in the class, and while a child's name stands in an idea or may."""
    in_class = vote.school_class.enrolments.current().count()
    if children is not None and not 1 <= children <= in_class:
        raise NotNow(_("There are %(n)s children in the class. Say how many of them are here.") % {"n": in_class})
    if not ClassVote.LEAST <= len(options) <= ClassVote.MOST_OPTIONS:
        raise NotNow(_("Choose three or four ideas to vote on."))
    refuse_names(look_through_whole([vote.school_class], by, "\n".join(options)), not_names)
    vote.ideas.all().delete()
    ClassIdea.objects.bulk_create(ClassIdea(vote=vote, text=text, is_option=True) for text in options)
    vote.state, vote.most = ClassVote.State.VOTE, in_class if children is None else children
    vote.deal_ballots()
    vote.save(update_fields=["state", "most", "code", "code_until"])
    record("networks.class_vote_opened", vote, by=by)


@action(
    may=rules.only_with_the_code,
    claims=ClassVote.objects.voting,
    gone=GONE,
    records="networks.class_vote_cast",
    refuses=(NotNow,),
    silent=True,
)
def cast_vote(vote: ClassVote, *, by: Person, idea: ClassIdea, code: str) -> None:
    """Count one vote for the slip with this code, and delete the slip. Refused without a slip that works: one that has
    voted does not."""
    option = vote.options().filter(pk=idea.pk).first()
    if option is None or not vote.code_works:
        raise GONE
    if not vote.ballots.filter(code=code).delete()[0]:
        raise NotNow(_("This slip has voted already, or works no longer. Ask your teacher."))
    option.votes += 1
    option.save(update_fields=["votes"])
    vote.cast += 1
    vote.save(update_fields=["cast"])


@action(may=rules.can_lead, claims=ClassVote.objects.under_way, gone=STEP, records="networks.class_vote_closed")
def close_vote(vote: ClassVote, *, by: Person) -> None:
    """End it: no code works any longer, and the class reads what the children chose."""
    vote.ballots.all().delete()
    vote.state, vote.code, vote.code_until = ClassVote.State.CLOSED, "", None
    vote.save(update_fields=["state", "code", "code_until"])
    record("networks.class_vote_closed", vote, by=by)


@action(
    may=rules.can_choose_committee,
    claims=ClassVote.objects.all,
    records="networks.committee_chosen",
    refuses=(NotNow,),
)
def choose_committee(vote: ClassVote, *, by: Person, pupils: list[Person]) -> None:
    """Say which children plan along; their class reads first names. Refused for a child whose name others must not
    read."""
    if protection.covered_among([pupil.pk for pupil in pupils]):
        raise NotNow(_("One of these children cannot stand in a list. Choose somebody else."))
    vote.committee.set(pupils)
    record("networks.committee_chosen", vote, by=by)


@action(
    may=rules.can_gather_from,
    claims=ClassVote.objects.closed,
    gone=STEP,
    records="networks.chosen_gathered",
    refuses=(WrongTimes,),
)
def gather_from(vote: ClassVote, *, by: Person, **gathering: object) -> Gathering:
    """Plan the gathering that the children chose, as a draft. Refused when the times do not fit together."""
    draft = draft_gathering(vote.school_class, by=by, **gathering)
    vote.gathering = draft
    vote.save(update_fields=["gathering"])
    record("networks.chosen_gathered", vote, by=by)
    return draft


@action(
    may=only_the_clock,
    claims=ClassVote.objects.all,
    gone=STEP,
    deletes=True,
    records="networks.class_vote_forgotten",
)
def forget_vote(vote: ClassVote, *, by: Person) -> None:
    """When the school year is over, delete what the children wrote and who planned along."""
    school_class = vote.school_class
    vote.delete()
    record("networks.class_vote_forgotten", school_class, by=by)
