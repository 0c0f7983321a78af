"""The papers of an appeal, in the language that the class asked for: what it wrote, what is said of it, the outcome."""

from django.utils import translation
from django.utils.translation import gettext as _

from grants.letters import paper_of
from grants.models import Appeal, ReasonsDemand
from grants.models.appeals import BY_THE_BODY, State
from portal.speech import dated


def appeal_papers(appeal: Appeal) -> list[dict]:
    """Each with its key, what is said, and when it was written; the oldest first."""
    with translation.override(appeal.application.reply_language):
        papers = [_appeal(appeal)]
        for number, said in enumerate([*appeal.rounds.all(), appeal], start=1):
            state = State(appeal.state) if said is appeal else State.SENT_BACK
            papers += [_statement(said, state, number), _outcome(said, state, number)]
    return [paper for paper in papers if paper]


def _key(kind, number):
    """The first keeps its name when another follows."""
    return kind if number == 1 else f"{kind}-{number}"


def reasons_paper(demand: ReasonsDemand) -> dict:
    application = demand.decision.application
    with translation.override(application.reply_language):
        part = _part(_("Why it was decided so"), demand.reasons)
        return _paper("reasons", application, _("Reasons for the decision"), demand.given_at, [part], demand.given_by)


def _appeal(appeal):
    parts = [
        _part(_("What is appealed"), appeal.what),
        _part(_("What the class wants changed"), appeal.change),
        _part(_("Why"), appeal.why),
        _part(_("Why it comes after the last day"), appeal.why_late),
    ]
    return _paper("appeal", appeal.application, _("Appeal"), appeal.sent_at, parts, appeal.by)


def _statement(said, state, number):
    if not said.statement:
        return None
    titles = {
        State.IN_FAVOUR: _("The decision is changed after your appeal"),
        State.DISMISSED: _("Your appeal came too late and is not taken up"),
    }
    sent_on = _("Your appeal is sent on to %(body)s") % {"body": said.application.scheme.appeal_body}
    part = _part(_("What we say of the appeal"), said.statement)
    key, title = _key("statement", number), titles.get(state, sent_on)
    return _paper(key, said.application, title, said.reviewed_at, [part], said.reviewed_by)


def _outcome(said, state, number):
    if not said.outcome:
        return None
    titles = {
        State.UPHELD: _("The decision stands"),
        State.CHANGED: _("The appeal body has changed the decision"),
    }
    title = titles.get(state, _("The appeal is sent back, to be looked at again"))
    body = _("Decided by %(body)s on %(day)s.") % {
        "body": said.application.scheme.appeal_body,
        "day": dated(said.decided_on),
    }
    final = _("The appeal body's decision is final.") if state in BY_THE_BODY[:2] else ""
    parts = [_part(_("Why"), body, said.outcome, final)]
    return _paper(_key("outcome", number), said.application, title, said.recorded_at, parts, said.recorded_by)


def _part(heading, *lines):
    return {"heading": str(heading), "lines": [line for line in lines if line], "items": []}


def _paper(key, application, title, at, parts, by):
    return {"key": key, "at": at, "content": paper_of(application, title, at, parts, [by.full_name])}
