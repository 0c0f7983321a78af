from django.utils.translation import gettext_lazy as _

from portal.menu import stands_among_settings, stands_at_the_office, stands_beside_child, stands_in_menu
from portal.people.hats import PARENT
from portal.people.models import Role
from portal.people.rules import LEADERS, TEACHERS
from principles.guide.queries import first_contact_of
from principles.matrix.queries import usual_of

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
    covers=r"(/schools/[^/]+)?/(principles|hearings)/",
)
stands_in_menu(
    _("Supervision"),
    "Gavel",
    "principles:supervision_list",
    short=_("Supervision"),
    order={Kind.BOARD_MEMBER: 20},
    covers=r"/schools/[^/]+/principles/[^/]+/supervision/",
)
stands_in_menu(_("The year"), "Calendar", "principles:wheel_show", order={Kind.BOARD_MEMBER: 30})
stands_at_the_office(_("The year of the board"), "Calendar", "principles:wheel_show")
stands_beside_child(
    _("Whom can I talk to?"), "Chat", "principles:guide_show", about=_("How each of them is reached, and when.")
)
stands_beside_child(
    _("When children disagree"),
    "Phone",
    "principles:conflict_show",
    about=_("Whom to call first, and words to begin with."),
    grown_ups=True,
)
stands_beside_child(
    _("Who does what"),
    "PersonGroup",
    "principles:stage_show",
    about=_("What child, home and school do, year by year."),
)
stands_beside_child(
    _("Tell the school in confidence"),
    "ShieldLock",
    "principles:confidence_list",
    about=_("What people you choose should know for a while."),
    grown_ups=True,
)
stands_among_settings(
    _("Where homework and messages stand"),
    "Table",
    "principles:matrix_usual",
    about=usual_of,
    verb="principles.usual_written",
)
stands_among_settings(
    _("Whom families turn to first"),
    "Chat",
    "principles:guide_first",
    about=first_contact_of,
    verb="principles.first_contact_chosen",
)
stands_at_the_office(_("The school's other systems"), "Link", "principles:system_list")
stands_at_the_office(_("What families have told me"), "ShieldLock", "principles:confidence_received")
stands_in_menu(
    _("What families have told me"),
    "ShieldLock",
    "principles:confidence_received",
    short=_("Told me"),
    order={Kind.AFTER_SCHOOL: 30},
)
