"""What the class has agreed on birthdays, on its page: for its families alone."""

from django.utils.translation import gettext as _

from networks.birthdays.queries import rule_of
from portal.class_page import Part, stands_on_class_page
from portal.people.rules import is_guardian_in


@stands_on_class_page(46)
def birthdays(school_class, reader):
    if not is_guardian_in(reader, school_class):
        return None
    return Part(
        "networks/_birthdays_on_class_page.html", rule_of(school_class), sign=_("Birthdays"), anchor="birthdays"
    )
