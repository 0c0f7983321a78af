"""What several pages of the room are about: a gathering or a class. What the person may not see is 404. And what several
say."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from networks import queries, rules
from networks.models import Gathering, Poll
from portal.access import require
from portal.people.models import SchoolClass
from portal.speech import in_words


def found(person, pk):
    return get_object_or_404(_whole(Gathering.objects.visible_to(person)), pk=pk)


def known_to(person, pk):
    """One that the person sees, or about whose time they have been asked."""
    poll = Poll.objects.visible_to(person).sent().filter(gathering=pk).select_related("gathering").first()
    return poll.gathering if poll else found(person, pk)


def _whole(gatherings):
    whole = gatherings.select_related("school_class__school", "school_class__year", "poll", "inclusion")
    return whole.with_programme()


def organised(request, pk):
    """A gathering the person organises, in one query. Anybody else gets 403, or 404 where it does not exist for
    them."""
    gathering = _whole(Gathering.objects.organised_by(request.user)).filter(pk=pk).first()
    if gathering is None:
        get_object_or_404(Gathering.objects.visible_to(request.user), pk=pk)
        raise PermissionDenied
    return gathering


def own_class(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user).select_related("school"), pk=pk)
    require(rules.can_gather(request.user, school_class))
    return school_class


def ask_about_names(request, words):
    """What stands already is not looked over before it is sent, so whoever writes it is asked here."""
    if words:
        asked = _("Is a child named? Look at these words, and write them another way: %(words)s")
        messages.warning(request, asked % {"words": in_words(words)})


def say_if_full(request, gathering, household):
    """To whoever has written down a yes for a home that waits."""
    if number := queries.number_in_line(gathering, household.pk):
        words = _("It is full, so the family stands on the waiting list, as number %(n)s. Tell them so.")
        messages.warning(request, words % {"n": number})
