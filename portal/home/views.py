"""The first page after signing in, the hat switch, the pages linked from the footer, and the demo's way in."""

from datetime import date

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, anyone, page, signed_in
from portal.help import chapters_for
from portal.home import actions, queries
from portal.home.demo.cast import cast, cast_by_role
from portal.home.seen import Readings
from portal.paths import key_in
from portal.people.hats import CHOSEN, hats_of, worn
from portal.people.models import School, the_portal
from portal.people.second_factor import STAND_IN
from portal.people.sessions import enter_in_list

PER_PAGE = 50
STATEMENT_OF = date(2026, 11, 22)  # when the statement was last reviewed


@page(open_to=signed_in)
@require_safe
def home(request):
    hat, hats = worn(request)
    overview = queries.overview_of(hat, hats, timezone.localdate()) if hat else None
    return render(request, "home/home.html", {"overview": overview, "person": request.user})


@page(open_to=signed_in)
@require_POST
def hat_wear(request):
    """A hat that is not one's own changes nothing."""
    wanted = request.POST.get("hat", "")
    if wanted in {hat.key for hat in hats_of(request.user)}:
        request.session[CHOSEN] = wanted
    return redirect("home")


@page(open_to=anyone)
@require_safe
def help_show(request):
    hat, _hats = worn(request)
    return render(
        request, "home/help_show.html", {"chapters": chapters_for(hat and hat.kind), "schools": queries.schools_of(hat)}
    )


@page(open_to=anyone)
@require_safe
def accessibility(request):
    hat, _hats = worn(request)
    schools = list(queries.schools_of(hat))
    countries = {school.country for school in schools} or set(School.Country.values)
    return render(
        request,
        "home/accessibility.html",
        {"schools": schools, "countries": countries, "stated_on": STATEMENT_OF},
    )


@never_cache
@page(open_to=signed_in)
@require_safe
def privacy_seen(request):
    hat, _hats = worn(request)
    shown = Paginator(Readings(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "home/privacy_seen.html", {"rows": shown, "schools": queries.schools_of(hat)})


@never_cache
@page(open_to=anyone)
@WRITES
def demo(request):
    """404 wherever people are real."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = get_object_or_404(cast(), pk=key_in(request.POST.get("person")))
        actions.step_in(person, by=the_portal())
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        record_authentication(request, person, STAND_IN)
        enter_in_list(request)
        return redirect("home")
    return render(request, "home/demo.html", {"groups": cast_by_role()})
