"""On the page of a child: the way to ask its adults, where what was asked before stands too. It asks no query."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.children import Line, Part, shows_about_a_child
from principles.inquiries.rules import writes_of_itself


@shows_about_a_child
def way_to_ask(asked):
    if not asked.classes or (asked.is_own and not writes_of_itself(asked.reader)):
        return {}
    line = Line(
        _("I wonder about something, or I am worried"),
        detail=_("Ask the adults around you.") if asked.is_own else _("Ask the adults around your child."),
        url=reverse("principles:inquiry_write", args=[asked.child.key]),
        hue="principles",
    )
    return {Part.ADULTS: [line]}
