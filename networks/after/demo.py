"""What came of two gatherings of the demo: 1A has read how it was, and the homes of 8A are being asked."""

from datetime import timedelta

from django.utils import timezone

from networks.after import actions
from networks.models import Gathering
from portal.people.models import the_portal

WENT = {
    "sol-1A": "Vi gikk rundt Tjernet med natursti. Barna hadde laget postene.",
    "sol-8A": "Vi lagde taco sammen, og elevene styrte kjøkkenet.",
}
INVOLVED = {"sol-1A": "Klassen stemte over tre turer.", "sol-8A": "Elevene valgte mat og musikk."}
AGAIN = "Blandede lag fra start. Neste gang begynner vi en halv time før."


def look_back(town, key, gathering, adults, *, ago, closed):
    """It took place `ago` days ago: what the people of the demo have answered is put back in time with it."""
    zone = gathering.school_class.school.zone
    days = gathering.ends_at.astimezone(zone).date() - timezone.localdate(timezone=zone)
    back = timedelta(days=days.days + ago)
    times = {name: getattr(gathering, name) - back for name in ("answer_by", "starts_at", "ends_at")}
    Gathering.objects.filter(pk=gathering.pk).update(**times)
    gathering.refresh_from_db()
    contact, homes = town.contacts[key], len(adults)
    numbers = {"families": homes - 1, "adults": homes + 4, "children": homes - 1, "siblings": 5}
    words = {"did": WENT[key], "involved": INVOLVED[key], "again": AGAIN}
    actions.write_report(gathering, by=contact, **numbers, **words)
    pulse = actions.thank_families(gathering, by=contact)
    if pulse.survey is None:
        return
    for number, adult in enumerate(adults[: 9 if closed else 3]):
        says = {0: [int(number % 3 == 2)], 1: [int(number % 5 == 4)], 2: [int(number % 4 == 3)], 3: [number % 4 // 3]}
        actions.answer_pulse(pulse, by=adult, answers=says)
    if closed:
        actions.close_pulse(pulse, by=the_portal())
