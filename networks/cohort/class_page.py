"""How the network of a class began, on its page."""

from networks.cohort.queries import beginning_of
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(40)
def beginning(school_class, reader):
    shown = beginning_of(school_class, reader)
    return Part("networks/_beginning_on_class_page.html", shown, aside=True) if shown.start or shown.may_start else None
