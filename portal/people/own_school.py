"""Which school a page is about, for whoever has several: the one that the address asks for, or the first by name."""

from portal.people.models import School


def own_school(request):
    """(the school, all of them), of those that the person runs."""
    return chosen_of(request, list(School.objects.run_by(request.user).order_by("name")))


def chosen_of(request, schools):
    """The same of other schools, of which there is one at least."""
    asked = request.GET.get("school", "")
    return next((one for one in schools if str(one.pk) == asked), schools[0]), schools
