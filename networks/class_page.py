"""What stands of a class's gatherings on its page: the next one, what is planned, and what was held."""

from networks.agreements.class_page import agreements
from networks.groups.class_page import groups
from networks.queries import gatherings_on_page
from networks.topics.class_page import proposals
from portal.class_page import Part, stands_on_class_page

__all__ = ["agreements", "gatherings", "groups", "proposals"]


@stands_on_class_page(10)
def gatherings(school_class, reader):
    return Part("networks/_on_class_page.html", gatherings_on_page(school_class, reader))
