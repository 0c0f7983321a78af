"""Who hears of a proposal: those who answer it, and whoever made it."""

from django.conf import settings
from django.utils.translation import gettext as _

from networks.models import Proposal
from networks.topics.kits import title_of
from networks.topics.queries import answerers_of, named
from networks.topics.rules import can_answer_proposal, can_propose
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.speech import day

State = Proposal.State


def those_who_answer(event):
    """Except whoever proposed it."""
    proposal = Proposal.objects.filter(pk=event.subject_id).select_related("school_class").first()
    return [one for one in answerers_of(proposal.school_class) if one.pk != proposal.made_by_id] if proposal else []


def the_proposer(event):
    """Not one whose home has taken its part back."""
    proposal = Proposal.objects.filter(pk=event.subject_id).select_related("school_class").first()
    return [proposal.made_by] if proposal and _still_wants(proposal.made_by, proposal) else []


def both(event):
    return [*the_proposer(event), *those_who_answer(event)]


def waits_for_the_recipient(notice):
    return notice.subject.is_open and can_answer_proposal(notice.recipient, notice.subject)


def is_still_the_proposer(notice):
    return _still_wants(notice.recipient, notice.subject)


def is_still_concerned(notice):
    return is_still_the_proposer(notice) or can_answer_proposal(notice.recipient, notice.subject)


@notice(
    "networks.proposal_made",
    on="networks.proposal_made",
    to=those_who_answer,
    category="tasks",
    wanted=waits_for_the_recipient,
)
def proposal_made(notice):
    proposal = notice.subject
    name = named(proposal, notice.recipient)
    return _letter(
        proposal,
        _("Proposed in %(class)s: %(title)s"),
        [
            _("%(name)s has proposed this to the class.") % {"name": name}
            if name
            else _("A family has proposed this to the class."),
            *([proposal.text] if proposal.text else []),
            _("Answer by %(day)s. Without an answer it runs out, and the class sees that.")
            % {"day": day(proposal.open_until)},
        ],
    )


@notice(
    "networks.proposal_answered",
    on="networks.proposal_answered",
    to=the_proposer,
    category="decisions",
    wanted=is_still_the_proposer,
)
def proposal_answered(notice):
    proposal = notice.subject
    if proposal.state == State.NOT_NOW:
        return _letter(proposal, _("Not now: %(title)s, proposed in %(class)s"), [proposal.answer])
    drafted = _("A gathering is being planned. You are invited like everyone else when the day is set.")
    return _letter(proposal, _("Taken up: %(title)s, proposed in %(class)s"), [proposal.answer or drafted])


@notice(
    "networks.proposal_ran_out", on="networks.proposal_ran_out", to=both, category="news", wanted=is_still_concerned
)
def proposal_ran_out(notice):
    proposal = notice.subject
    lines = [_("Nobody has answered in thirty days, so it has run out. The class sees that.")]
    if is_still_the_proposer(notice):
        lines.append(_("You are welcome to propose it again."))
    return _letter(proposal, _("No answer came: %(title)s, proposed in %(class)s"), lines)


def _still_wants(person, proposal):
    supports = proposal.supports.filter(household=proposal.household_id)
    return person.pk == proposal.made_by_id and can_propose(person, proposal.school_class) and supports.exists()


def _letter(proposal, subject, lines):
    return Letter(
        subject=subject % {"title": title_of(proposal), "class": proposal.school_class.name},
        lines=lines,
        buttons=(Button(_("See what is proposed"), settings.SITE_URL + proposal.get_absolute_url()),),
    )
