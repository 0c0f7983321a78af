"""What the children of a class would like to do, on its page."""

from networks.children.queries import asked_class, children_page
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(25)
def children(school_class, reader):
    if asked_class(reader, school_class.pk) is None:
        return None
    return Part("networks/_children_on_class_page.html", children_page(school_class, reader))
