"""Where the school writes what, on the page of the class."""

from django.utils.translation import gettext as _

from portal.class_page import Part, stands_on_class_page
from principles.matrix.queries import read_in


@stands_on_class_page(12)
def places_on_class_page(school_class, reader):
    """What families read is the same for all of them: the draft stands on a page of its own. One query."""
    written = read_in(school_class)
    if written is None:
        return None
    return Part(
        "principles/matrix/_on_class_page.html", written, sign=_("Where homework and messages stand"), anchor="where"
    )
