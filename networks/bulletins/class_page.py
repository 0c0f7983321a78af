"""What the class was last told, on its page."""

from networks.bulletins.queries import bulletins_on_page
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(15)
def bulletins(school_class, reader):
    return Part("networks/_bulletins_on_class_page.html", bulletins_on_page(school_class, reader))
