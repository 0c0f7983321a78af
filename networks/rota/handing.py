"""The turns of the class, as they are handed over from one class contact to the next: how many, and never whose."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.models import Turn
from networks.queries.handed import Handed
from networks.rota.halves import half_today


def rota_to_hand_over(school_class, _person):
    turns = list(Turn.objects.of_class(school_class).filter(half__gte=half_today(school_class)))
    asked, agreed = (sum(1 for turn in turns if is_so(turn)) for is_so in (_is_asked, _has_agreed))
    open_ones = []
    if asked:
        words = ngettext(
            "%(n)s home is asked, and has not answered.", "%(n)s homes are asked, and have not answered.", asked
        )
        open_ones.append(words % {"n": asked})
    if agreed:
        words = ngettext("%(n)s home has said yes to its turn.", "%(n)s homes have said yes to their turn.", agreed)
        open_ones.append(words % {"n": agreed})
    url = reverse("networks:rota_show", args=[school_class.pk])
    rest = _("Nobody is asked now.") if turns else _("No order is drawn yet.")
    return Handed("rota", _("Whose turn it is"), url, _("See and ask whose turn it is"), open_ones, rest)


def _is_asked(turn):
    return turn.is_asked


def _has_agreed(turn):
    return turn.is_accepted
