"""What the class was told while it waited, for the archive."""

from django.utils.translation import gettext as _

from grants.noted import noted
from grants.papers import papers_of_case


@papers_of_case
def of_the_waiting(application):
    title = _("Word that the answer takes longer, class %(class)s") % {"class": application.school_class.name}
    moved = _("Another class answers for the case, class %(class)s") % {"class": application.school_class.name}
    return [*noted(application, "delay", title), *noted(application, "moved", moved)]
