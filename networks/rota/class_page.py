"""Whose turn it is to arrange a gathering, on the page of the class."""

from networks.rota.queries import turns_on_page
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(5)
def rota(school_class, reader):
    """A question that waits for the reader stands first on the page, and anything else beside it."""
    shown = turns_on_page(school_class, reader)
    if not (shown.own or shown.names or shown.may_arrange):
        return None
    is_asked = shown.own is not None and shown.own.is_asked
    return Part("networks/_rota_on_class_page.html", shown, aside=not is_asked)
