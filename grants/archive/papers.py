"""The papers of every case: the application as it was sent, what was asked and answered, and each version of the
decision."""

from datetime import datetime, time
from functools import partial

from django.utils import translation
from django.utils.translation import gettext as _

from grants.letters import decision_pdf, office_of, paper_pdf
from grants.noted import said_paper
from grants.papers import Paper, Way, papers_of_case
from grants.sent import as_sent


@papers_of_case
def of_the_core(application):
    if application.submitted_at is None:
        return []
    words = {"class": application.school_class.name}
    party = _("Class %(class)s") % words
    sent = Paper(
        "application",
        _("Application for support for a gathering, class %(class)s") % words,
        _came(application),
        Way.IN,
        party,
        partial(_application_pdf, application),
    )
    asked = [*_judged(application, words), *_asked(application, party)]
    return [sent, *asked, *_decided(application, words)]


def _came(application):
    """A paper came on its own day, before the office entered it."""
    if application.received_on is None:
        return application.submitted_at
    noon = datetime.combine(application.received_on, time(12), tzinfo=application.school.zone)
    return min(noon, application.submitted_at)


def _judged(application, words):
    """What those who decide said of themselves: whether somebody else should decide, and why not."""
    title = _("Whether somebody else should decide, class %(class)s") % words
    answered = application.impartiality_answers.select_related("person").order_by("answered_at", "pk")
    return [
        said_paper(
            application, f"judged-{one.pk}", title, one.answered_at, Way.WITHIN, one.person.full_name, *_said(one)
        )
        for one in answered
    ]


def _said(one):
    return [_("Somebody else decides.") if one.stands_aside else _("Nobody else has to decide."), one.note]


def _asked(application, party):
    office, found = office_of(application), []
    for number, asked in enumerate(application.information_requests.all(), start=1):
        read = partial(_text_pdf, application, _("What was asked"), asked.question, asked.asked_at)
        found.append(Paper(f"question-{number}", _("Request for information"), asked.asked_at, Way.OUT, office, read))
        if asked.answer:
            read = partial(_text_pdf, application, _("What the class answered"), asked.answer, asked.answered_at)
            found.append(Paper(f"answer-{number}", _("Answer to a request"), asked.answered_at, Way.IN, party, read))
    return found


def _decided(application, words):
    title = _("Decision on support for a gathering, class %(class)s, version %(version)s")
    return [
        Paper(
            f"decision-{decision.version}",
            title % {**words, "version": decision.version},
            decision.decided_at,
            Way.OUT,
            office_of(application),
            partial(decision_pdf, decision),
        )
        for decision in application.decisions.all()
    ]


def _application_pdf(application):
    """As the class sent it. What was sent before that was kept is written as it is now."""
    sent = application.as_sent or as_sent(application)
    with translation.override(sent["language"]):
        parts = [{"heading": label, "lines": [value], "items": []} for label, value in sent["rows"]]
        title = _("Application for support")
        return paper_pdf(application, title, application.submitted_at, parts, class_name=sent["class"])


def _text_pdf(application, title, text, at):
    return paper_pdf(application, title, at, [{"heading": title, "lines": [text], "items": []}])
