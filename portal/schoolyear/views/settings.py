"""What the office and the principal say of their school, part by part."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from portal.access import MEGABYTE, WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import School, SchoolYear
from portal.people.overtaken import Shown
from portal.people.rules import office
from portal.schoolyear import actions, queries
from portal.schoolyear.forms import ChosenDaysForm, HolidayFileForm, HolidayForm, PromisesForm, TermsForm
from portal.schoolyear.models import Holiday


@page(open_to=office)
@require_safe
def setting_list(request):
    """Which of several schools; whoever has one goes on to it."""
    schools = list(School.objects.run_by(request.user).order_by("name"))
    if len(schools) == 1:
        return redirect("schoolyear:setting_show", schools[0].pk)
    return render(request, "schoolyear/setting_list.html", {"schools": schools})


@page(open_to=office)
@require_safe
def setting_show(request, pk):
    return render(request, "schoolyear/setting_show.html", {"page": queries.setting_page(_own(request, pk))})


@page(open_to=office)
@WRITES
def promises_set(request, pk):
    school = _own(request, pk)
    form = PromisesForm(*posted(request), shown=Shown(school, _promises, about=queries.setting_of))
    if form.is_valid():
        with refusals_as(form):
            actions.set_promises(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Families read it under “The school year”."))
            return redirect("schoolyear:setting_show", pk)
    return render(request, "schoolyear/promises_set.html", {"school": school, "form": form})


def _promises(school):
    return PromisesForm.values_of(queries.setting_of(school))


@page(open_to=office)
@WRITES
def terms_set(request, pk):
    years = SchoolYear.objects.filter(school__in=School.objects.run_by(request.user).values("pk"))
    year = get_object_or_404(years.select_related("school"), pk=pk)
    form = TermsForm(*posted(request), shown=Shown(year, TermsForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.set_terms(year, by=request.user, **form.cleaned_data)
            messages.success(request, _("The half-years are saved."))
            return redirect("schoolyear:setting_show", year.school_id)
    return render(request, "schoolyear/terms_set.html", {"school": year.school, "year": year, "form": form})


@page(open_to=office)
@WRITES
def holiday_list(request, pk):
    school = _own(request, pk)
    form = HolidayForm(*posted(request), school=school)
    if form.is_valid():
        with refusals_as(form):
            added = actions.add_holidays(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("The holiday is on the list.") if added else _("It is on the list already."))
            return redirect("schoolyear:holiday_list", pk)
    shown = {"school": school, "form": form, "holidays": school.holidays.filter(ends_on__gte=school.today())}
    return render(request, "schoolyear/holiday_list.html", shown)


@page(open_to=office, body=20 * MEGABYTE)  # a file that is too large is named beside its field
@WRITES
def holidays_read(request, pk):
    """Nothing is saved here: what was read is laid before the reader, who leaves out what is no holiday."""
    school = _own(request, pk)
    form = HolidayFileForm(*posted(request), school=school)
    if form.is_valid():
        found = form.cleaned_data["file"]
        shown = {"school": school, "form": ChosenDaysForm(offered=found.days), "found": found}
        return render(request, "schoolyear/holidays_choose.html", shown)
    return render(request, "schoolyear/holidays_read.html", {"school": school, "form": form})


@page(open_to=office)
@require_POST
def holidays_choose(request, pk):
    school = _own(request, pk)
    form = ChosenDaysForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            added = actions.add_holidays(school, by=request.user, **form.cleaned_data)
            said = ngettext("%(n)s holiday is new on the list.", "%(n)s holidays are new on the list.", added)
            messages.success(request, said % {"n": added})
    else:
        messages.warning(request, _("You chose none of the days, so the list is as it was."))
    return redirect("schoolyear:holiday_list", pk)


@page(open_to=office)
@require_POST
def holiday_remove(request, pk):
    holiday = get_object_or_404(Holiday.objects.managed_by(request.user).select_related("school"), pk=pk)
    with refusals_shown(request):
        actions.remove_holiday(holiday, by=request.user)
        messages.success(request, _("The holiday is off the list."))
    return redirect("schoolyear:holiday_list", holiday.school_id)


def _own(request, pk):
    return get_object_or_404(School.objects.run_by(request.user), pk=pk)
