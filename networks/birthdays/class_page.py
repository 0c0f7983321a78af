"""What the class has agreed on birthdays, on its page: for its families alone."""

from networks.birthdays.queries import class_of_children, rule_of
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(46)
def birthdays(school_class, reader):
    if class_of_children(reader, school_class.pk) is None:
        return None
    return Part("networks/_birthdays_on_class_page.html", rule_of(school_class), aside=True)
