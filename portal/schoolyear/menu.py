from django.utils.translation import gettext_lazy as _

from portal.menu import stands_at_the_office, stands_in_menu
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.rules import TEACHERS

stands_in_menu(
    _("The school year"),
    "Calendar",
    "schoolyear:event_list",
    short=_("Year"),
    order=dict.fromkeys((PARENT, Role.Kind.CLASS_CONTACT, *TEACHERS), 50),
)
stands_at_the_office(_("The school year"), "Calendar", "schoolyear:event_list")
stands_at_the_office(_("The school's settings"), "Cog", "schoolyear:setting_list")
