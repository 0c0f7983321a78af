"""The papers of a report, for the archive: what the class told, and each receipt as it was taken in."""

from functools import partial

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants.letters import paper_pdf
from grants.models import GrantReport, Receipt
from grants.papers import Paper, Way, papers_of_case
from portal.speech import money

COUNTED = ("families", "adults", "children", "siblings")
TOLD = ("involved", "used_for", "learned")


@papers_of_case
def of_the_report(application):
    report = GrantReport.objects.filter(application=application).first()
    by = _("Class %(class)s") % {"class": application.school_class.name}
    if report is None:
        return _receipts(application, by, "")
    title = _("Report on a gathering, class %(class)s") % {"class": application.school_class.name}
    sent = Paper("report", title, report.changed_at, Way.IN, by, partial(_report_pdf, application, report))
    return [sent, *_receipts(application, by, sent.key)]


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
        counted = [(_label(name), str(getattr(report, name))) for name in COUNTED]
        said = [(_label(name), getattr(report, name)) for name in TOLD if getattr(report, name)]
        rows = [(_label("held_on"), date_format(report.held_on, "DATE_FORMAT")), *counted, *said]
        rows.append((_label("spent"), money(report.spent)))
        parts = [{"heading": str(label), "lines": [value], "items": []} for label, value in rows]
        return paper_pdf(application, _("Report"), report.changed_at, parts)


def _label(name):
    return GrantReport._meta.get_field(name).verbose_name
