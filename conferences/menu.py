from django.utils.translation import gettext_lazy as _

from conferences.queries.settings import setting_of
from portal.menu import stands_among_settings, stands_at_the_office, stands_in_menu
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role
from portal.people.rules import LEADERS, TEACHERS

stands_in_menu(
    _("Conferences"),
    "Chat2",
    "conferences:conference_list",
    short=_("Talks"),
    order={PARENT: 20, PUPIL: 10, Role.Kind.OFFICE: 30, **dict.fromkeys((*TEACHERS, *LEADERS), 10)},
)
stands_at_the_office(_("Rooms"), "LocationPin", "conferences:room_list")
stands_among_settings(
    _("How we hold conferences"),
    "Chat2",
    "conferences:setting_edit",
    about=setting_of,
    verb="conferences.setting_changed",
)
