"""What waits for the office: letters that nobody has printed, and homes that no message tells of a place, or that
nothing comes of it."""

from django.urls import reverse
from django.utils.translation import ngettext

from networks.letters.homes import page_of_letters
from networks.letters.queries import on_paper
from portal.people.models import Role
from portal.todos import Todo, waits_for


@waits_for(Role.Kind.OFFICE)
def letters_to_print(hat):
    due = on_paper([hat.school.pk])
    unprinted, untold = sum(one.unprinted for one in due), sum(one.untold for one in due)
    found, unaware = [], sum(one.unaware for one in due)
    if unaware:
        title = ngettext(
            "Tell %(n)s family that it is called off", "Tell %(n)s families that it is called off", unaware
        )
        url = page_of_letters(next(one.gathering for one in due if one.unaware))
        found.append(_todo(title % {"n": unaware}, url, "Phone"))
    if untold:
        title = ngettext(
            "Tell %(n)s family that there is room for it", "Tell %(n)s families that there is room for them", untold
        )
        url = page_of_letters(next(one.gathering for one in due if one.untold))
        found.append(_todo(title % {"n": untold}, url, "Phone"))
    if unprinted:
        title = ngettext("Send %(n)s letter home", "Send %(n)s letters home", unprinted) % {"n": unprinted}
        found.append(_todo(title, reverse("networks:letters_due"), "PrinterSmall"))
    return found


def _todo(title, url, icon):
    return Todo(title=title, url=url, icon=icon, hue="gatherings")
