"""The papers of every case: the application as it was sent, what was asked and answered, and each version of the
decision."""

from functools import partial

from django.utils import translation
from django.utils.translation import gettext as _

from grants.letters import decision_pdf, office_of, paper_pdf
from grants.papers import Paper, Way, papers_of_case
from grants.queries import answers
from portal.speech import when


@papers_of_case
def of_the_core(application):
    if application.submitted_at is None:
        return []
    words = {"class": application.school_class.name}
    party = _("Class %(class)s") % words
    sent = Paper(
        "application",
        _("Application for support for a gathering, class %(class)s") % words,
        application.submitted_at,
        Way.IN,
        party,
        partial(_application_pdf, application),
    )
    return [sent, *_asked(application, party), *_decided(application, words)]


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
    """As the class sent it, but for the account: where money was paid stands with whoever pays, not in the archive."""
    with translation.override(application.reply_language):
        gathering = f"{application.gathering.title}, {when(application.gathering.starts_at, application.school)}"
        rows = [row for row in answers(application) if row["value"]]
        parts = [{"heading": str(row["label"]), "lines": [row["value"]], "items": []} for row in rows]
        said = [{"heading": _("Gathering"), "lines": [gathering], "items": []}, *parts]
        return paper_pdf(application, _("Application for support"), application.submitted_at, said)


def _text_pdf(application, title, text, at):
    return paper_pdf(application, title, at, [{"heading": title, "lines": [text], "items": []}])
