"""Who does what: proposed by an import, elected by the parents, appointed by the school."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people import actions
from portal.people.forms import ContactElectForm, RoleForm
from portal.people.models import Person, Role, SchoolClass
from portal.people.queries.endings import ended_at, role_ending
from portal.people.queries.office import roles_page
from portal.people.rules import office, restrictors, school_staff


@page(open_to=restrictors)
@require_safe
def role_list(request):
    shown, rows = roles_page(request.user, request.GET.get("page"))
    return render(request, "people/role_list.html", {"shown": shown, "rows": rows, "ended": ended_at(request.user)})


@page(open_to=restrictors)
@WRITES
def role_give(request, key):
    holder = get_object_or_404(Person.objects.visible_to(request.user), key=key)
    form = RoleForm(*posted(request), person=request.user)
    if form.is_valid():
        with refusals_as(form):
            actions.appoint(holder, by=request.user, **form.cleaned_data)
            messages.success(request, _("%(name)s has the role.") % {"name": holder})
            return redirect("people:person_detail", key)
    return render(request, "people/role_give.html", {"form": form, "person": holder})


@page(open_to=school_staff)
@WRITES
def contact_elect(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.managed_by(request.user), pk=pk)
    form = ContactElectForm(*posted(request), school_class=school_class, person=request.user)
    if form.is_valid():
        with refusals_as(form):
            elected = form.cleaned_data.pop("holder")
            kind = Role.Kind.CLASS_CONTACT
            actions.appoint(elected, by=request.user, kind=kind, scope=school_class, **form.cleaned_data)
            messages.success(request, _("The class contact is written down."))
            return redirect("people:contact_elect", pk)
    contacts = school_class.roles.live(kinds=[Role.Kind.CLASS_CONTACT]).select_related("person")
    return render(
        request, "people/contact_elect.html", {"form": form, "school_class": school_class, "contacts": contacts}
    )


@page(open_to=restrictors)
@require_POST
def role_confirm(request, pk):
    role = get_object_or_404(Role.objects.visible_to(request.user), pk=pk)
    with refusals_shown(request):
        actions.confirm_role(role, by=request.user)
        messages.success(request, _("The role is confirmed."))
    return redirect("people:role_list")


@page(open_to=office)
@require_POST
def roles_confirm(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.managed_by(request.user), pk=pk)
    with refusals_shown(request):
        actions.confirm_roles(school_class, by=request.user)
        messages.success(request, _("The roles in %(name)s are confirmed.") % {"name": school_class})
    return redirect("people:role_list")


@page(open_to=school_staff)
@WRITES
def role_end(request, pk):
    role = found(request, pk)
    require(actions.end_role.may(request.user, role))
    back = reverse("home") if role.person_id == request.user.pk else _page_of(role)
    if role.state == Role.State.ENDED:
        messages.info(request, _("This role has already ended."))
        return redirect(back)
    if request.method == "POST":
        with refusals_shown(request):
            actions.end_role(role, by=request.user)
            messages.success(request, _("The role has ended."))
        return redirect(back)
    question, follows, button = role_ending(role, request.user)
    shown = {"question": question, "follows": follows, "button": button, "back_url": back, "back_label": role.person}
    return render(request, "people/ending.html", shown)


@page(open_to=school_staff)
@require_POST
def role_take_up(request, pk):
    role = found(request, pk)
    with refusals_shown(request):
        actions.take_up_role(role, by=request.user)
        messages.success(request, _("The role counts again, and %(name)s is told.") % {"name": role.person})
    return redirect(_page_of(role))


def found(request, pk):
    roles = Role.objects.visible_to(request.user)
    return get_object_or_404(roles.select_related("person", "school", "school_class__school", "municipality"), pk=pk)


def _page_of(role):
    return reverse("people:person_detail", args=[role.person.key])
