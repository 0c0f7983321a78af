"""The papers of a report, for the archive: what the class told, and each receipt as it was taken in."""

from functools import partial

from django.utils import translation
from django.utils.translation import gettext as _

from grants.letters import paper_pdf
from grants.models import GrantReport, Receipt
from grants.noted import noted
from grants.papers import Paper, Way, papers_of_case
from portal.speech import dated, money

COUNTED = ("families", "adults", "children", "siblings")
TOLD = ("involved", "used_for", "learned")


@papers_of_case
def of_the_report(application):
    report = GrantReport.objects.filter(application=application).first()
    by = _("Class %(class)s") % {"class": application.school_class.name}
    if report is None:
        return _receipts(application, by, "")
    words = {"class": application.school_class.name}
    earlier = noted(application, "report", _("Report on a gathering, class %(class)s, before it was changed") % words)
    title = _("Report on a gathering, class %(class)s") % words
    sent = Paper("report", title, report.changed_at, Way.IN, by, partial(_report_pdf, application, report))
    return [*earlier, sent, *_receipts(application, by, sent.key)]


def _receipts(application, by, report):
    receipts = Receipt.objects.filter(application=application).without_files()
    return [
        Paper(
            f"receipt-{number}",
            _("Receipt %(number)s") % {"number": number},
            receipt.added_at,
            Way.IN,
            by,
            partial(_content, receipt.pk),
            kind=receipt.kind,
            attached_to=report,
            is_ours=False,
        )
        for number, receipt in enumerate(receipts, start=1)
    ]


def _content(key):
    return bytes(Receipt.objects.values_list("content", flat=True).get(pk=key))


def _report_pdf(application, report):
    with translation.override(application.reply_language):
        parts = [{"heading": label, "lines": [value], "items": []} for label, value in told_in(report)]
        return paper_pdf(application, _("Report"), report.changed_at, parts)


def told_in(report: GrantReport) -> list[tuple[str, str]]:
    """(what was asked, what the class told), in the language of the active translation."""
    counted = [(_label(name), str(getattr(report, name))) for name in COUNTED]
    said = [(_label(name), getattr(report, name)) for name in TOLD if getattr(report, name)]
    held_on = (_label("held_on"), dated(report.held_on))
    return [held_on, *counted, *said, (_label("spent"), money(report.spent))]


def _label(name):
    return str(GrantReport._meta.get_field(name).verbose_name)
