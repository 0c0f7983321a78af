from django.utils.translation import gettext_lazy as _

from networks.queries.ways import ways_of
from portal.menu import stands_among_settings, stands_at_the_office, stands_in_menu
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
    _("How class contacts reach out"),
    "PersonGroup",
    "networks:ways_set",
    about=ways_of,
    verb="networks.ways_set",
)
stands_at_the_office(_("Letters home"), "PrinterSmall", "networks:letters_due")
stands_among_settings(
    _("Days that many celebrate"),
    "Calendar",
    "networks:faith_day_list",
    about=lambda school: school,
    verb="networks.faith_day_added",
)
