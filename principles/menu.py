from django.utils.translation import gettext_lazy as _

from portal.menu import stands_at_the_office, stands_beside_child, stands_in_menu
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.rules import LEADERS, TEACHERS

Kind = Role.Kind

stands_in_menu(
    _("Principles"),
    "Compass",
    "principles:principle_list",
    short=_("Rules"),
    order={
        PARENT: 30,
        Kind.CLASS_CONTACT: 30,
        Kind.BOARD_MEMBER: 10,
        Kind.MUNICIPALITY_OFFICER: 40,
        **dict.fromkeys((*TEACHERS, *LEADERS), 30),
    },
)
stands_beside_child(
    _("Whom can I talk to?"), "Chat", "principles:guide_show", detail=_("How each of them is reached, and when.")
)
stands_beside_child(
    _("Tell the school in confidence"),
    "ShieldLock",
    "principles:confidence_list",
    detail=_("What people you choose should know for a while."),
    for_child=False,
)
stands_at_the_office(_("What families have told me"), "ShieldLock", "principles:confidence_received")
stands_in_menu(
    _("What families have told me"),
    "ShieldLock",
    "principles:confidence_received",
    short=_("Told me"),
    order={Kind.AFTER_SCHOOL: 30},
)
