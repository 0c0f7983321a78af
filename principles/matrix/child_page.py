"""The way to where the school writes what to the child's class, on the page of the child."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.children import Line, Part, shows_about_a_child


@shows_about_a_child
def places_of_child(asked):
    """A guardian and the child read the same. The page that it leads to says when nothing is put down yet, so nothing is
    asked here."""
    return {Part.ADULTS: [_line(school_class) for school_class in asked.classes]}


def _line(school_class):
    return Line(
        _("Where homework and messages for %(class)s stand") % {"class": school_class.name},
        detail=_("Homework, week plan, absence and messages"),
        url=reverse("principles:matrix_show", args=[school_class.pk]),
        hue="principles",
    )
