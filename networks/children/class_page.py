"""What the children of a class would like to do, on its page."""

from networks.children.queries import children_page
from networks.rules import is_around
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(25)
def children(school_class, reader):
    if not is_around(reader, school_class):
        return None
    return Part("networks/_children_on_class_page.html", children_page(school_class, reader))
