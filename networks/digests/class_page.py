"""The last monthly letter of the class, on its page."""

from networks.digests.queries import digests_on_page
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(16)
def digests(school_class, reader):
    latest = digests_on_page(school_class, reader)
    return Part("networks/_digest_on_class_page.html", latest) if latest else None
