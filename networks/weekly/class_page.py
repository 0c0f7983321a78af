"""What homes may ask about this week, on the page of the class."""

from networks.weekly.queries import weekly_on_page
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(14)
def weekly(school_class, reader):
    shown = weekly_on_page(school_class, reader)
    return Part("networks/_weekly_on_class_page.html", shown) if shown.line or shown.may_write else None
