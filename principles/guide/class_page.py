"""Where to go when children of the class disagree, for the guardians of the class."""

from portal.class_page import Part, stands_on_class_page
from portal.people.rules import is_guardian_in


@stands_on_class_page(80)
def when_children_disagree(school_class, reader):
    if not is_guardian_in(reader, school_class):
        return None
    return Part("principles/guide/_on_class_page.html", None, aside=True)
