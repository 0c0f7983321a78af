from django.utils.translation import gettext_lazy as _

from portal.menu import stands_at_the_office, stands_in_menu
from portal.people.models import Role
from portal.people.rules import LEADERS

Kind = Role.Kind

stands_in_menu(
    _("People"),
    "Person",
    "people:person_list",
    order={Kind.OFFICE: 10, Kind.MUNICIPALITY_OFFICER: 10, **dict.fromkeys(LEADERS, 40)},
)
stands_in_menu(_("Roles"), "HatSchool", "people:role_list", order={Kind.MUNICIPALITY_OFFICER: 20})
stands_in_menu(_("School office"), "Tasklist", "people:office_home", short=_("Office"), order={Kind.OFFICE: 20})
stands_in_menu(
    _("The children"), "ChildHairEyes", "people:care_children", short=_("Children"), order={Kind.AFTER_SCHOOL: 10}
)
stands_in_menu(_("How I am reached"), "Phone", "people:ways_choose", short=_("Reach me"), order={Kind.AFTER_SCHOOL: 20})
stands_at_the_office(_("After-school care"), "ChildHairEyes", "people:care_list")
