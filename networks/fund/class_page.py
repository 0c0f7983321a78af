"""What the class has in common, on its page: for its families alone."""

from django.utils.translation import gettext as _

from networks.fund.queries import fund_of
from portal.class_page import Part, stands_on_class_page
from portal.people.rules import contacts, is_guardian_in


@stands_on_class_page(45)
def fund(school_class, reader):
    if not (is_guardian_in(reader, school_class) or contacts(reader, school_class)):
        return None
    shown = {"fund": fund_of(school_class, reader)}
    return Part("networks/_fund_on_class_page.html", shown, sign=_("Class fund"), anchor="fund")
