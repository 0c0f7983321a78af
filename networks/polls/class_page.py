"""What the families of a class are asked about, on its page."""

from networks.polls.queries import polls_on_page
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(8)
def polls(school_class, reader):
    asked = polls_on_page(school_class, reader)
    return Part("networks/_polls_on_class_page.html", asked) if asked else None
