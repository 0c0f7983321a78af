"""The list for whoever keeps the accounts: whole account numbers, so it is never made without a trace."""

from django.utils.translation import gettext as _

from grants.money.queries import Row
from portal.text.sheets import as_csv, as_xlsx

WIDTHS = (14, 24, 10, 28, 34, 20, 14, 16)


def head():
    return [
        _("Case number"),
        _("School"),
        _("Class"),
        _("Where the money goes"),
        _("Payee"),
        _("Account number"),
        _("Kroner"),
        _("Journal number"),
    ]


def rows_of(rows: list[Row]):
    return [
        [
            row.application.case_number,
            row.application.school.name,
            row.application.school_class.name,
            row.application.get_payee_kind_display(),
            row.to,
            row.application.account or "",
            row.money.due // 100 if row.money.due % 100 == 0 else row.money.due / 100,
            row.application.journal_number,
        ]
        for row in rows
    ]


def as_comma(rows: list[Row]) -> str:
    return as_csv(head(), rows_of(rows))


def as_sheet(rows: list[Row]) -> bytes:
    return as_xlsx(_("To pay"), head(), rows_of(rows), widths=WIDTHS)
