from django.utils.translation import gettext_lazy as _

from portal.menu import stands_in_menu
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.rules import TEACHERS

stands_in_menu(
    _("Gatherings"),
    "PersonGroup",
    "networks:gathering_list",
    order={PARENT: 10, Role.Kind.CLASS_CONTACT: 10, **dict.fromkeys(TEACHERS, 20)},
)
stands_in_menu(_("Letters home"), "PrinterSmall", "networks:letters_due", order={Role.Kind.OFFICE: 30})
