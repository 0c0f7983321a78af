"""What several pages of the room are about: a gathering or a class. What the person may not see is 404."""

from django.shortcuts import get_object_or_404

from networks import rules
from networks.models import Gathering, Poll
from networks.queries.board import with_programme
from portal.access import require
from portal.people.models import SchoolClass


def found(person, pk):
    return get_object_or_404(_whole(Gathering.objects.visible_to(person)), pk=pk)


def known_to(person, pk):
    """One that the person sees, or about whose time they have been asked."""
    poll = Poll.objects.visible_to(person).sent().filter(gathering=pk).select_related("gathering").first()
    return poll.gathering if poll else found(person, pk)


def _whole(gatherings):
    return with_programme(gatherings.select_related("school_class__school", "school_class__year", "poll", "inclusion"))


def organised(request, pk):
    """A gathering the person organises, in one query. Anybody else gets 403, or 404 where it does not exist for
    them."""
    gathering = _whole(Gathering.objects.organised_by(request.user)).filter(pk=pk).first()
    if gathering is None:
        gathering = found(request.user, pk)
        require(rules.can_organise(request.user, gathering))
    return gathering


def own_class(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user).select_related("school"), pk=pk)
    require(rules.can_gather(request.user, school_class))
    return school_class
