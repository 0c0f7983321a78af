"""What stands of a class's gatherings on its page: the next one, what is planned, and what was held."""

from networks.agreements.class_page import agreements
from networks.birthdays.class_page import birthdays
from networks.bulletins.class_page import bulletins
from networks.children.class_page import children
from networks.cohort.class_page import beginning, between_families
from networks.digests.class_page import digests
from networks.fund.class_page import fund
from networks.groups.class_page import groups
from networks.polls.class_page import polls
from networks.queries import earlier_years, gatherings_on_page
from networks.rota.class_page import rota
from networks.topics.class_page import proposals
from networks.weekly.class_page import weekly
from portal.class_page import Part, stands_on_class_page

__all__ = [
    "agreements",
    "beginning",
    "between_families",
    "birthdays",
    "bulletins",
    "children",
    "digests",
    "fund",
    "gatherings",
    "groups",
    "history",
    "polls",
    "proposals",
    "rota",
    "weekly",
]


@stands_on_class_page(10)
def gatherings(school_class, reader):
    return Part("networks/_on_class_page.html", gatherings_on_page(school_class, reader))


@stands_on_class_page(15)
def history(school_class, reader):
    years = earlier_years(school_class)
    return Part("networks/_history_on_class_page.html", years) if years else None
