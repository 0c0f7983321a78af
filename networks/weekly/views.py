"""The line of the week of a class: written, corrected, taken back."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from networks.names.checking import look_through_whole
from networks.weekly import actions, forms, queries, rules
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import SchoolClass
from portal.people.overtaken import Shown
from portal.people.rules import teachers

SAID = ("networks.weekly_written", "networks.weekly_changed")


def taught(request, pk):
    classes = SchoolClass.objects.followed_by(request.user).select_related("school")
    school_class = get_object_or_404(classes, pk=pk)
    require(rules.can_write_weekly(request.user, school_class))
    return school_class


@page(open_to=teachers)
@WRITES
def weekly_write(request, pk):
    """Written where there is none this week, otherwise corrected."""
    school_class = taught(request, pk)
    line = queries.line_of_this_week(school_class)
    shown = Shown(school_class, forms.WeeklyForm.values_of, about=queries.line_of_this_week, verbs=SAID)
    look = partial(look_through_whole, [school_class], request.user)
    form = forms.WeeklyForm(*posted(request), shown=shown, look=look)
    if form.is_valid():
        with refusals_as(form):
            _put(school_class, line, request.user, form.cleaned_data)
            messages.success(request, _("Saved. It stands on the pages of the children and of the class."))
            return redirect("people:class_show", pk)
    return render(request, "networks/weekly_write.html", {"school_class": school_class, "form": form, "line": line})


def _put(school_class, line, person, said):
    if line is None:
        actions.write_weekly(school_class, by=person, **said)
    else:
        actions.change_weekly(line, by=person, **said)


@page(open_to=teachers)
@require_POST
def weekly_take_back(request, pk):
    school_class = taught(request, pk)
    line = queries.line_of_this_week(school_class)
    if line:
        with refusals_shown(request):
            actions.take_back_weekly(line, by=request.user)
            messages.success(request, _("Taken away. Nobody reads it any more."))
    return redirect("networks:weekly_write", pk)
