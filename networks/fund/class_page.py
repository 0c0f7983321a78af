"""What the class has in common, on its page: for its families alone."""

from networks.fund.queries import classes_of, fund_of
from portal.class_page import Part, stands_on_class_page


@stands_on_class_page(45)
def fund(school_class, reader):
    if not classes_of(reader).filter(pk=school_class.pk).exists():
        return None
    return Part("networks/_fund_on_class_page.html", {"fund": fund_of(school_class, reader)}, aside=True)
