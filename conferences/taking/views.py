"""What the next contact teacher of a class takes over, and that they have looked through it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conferences.taking import actions, rules
from conferences.taking.queries import roles_to_look_through, taking_over
from portal.access import page, require
from portal.actions import refusals_shown
from portal.people.models import SchoolClass


def taken_class(request, pk):
    classes = SchoolClass.objects.followed_by(request.user).select_related("school")
    school_class = get_object_or_404(classes, pk=pk)
    require(rules.can_take_class_over(request.user, school_class))
    return school_class


@page(open_to=rules.contacts_and_leaders)
@require_safe
def class_take_over(request, pk):
    shown = taking_over(taken_class(request, pk), request.user)
    return render(request, "conferences/class_take_over.html", {"page": shown, "school_class": shown.school_class})


@page(open_to=rules.contacts_and_leaders)
@require_POST
def class_taken_over(request, pk):
    school_class = taken_class(request, pk)
    role = roles_to_look_through(request.user).filter(school_class=school_class).first()
    if role:
        with refusals_shown(request):
            actions.look_through(role, by=request.user)
            messages.success(request, _("Noted. The page stays here for you to look things up."))
    return redirect("conferences:class_take_over", pk)
