from django.utils.translation import gettext_lazy as _

from portal.menu import stands_in_menu
from portal.people.hats import PARENT, PUPIL
from portal.people.models import Role

stands_in_menu(_("Overview"), "House", "home", order=dict.fromkeys((None, PARENT, PUPIL, *Role.Kind), 0))
