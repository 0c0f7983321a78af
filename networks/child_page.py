"""The class of a child on the child's page. A child has no account with its class's gatherings: these are a guardian's."""

from django.urls import reverse
from django.utils.translation import gettext as _

from networks.queries.child_page import GATHERING, WEEKLY, held_and_told
from portal.children import Line, Part, shows_about_a_child
from portal.speech import capital, day


@shows_about_a_child
def of_the_class(asked):
    classes = {one.pk: one for one in asked.classes}
    found = {Part.ASK: [], Part.GROUP: [], Part.SENT: []}
    for sort, key, said, at, here in held_and_told(asked.classes, asked.reader, is_own=asked.is_own):
        part, line = _line(sort, key, said, at, classes[here])
        found[part].append(line)
    return found


def _line(sort, key, said, at, school_class):
    at_day = {"at": at, "said": capital(day(at, school_class.school)), "hue": "gatherings"}
    if sort == WEEKLY:
        return Part.ASK, Line(said, detail=school_class.name, **at_day)
    if sort == GATHERING:
        url = reverse("networks:gathering_show", args=[key])
        return Part.GROUP, Line(said, detail=school_class.name, url=url, **at_day)
    url, to = reverse("networks:bulletin_show", args=[key]), _("To all families of %(class)s")
    return Part.SENT, Line(said, detail=to % {"class": school_class.name}, url=url, **at_day)


@shows_about_a_child
def told_to_homes(asked):
    """What holds at every school: a notice is sent to each guardian, in whichever home."""
    if asked.is_own or not asked.classes:
        return {}
    notice = _("Every notice to the class, in all homes of a child.")
    detail = _("Where something has happened, it says when it was noticed and when you were told.")
    return {Part.ALWAYS: [Line(notice, detail=detail, hue="gatherings")]}
