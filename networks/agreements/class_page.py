"""What a class has agreed, and is agreeing, on its page."""

from networks.agreements.queries import agreements_of
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(30)
def agreements(school_class, reader):
    return Part("networks/_agreements_on_class_page.html", agreements_of(school_class, reader, manages=False))
