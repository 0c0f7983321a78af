"""The papers of an appeal, for the archive: what the class wrote, what was said of it, the outcome, and reasons."""

from functools import partial

from django.utils.translation import gettext as _

from grants.appeal.letters import appeal_papers, reasons_paper
from grants.letters import office_of
from grants.models import Appeal, ReasonsDemand
from grants.noted import said_paper
from grants.papers import Paper, Way, papers_of_case
from portal.text.typeset import pdf


@papers_of_case
def of_appeals(application):
    appeals = Appeal.objects.with_its_case().filter(decision__application=application)
    given = ReasonsDemand.objects.filter(decision__application=application, given_at__isnull=False)
    found = [(f"{one['key']}-{appeal.pk}", one) for appeal in appeals for one in appeal_papers(appeal)]
    found += [(f"reasons-{demand.pk}", reasons_paper(demand)) for demand in given]
    return [*(_paper(application, key, one) for key, one in found), *_demands(application)]


def _demands(application):
    title = _("Asks for the reasons, class %(class)s") % {"class": application.school_class.name}
    return [
        said_paper(application, f"demand-{demand.pk}", title, demand.asked_at, Way.IN)
        for demand in ReasonsDemand.objects.filter(decision__application=application)
    ]


def _paper(application, key, paper):
    titles = {
        "appeal": _("Appeal of the decision, class %(class)s"),
        "statement": _("Answer to the appeal, class %(class)s"),
        "outcome": _("Decision of the appeal body, class %(class)s"),
        "reasons": _("Reasons for the decision, class %(class)s"),
    }
    kind = paper["key"].partition("-")[0]
    is_in = kind == "appeal"
    words = {"class": application.school_class.name}
    by = _("Class %(class)s") % words if is_in else office_of(application)
    read = partial(pdf, "grants/decision.typ", paper["content"], paper["at"])
    return Paper(key, titles[kind] % words, paper["at"], Way.IN if is_in else Way.OUT, by, read)
