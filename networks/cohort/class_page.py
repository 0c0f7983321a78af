"""How the network of a class began, on its page, and a welcome to whoever came later."""

from networks.cohort.newcomers import standing_of, welcome_of
from networks.cohort.queries import beginning_of
from networks.cohort.rules import can_be_buddy
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(4)
def between_families(school_class, reader):
    """A welcome for a home that is new; for the others who may, that they are glad to help."""
    if not can_be_buddy(reader, school_class, is_offered=False):
        return None
    shown = standing_of(school_class, reader)
    if shown.is_new:
        return Part("networks/_welcome_on_class_page.html", welcome_of(school_class))
    if not can_be_buddy(reader, school_class, is_offered=True):
        return None
    return Part("networks/_buddy_on_class_page.html", shown, aside=True)


@stands_on_class_page(40)
def beginning(school_class, reader):
    shown = beginning_of(school_class, reader)
    return Part("networks/_beginning_on_class_page.html", shown, aside=True) if shown.start or shown.may_start else None
