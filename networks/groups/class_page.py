"""Where the contact teacher says who is not put together; nobody else sees that there is such a page."""

from networks.groups.rules import can_separate
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(90)
def groups(school_class, reader):
    return Part("networks/_apart_on_class_page.html", None) if can_separate(reader, school_class) else None
