"""The days and traditions that come with the portal, so that they are said in each language."""

from django.utils.translation import gettext_noop as _

NAMES = (
    _("Eid al-Fitr"),
    _("Eid al-Adha"),
    _("Ashura"),
    _("Rosh Hashanah"),
    _("Yom Kippur"),
    _("Passover"),
    _("Diwali"),
    _("Holi"),
    _("Vaisakhi"),
    _("Guru Nanak's birthday"),
    _("Vesak"),
    _("Lunar New Year"),
    _("Orthodox Easter"),
    _("Orthodox Christmas"),
    _("Nowruz"),
)
TRADITIONS = (
    _("Islam"),
    _("Judaism"),
    _("Hinduism"),
    _("Sikhism"),
    _("Buddhism"),
    _("Several traditions of East Asia"),
    _("Orthodox churches"),
    _("Several traditions of Iran and Central Asia"),
)
KNOWN = frozenset((*NAMES, *TRADITIONS))
