"""What whoever holds an inquiry can do with it, as letters and first pages say it."""

from django.utils.translation import gettext as _


def ways_to_answer(inquiry):
    if inquiry.is_disputed:
        return _("You answer once.")
    if inquiry.may_meet:
        return _("You answer once, hand it on, or suggest to meet.")
    return _("You answer once, or hand it on.")
