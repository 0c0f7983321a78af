"""How the network of a class began, on its page."""

from networks.cohort.newcomers import offer_of
from networks.cohort.queries import beginning_of
from networks.cohort.rules import can_be_buddy
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(40)
def beginning(school_class, reader):
    shown = beginning_of(school_class, reader)
    return Part("networks/_beginning_on_class_page.html", shown, aside=True) if shown.start or shown.may_start else None


@stands_on_class_page(50)
def helping_newcomers(school_class, reader):
    """For those who may say that they are glad to help."""
    if not can_be_buddy(reader, school_class, is_offered=True):
        return None
    return Part("networks/_buddy_on_class_page.html", offer_of(school_class, reader), aside=True)
