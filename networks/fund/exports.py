"""The rows of a class fund as a file for a spreadsheet: what counts, and nobody's name."""

from django.utils.translation import gettext as _

from portal.numbers import ORE
from portal.text.sheets import as_csv, as_xlsx

WIDTHS = (12, 32, 44, 14, 32)


def rows_csv(fund):
    return as_csv(_head(fund), _rows(fund))


def rows_xlsx(fund):
    return as_xlsx(_("Class fund"), _head(fund), _rows(fund), widths=WIDTHS)


def _head(fund):
    return [_("Day"), _("Kind"), _("In a few words"), fund.currency, _("Receipt")]


def _rows(fund):
    counted = [
        [row.on.isoformat(), _kind(row), row.what, _kroner(row.amount), row.receipt]
        for row in fund.rows.that_count().order_by("on", "pk")
    ]
    return [*counted, ["", _("Balance"), "", _kroner(fund.balance), ""]]


def _kind(row):
    return _("Undone: %(kind)s") % {"kind": row.get_kind_display()} if row.reverses_id else row.get_kind_display()


def _kroner(ore):
    """A number, so that a spreadsheet adds it up."""
    return ore // ORE if ore % ORE == 0 else ore / ORE
