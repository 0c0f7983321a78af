"""Lists that leave the portal: the interpreters that an agency is asked for."""

from django.utils.translation import gettext as _

from conferences.queries.interpreters import InterpreterPage
from portal.text.sheets import as_xlsx

WIDTHS = (18, 12, 8, 8, 24, 24, 28, 16)


def interpreters_xlsx(page: InterpreterPage) -> bytes:
    """By language and time, for the agency: names no child and no family."""
    head = [
        _("Language"),
        _("Day"),
        _("From"),
        _("To"),
        _("School"),
        _("Where"),
        _("Teacher"),
        _("State"),
    ]
    return as_xlsx(_("Interpreters"), head, [_row(order) for order in page.orders], widths=WIDTHS)


def _row(order):
    starts_at = order.booking.starts_at.astimezone(order.school.zone)
    ends_at = order.booking.ends_at.astimezone(order.school.zone)
    return [
        order.language,
        starts_at.date().isoformat(),
        f"{starts_at:%H:%M}",
        f"{ends_at:%H:%M}",
        order.school.name,
        order.place,
        order.conference.teacher.full_name,
        order.request.get_state_display(),
    ]
