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
# Where a date comes from, by what the migration wrote: readers are spared the name of the library.
SOURCES = {
    "Astronomical Islamic calendar, in the library holidays 0.109; the sighting of the moon may move it by a day": _(
        "Calculated by the Islamic calendar. The sighting of the moon may move it by a day."
    ),
    "Hebrew calendar, in the library holidays 0.109; it begins at sunset the evening before": _(
        "Calculated by the Hebrew calendar. It begins at sunset the evening before."
    ),
    "Hindu calendar, in the library holidays 0.109": _("Calculated by the Hindu calendar."),
    "Nanakshahi calendar and full moon, in the library holidays 0.109": _(
        "Calculated by the Nanakshahi calendar and the full moon."
    ),
    "Full moon in May, in the library holidays 0.109": _("The full moon in May."),
    "Chinese calendar, in the library holidays 0.109": _("Calculated by the Chinese calendar."),
    "Easter of the Julian calendar, in the library dateutil 2.9": _("Easter of the Julian calendar."),
    "25 December of the Julian calendar": _("25 December of the Julian calendar."),
    "The equinox of March, in Central European time": _("The equinox of March, in Central European time."),
}


def in_each_language(written):
    return str(KNOWN.get(written) or SOURCES.get(written, written))
