"""What those who organise a gathering are told: how the answers come in, and that they are asked to help."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.notices.letters import names_of, page_of
from networks.notices.people import (
    once_all_answered,
    once_half_answered,
    still_none_silent,
    still_organises,
    still_some_silent,
    the_helper,
)
from networks.queries import board_of
from networks.queries.asking import for_organisers, invited_and_open
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice, reminder

ANSWERED = "networks.gathering_answered", "networks.family_contacted"


@notice("networks.half_answered", on=ANSWERED, to=once_half_answered, category="tasks", wanted=still_some_silent)
def half_answered(notice):
    return _progress(notice, _("Half of the families have answered: %(title)s"))


@notice("networks.all_answered", on=ANSWERED, to=once_all_answered, category="tasks", wanted=still_none_silent)
def all_answered(notice):
    return _progress(notice, _("All families have answered: %(title)s"))


@reminder("networks.reach_list", category="tasks", wanted=still_some_silent)
def reach_list(notice):
    return _progress(notice, _("Some families have not answered yet: %(title)s"))


@reach_list.due
def two_days_left(now):
    soon = invited_and_open(now).filter(answer_by__lte=now + timedelta(hours=48))
    return for_organisers(reach_list, soon, "48 hours", lambda count: count.answered < count.families)


@notice("networks.helper_asked", on="networks.helper_asked", to=the_helper, category="tasks", wanted=still_organises)
def helper_asked(notice):
    gathering = notice.subject
    return Letter(
        subject=_("You help to organise: %(title)s") % names_of(gathering),
        lines=[
            _("The class contact of %(class)s has asked you to help. You can see the answers.") % names_of(gathering)
        ],
        buttons=(Button(_("Open the gathering"), page_of("networks:gathering_organise", gathering)),),
    )


def _progress(notice, subject):
    gathering = notice.subject
    board = board_of(gathering, notice.recipient)
    silent = board.silent_others
    return Letter(
        subject=subject % names_of(gathering),
        lines=[
            ngettext("%(n)s family is coming.", "%(n)s families are coming.", board.coming_families)
            % {"n": board.coming_families},
            ngettext("%(n)s family has not answered.", "%(n)s families have not answered.", silent) % {"n": silent},
        ],
        buttons=(Button(_("See the families"), page_of("networks:gathering_reach", gathering)),),
    )
