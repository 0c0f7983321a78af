"""The way to what a class was promised, for its contact teacher and the school's leaders."""

from conferences.taking.rules import can_take_class_over
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(70)
def promised(school_class, reader):
    may_read = can_take_class_over(reader, school_class)
    return Part("conferences/_taking_on_class_page.html", school_class, aside=True) if may_read else None
