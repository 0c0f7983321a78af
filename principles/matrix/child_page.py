"""Where the school writes what to the child's class, on the page of the child."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.children import Line, Part, shows_about_a_child
from portal.speech import in_words
from principles.matrix.queries import read_in_each


@shows_about_a_child
def places_of_child(asked):
    """A guardian and the child read the same. One query."""
    read = read_in_each(asked.classes)
    return {Part.ADULTS: [_line(one, read[one.pk]) for one in asked.classes if one.pk in read]}


def _line(school_class, written):
    return Line(
        _("Where the school writes what to %(class)s") % {"class": school_class.name},
        detail=in_words([row.get_matter_display() for row in written.used]),
        url=reverse("principles:matrix_show", args=[school_class.pk]),
        hue="principles",
    )
