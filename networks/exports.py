"""A list that leaves the portal: the organisers' board of one gathering, with nothing that does not stand on the page."""

from django.utils.translation import gettext as _

from networks.queries import Row
from portal.text.sheets import as_csv, as_xlsx

WIDTHS = (24, 24, 24, 22, 12, 10, 10, 24, 10, 30, 12, 14, 40)


def board_csv(rows: list[Row]) -> str:
    return as_csv(_head(), [_line(row) for row in rows])


def board_xlsx(rows: list[Row]) -> bytes:
    return as_xlsx(_("Answers"), _head(), [_line(row) for row in rows], widths=WIDTHS)


def _head():
    return [
        _("Family"),
        _("Children of the class"),
        _("Parents"),
        _("Answer"),
        _("Number in line"),
        _("Adults"),
        _("Children"),
        _("Getting there"),
        _("Free seats"),
        _("Food or allergies"),
        _("Minded"),
        _("Ages"),
        _("Message to the organisers"),
    ]


def _line(row):
    who = [row.name, ", ".join(row.children), ", ".join(row.adults)]
    rsvp = row.rsvp
    if rsvp is None:
        return [*who, _("Not answered"), *[""] * 9]
    said = [*who, rsvp.get_answer_display(), row.number or ""]
    if rsvp.answer == rsvp.Answer.NO:
        return [*said, *[""] * 7, rsvp.message or ""]
    return [
        *said,
        rsvp.adults,
        rsvp.children,
        rsvp.get_lift_display(),
        rsvp.seats or "",
        rsvp.food or "",
        rsvp.minded or "",
        rsvp.minded_ages,
        rsvp.message or "",
    ]
