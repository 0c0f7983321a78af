"""Days that many celebrate in the years to come, each with where its date comes from."""

from django.db import migrations

ISLAMIC = "Astronomical Islamic calendar, in the library holidays 0.109; the sighting of the moon may move it by a day"
HEBREW = "Hebrew calendar, in the library holidays 0.109; it begins at sunset the evening before"
HINDU = "Hindu calendar, in the library holidays 0.109"
SIKH = "Nanakshahi calendar and full moon, in the library holidays 0.109"
BUDDHIST = "Full moon in May, in the library holidays 0.109"
CHINESE = "Chinese calendar, in the library holidays 0.109"
JULIAN_EASTER = "Easter of the Julian calendar, in the library dateutil 2.9"
JULIAN = "25 December of the Julian calendar"
EQUINOX = "The equinox of March, in Central European time"

# (name, tradition, source, days)
DAYS = (
    ("Eid al-Fitr", "Islam", ISLAMIC, "2027-03-09 2028-02-26 2029-02-14 2030-02-04 2031-01-24"),
    ("Eid al-Adha", "Islam", ISLAMIC, "2027-05-16 2028-05-05 2029-04-24 2030-04-13 2031-04-02"),
    ("Ashura", "Islam", ISLAMIC, "2027-06-15 2028-06-03 2029-05-23 2030-05-12 2031-05-02"),
    ("Rosh Hashanah", "Judaism", HEBREW, "2027-10-02 2028-09-21 2029-09-10 2030-09-28"),
    ("Yom Kippur", "Judaism", HEBREW, "2027-10-11 2028-09-30 2029-09-19 2030-10-07"),
    ("Passover", "Judaism", HEBREW, "2027-04-22 2028-04-11 2029-03-31 2030-04-18 2031-04-08"),
    ("Diwali", "Hinduism", HINDU, "2027-10-29 2028-10-17 2029-11-05 2030-10-26"),
    ("Holi", "Hinduism", HINDU, "2027-03-22 2028-03-11 2029-03-01 2030-03-20 2031-03-09"),
    ("Vaisakhi", "Sikhism", SIKH, "2027-04-14 2028-04-13 2029-04-14 2030-04-14 2031-04-14"),
    ("Guru Nanak's birthday", "Sikhism", SIKH, "2027-11-14 2028-11-02 2029-11-21 2030-11-10"),
    ("Vesak", "Buddhism", BUDDHIST, "2027-05-20 2028-05-09 2029-05-27 2030-05-16 2031-05-06"),
    (
        "Lunar New Year",
        "Several traditions of East Asia",
        CHINESE,
        "2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23",
    ),
    ("Orthodox Easter", "Orthodox churches", JULIAN_EASTER, "2027-05-02 2028-04-16 2029-04-08 2030-04-28 2031-04-13"),
    ("Orthodox Christmas", "Orthodox churches", JULIAN, "2027-01-07 2028-01-07 2029-01-07 2030-01-07 2031-01-07"),
    (
        "Nowruz",
        "Several traditions of Iran and Central Asia",
        EQUINOX,
        "2027-03-20 2028-03-20 2029-03-20 2030-03-20 2031-03-20",
    ),
)


def fill(apps, _schema):
    model = apps.get_model("networks", "FaithDay")
    model.objects.bulk_create(
        model(day=day, name=name, tradition=tradition, source=source)
        for name, tradition, source, days in DAYS
        for day in days.split()
    )


def empty(apps, _schema):
    apps.get_model("networks", "FaithDay").objects.filter(school=None).delete()


class Migration(migrations.Migration):
    replaces = [("networks", "0017_faith_days_to_come")]
    dependencies = [("networks", "0001_squashed_0024_notices_read_quietly")]

    operations = [migrations.RunPython(fill, empty)]
