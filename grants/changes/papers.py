"""What became of the gathering, for the archive: another one in its place, or support that was not used."""

from django.utils.translation import gettext as _

from grants.noted import noted
from grants.papers import papers_of_case


@papers_of_case
def of_changes(application):
    words = {"class": application.school_class.name}
    return [
        *noted(application, "replaced", _("Another gathering, class %(class)s") % words),
        *noted(application, "lapsed", _("Support that was not used, class %(class)s") % words),
    ]
