"""How a paper is told in the history of its case."""

from django.utils.translation import gettext as _

from grants.case_page import tells
from portal.speech import day


@tells("grants.paper_registered", whole=False)
def _came_on_paper(happened):
    came = day(happened.application.came_on)
    return _("It came on paper %(day)s, and the school office entered it.") % {"day": came}
