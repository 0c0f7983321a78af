"""The monthly letter, as it is handed over from one class contact to the next."""

from django.urls import reverse
from django.utils.translation import gettext as _

from networks.models import ClassDigest
from networks.queries.handed import Handed


def digest_to_hand_over(school_class, person):
    drafts = ClassDigest.objects.visible_to(person).filter(school_class=school_class).managed_by(person).drafts()
    open_ones = [_("It waits to be sent: %(month)s.") % {"month": one.named} for one in drafts]
    url = reverse("networks:digest_list", args=[school_class.pk])
    rest = _("No letter waits. The next one is put together in the first days of the month.")
    return Handed("digest", _("The monthly letter"), url, _("Open the letters"), open_ones, rest)
