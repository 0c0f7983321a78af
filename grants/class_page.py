"""The applications of a class, on its page: for everybody who may see them, and so for whoever applies along."""

from grants.models import GrantApplication, GrantScheme
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(60)
def applications(school_class, reader):
    """Those of this period that are not withdrawn."""
    alive = GrantApplication.objects.alive().filter(school_class=school_class, scheme__in=GrantScheme.objects.current())
    found = list(alive.visible_to(reader).with_names().order_by("-pk"))
    return Part("grants/_on_class_page.html", found) if found else None
