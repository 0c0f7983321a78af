"""What the families of a class propose, on its page."""

from networks.topics.queries import proposals_on_page
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(20)
def proposals(school_class, reader):
    shown = proposals_on_page(school_class, reader)
    return shown and Part("networks/_proposals_on_class_page.html", shown)
