"""The class of a child on the child's page. A child has no account with its class's gatherings: these are a guardian's."""

from django.urls import reverse
from django.utils.translation import gettext as _

from networks.queries.child_page import GATHERING, held_and_told
from portal.children import Line, Part, shows_about_a_child
from portal.speech import capital, day


@shows_about_a_child
def of_the_class(asked):
    if asked.is_own:
        return {}
    classes = {one.pk: one for one in asked.classes}
    done, told = [], []
    for sort, key, title, at, here in held_and_told(asked.classes, asked.reader):
        school_class = classes[here]
        said = capital(day(at, school_class.school))
        if sort == GATHERING:
            url = reverse("networks:gathering_show", args=[key])
            done.append(Line(title, at=at, said=said, detail=school_class.name, url=url, hue="gatherings"))
        else:
            url, to = reverse("networks:bulletin_show", args=[key]), _("To all families of %(class)s")
            detail = to % {"class": school_class.name}
            told.append(Line(title, at=at, said=said, detail=detail, url=url, hue="gatherings"))
    return {Part.GROUP: done, Part.SENT: told}
