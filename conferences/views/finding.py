"""What several pages of the room are about, if the person may see it; otherwise 404."""

from django.shortcuts import get_object_or_404

from conferences.models import Conference
from portal.people.models import School


def found_conference(request, pk):
    conferences = Conference.objects.visible_to(request.user).select_related(
        "pupil", "teacher", "round", "booking", "home", "school_class__school"
    )
    return get_object_or_404(conferences, pk=pk)


def own_school(request):
    schools = list(School.objects.run_by(request.user).order_by("name"))
    asked = request.GET.get("school", "")
    return next((one for one in schools if str(one.pk) == asked), schools[0]), schools
