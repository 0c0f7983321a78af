"""What several pages of the room are about, if the person may see it; otherwise 404."""

from django.shortcuts import get_object_or_404

from conferences.models import Conference


def found_conference(request, pk):
    conferences = Conference.objects.visible_to(request.user).select_related(
        "pupil", "teacher", "round", "booking", "home", "school_class__school"
    )
    return get_object_or_404(conferences, pk=pk)
