"""On the page of a child: the way to ask its adults, and how what was asked stands."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.children import Line, Part, shows_about_a_child
from portal.speech import day
from principles.inquiries.queries import inquiries_about
from principles.inquiries.rules import writes_of_itself


@shows_about_a_child
def inquiries(asked):
    """One query, and none for a child that asks nothing by itself."""
    if asked.is_own and not writes_of_itself(asked.reader):
        return {}
    lines = [_line(one) for one in inquiries_about(asked.child, asked.reader)]
    return {Part.ADULTS: [*([_ask(asked)] if asked.classes else []), *lines]}


def _ask(asked):
    url = reverse("principles:inquiry_write", args=[asked.child.key])
    return Line(
        _("I wonder about something, or I am worried"),
        detail=_("Ask the adults around you.") if asked.is_own else _("Ask the adults around your child."),
        url=url,
        hue="principles",
    )


def _line(inquiry):
    asked = {"day": day(inquiry.sent_at or inquiry.made_at, inquiry.school)}
    what = _("What was asked on %(day)s") % asked
    url = inquiry.get_absolute_url()
    return Line(what, at=inquiry.made_at, detail=_state(inquiry), url=url, hue="principles")


def _state(inquiry):
    if inquiry.is_saved:
        return _("Saved, and not sent yet")
    if not inquiry.is_waiting:
        return _("Answered")
    if inquiry.is_disputed:
        return _("With the management")
    return _("Waiting for an answer")
