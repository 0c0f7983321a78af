"""Which ways of reaching a home are offered."""

from networks.models import Contact, ReachWays


def ways_of(school):
    return ReachWays.objects.filter(school=school).first() or ReachWays(school=school, kinds=Contact.Kind.values)
