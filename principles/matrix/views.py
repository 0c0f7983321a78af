"""The pages of where a class writes what: read by its families, written by its teachers; and a school's own: what is usual
there, and its other systems."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.own_school import own_school
from portal.people.rules import office, teachers
from principles.matrix import actions, queries, rules
from principles.matrix.forms import MatrixForm, SystemForm
from principles.matrix.models import OtherSystem, classes_read_by

# A class


@page(open_to=signed_in)
@require_safe
def matrix_show(request, pk):
    """Those who teach the class see their draft as it will be read; everybody else what is published."""
    school_class = _class_read(request, pk)
    may_write = rules.can_write_matrix(request.user, school_class)
    own = queries.matrix_of(school_class)
    read = queries.read_in(school_class)
    matrix = own if own and may_write else read and read.matrix
    shown = {
        "school_class": school_class,
        "written": queries.page_of(matrix, request.user) if matrix else None,
        "is_draft": bool(may_write and own and not own.is_published),
        "may_write": may_write,
    }
    return render(request, "principles/matrix/matrix_show.html", shown)


@page(open_to=teachers)
@WRITES
def matrix_edit(request, pk):
    school_class = _class_written(request, pk)
    matrix = queries.matrix_of(school_class)
    begins, year = ({}, None) if matrix else queries.begins_with(school_class)
    form = MatrixForm(
        *posted(request),
        school=school_class.school,
        begins=begins,
        shown=Shown(school_class, _said_of_class, about=queries.matrix_of),
    )
    if form.is_valid():
        with refusals_as(form):
            came_of_it = actions.write_matrix(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _said(came_of_it))
            return redirect("principles:matrix_show", pk)
    shown = {"school_class": school_class, "form": form, "matrix": matrix, "begins": bool(begins), "year": year}
    return render(request, "principles/matrix/matrix_edit.html", shown)


@page(open_to=teachers)
@require_POST
def matrix_publish(request, pk):
    matrix = queries.matrix_of(_class_written(request, pk))
    if matrix is None:
        raise Http404
    with refusals_shown(request):
        actions.publish_matrix(matrix, by=request.user)
        messages.success(request, _("Published. The families of the class are told, and its pupils from 12."))
    return redirect("principles:matrix_show", pk)


def _class_read(request, pk):
    return get_object_or_404(classes_read_by(request.user).select_related("school", "year"), pk=pk)


def _class_written(request, pk):
    school_class = _class_read(request, pk)
    require(rules.can_write_matrix(request.user, school_class))
    return school_class


def _said_of_class(school_class):
    return MatrixForm.values_of(queries.said_in(queries.matrix_of(school_class)))


def _said(came_of_it):
    if came_of_it == "told":
        return _("Saved. Families read it as it is now, and are told that it has changed: once a day at most.")
    if came_of_it == "same":
        return _("Nothing was changed.")
    return _("Saved. Look at it as families will read it, and publish it when it is right.")


# The school


@page(open_to=office)
@WRITES
def matrix_usual(request):
    school, schools = own_school(request)
    form = MatrixForm(*posted(request), school=school, shown=Shown(school, _said_of_school, about=queries.usual_of))
    if form.is_valid():
        with refusals_as(form):
            actions.write_usual(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. Classes begin with it, and families read it until theirs is ready."))
            return redirect(request.get_full_path())
    shown = {"school": school, "schools": schools, "form": form, "progress": queries.progress_at(school)}
    return render(request, "principles/matrix/matrix_usual.html", shown)


def _said_of_school(school):
    return MatrixForm.values_of(queries.said_in(queries.usual_of(school)))


@page(open_to=office)
@WRITES
def system_list(request):
    school, schools = own_school(request)
    form = SystemForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.name_system(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is on the list. Teachers and the office can choose it now."))
            return redirect(request.get_full_path())
    shown = {"school": school, "schools": schools, "form": form, "systems": queries.systems_of(school)}
    return render(request, "principles/matrix/system_list.html", shown)


@page(open_to=office)
@WRITES
def system_edit(request, pk):
    system = _system(request, pk)
    form = SystemForm(*posted(request), shown=Shown(system, SystemForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.change_system(system, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. It stands so wherever it is named."))
            return redirect(_list_of(system.school_id))
    shown = {"system": system, "form": form, "back": _list_of(system.school_id)}
    return render(request, "principles/matrix/system_edit.html", shown)


@page(open_to=office)
@require_POST
def system_remove(request, pk):
    system = _system(request, pk)
    school = system.school_id
    with refusals_shown(request):
        actions.remove_system(system, by=request.user)
        messages.success(request, _("It is off the list. Where it was named, its name stays, and leads nowhere."))
    return redirect(_list_of(school))


def _system(request, pk):
    return get_object_or_404(OtherSystem.objects.managed_by(request.user).select_related("school"), pk=pk)


def _list_of(school):
    return f"{reverse('principles:system_list')}?school={school}"
