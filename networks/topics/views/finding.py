"""The class or the proposal that a page is about. What the person may not see is 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from networks.models import Proposal
from networks.topics import queries
from networks.topics.kits import BY_KEY


def class_around(request, pk):
    school_class = queries.class_of(request.user, pk)
    if school_class is None:
        raise Http404
    return school_class


def found_proposal(request, pk):
    proposals = Proposal.objects.visible_to(request.user).select_related("school_class__school", "school_class__year")
    return get_object_or_404(proposals, pk=pk)


def found_kit(key):
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]
