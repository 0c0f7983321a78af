"""Who is whose guardian: the office confirms, a child at a time or down the list of a class."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people import actions
from portal.people.forms import ClassListForm, GuardianForm, RelationForm
from portal.people.models import GuardianRelation, Person, SchoolClass, keys_of
from portal.people.queries.endings import relation_ending
from portal.people.queries.office import classes_waiting, relations_waiting
from portal.people.rules import office


@page(open_to=office)
@require_safe
def relation_list(request):
    classes = classes_waiting(GuardianRelation.objects.at_offices_of(request.user))
    return render(request, "people/relation_list.html", {"classes": classes})


@page(open_to=office)
@WRITES
def relations_confirm(request, pk):
    classes = SchoolClass.objects.filter(school__in=keys_of.schools_run(request.user))
    school_class = get_object_or_404(classes.visible_to(request.user).select_related("school"), pk=pk)
    waiting = relations_waiting(GuardianRelation.objects.at_offices_of(request.user), school_class)
    form = ClassListForm(*posted(request), waiting=waiting)
    if form.is_valid():
        with refusals_as(form):
            actions.confirm_relations(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("The guardians you ticked are confirmed. They can see their child now."))
            return redirect("people:relation_list")
    shown = {"form": form, "waiting": waiting, "school_class": school_class}
    return render(request, "people/relations_confirm.html", shown)


@page(open_to=office)
@WRITES
def relation_confirm(request, pk):
    relation = get_object_or_404(GuardianRelation.objects.at_offices_of(request.user).proposed(), pk=pk)
    form = RelationForm(*posted(request), relation=relation)
    if form.is_valid():
        together = form.cleaned_data.pop("lives_with")
        with refusals_as(form):
            actions.confirm_relation(relation, by=request.user, lives_with=together, **form.cleaned_data)
            messages.success(request, _("%(name)s is confirmed.") % {"name": relation.guardian})
            return redirect("people:relation_list")
    return render(request, "people/relation_confirm.html", {"form": form, "relation": relation})


@page(open_to=office)
@WRITES
def relation_end(request, pk):
    relation = found(request, pk)
    back = reverse("people:person_detail", args=[relation.pupil.key])
    if relation.state == GuardianRelation.State.ENDED:
        messages.info(request, _("This relation has already ended."))
        return redirect(back)
    if request.method == "POST":
        with refusals_shown(request):
            actions.end_relation(relation, by=request.user)
            messages.success(request, _("The relation has ended. It gives no rights any more."))
        return redirect(back)
    question, follows, button = relation_ending(relation)
    shown = {"question": question, "follows": follows, "button": button, "back_url": back, "back_label": relation.pupil}
    return render(request, "people/ending.html", shown)


@page(open_to=office)
@require_POST
def relation_take_up(request, pk):
    relation = found(request, pk)
    with refusals_shown(request):
        actions.take_up_relation(relation, by=request.user)
        return redirect("people:relation_confirm", pk)
    return redirect("people:person_detail", relation.pupil.key)


def found(request, pk):
    relations = GuardianRelation.objects.at_offices_of(request.user).select_related("guardian", "pupil")
    return get_object_or_404(relations, pk=pk)


@page(open_to=office)
@WRITES
def relation_propose(request, key):
    pupil = get_object_or_404(Person.objects.visible_to(request.user), key=key)
    form = GuardianForm(*posted(request), people=Person.objects.visible_to(request.user).exclude(pk=pupil.pk))
    if form.is_valid():
        with refusals_as(form):
            relation = actions.propose_relation(form.cleaned_data["guardian"], by=request.user, pupil=pupil)
            return redirect("people:relation_confirm", relation.pk)
    return render(request, "people/relation_propose.html", {"form": form, "pupil": pupil})
