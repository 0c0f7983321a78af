"""The days and traditions that come with the portal, said in each language; what a school has written is said as it is."""

from django.utils.translation import gettext_lazy as _

KNOWN = {
    "Eid al-Fitr": _("Eid al-Fitr"),
    "Eid al-Adha": _("Eid al-Adha"),
    "Ashura": _("Ashura"),
    "Rosh Hashanah": _("Rosh Hashanah"),
    "Yom Kippur": _("Yom Kippur"),
    "Passover": _("Passover"),
    "Diwali": _("Diwali"),
    "Holi": _("Holi"),
    "Vaisakhi": _("Vaisakhi"),
    "Guru Nanak's birthday": _("Guru Nanak's birthday"),
    "Vesak": _("Vesak"),
    "Lunar New Year": _("Lunar New Year"),
    "Orthodox Easter": _("Orthodox Easter"),
    "Orthodox Christmas": _("Orthodox Christmas"),
    "Nowruz": _("Nowruz"),
    "Islam": _("Islam"),
    "Judaism": _("Judaism"),
    "Hinduism": _("Hinduism"),
    "Sikhism": _("Sikhism"),
    "Buddhism": _("Buddhism"),
    "Several traditions of East Asia": _("Several traditions of East Asia"),
    "Orthodox churches": _("Orthodox churches"),
    "Several traditions of Iran and Central Asia": _("Several traditions of Iran and Central Asia"),
}


def in_each_language(written):
    return str(KNOWN.get(written, written))
