from django.utils.translation import gettext_lazy as _

from portal.menu import stands_among_settings, stands_in_menu
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.rules import TEACHERS

stands_in_menu(
    _("Gatherings"),
    "PersonGroup",
    "networks:gathering_list",
    order={PARENT: 10, Role.Kind.CLASS_CONTACT: 10, **dict.fromkeys(TEACHERS, 20)},
)
stands_among_settings(
    _("Days that many celebrate"),
    "Calendar",
    "networks:faith_day_list",
    about=lambda school: school,
    verb="networks.faith_day_added",
)
