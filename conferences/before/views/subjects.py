"""The pages of the subjects: what the school teaches, and what is written about whom."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from conferences import actions, rules
from conferences.before.forms import subjects as forms
from conferences.before.queries import subjects as queries
from conferences.models import Subject
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import SchoolClass
from portal.people.overtaken import Shown
from portal.people.own_school import own_school
from portal.people.rules import leads, teachers, teaches


def found_subject(request, pk):
    subject = get_object_or_404(Subject.objects.visible_to(request.user).select_related("school"), pk=pk)
    require(actions.change_subject.may(request.user, subject))
    return subject


@page(open_to=rules.round_leaders)
@WRITES
def subject_list(request):
    school, schools = own_school(request)
    form = forms.SubjectForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.add_subject(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("The subject is added."))
            return redirect(f"{request.path}?school={school.pk}")
    subjects = Subject.objects.visible_to(request.user).filter(school=school)
    shown = {"school": school, "schools": schools, "subjects": subjects, "form": form}
    return render(request, "conferences/subject_list.html", shown)


@page(open_to=rules.round_leaders)
@require_POST
def subjects_begin(request):
    school, _schools = own_school(request)
    actions.begin_subjects(school, by=request.user)
    messages.success(request, _("The usual subjects are on the list. Change what is different at your school."))
    return redirect("conferences:subject_list")


@page(open_to=rules.round_leaders)
@WRITES
def subject_edit(request, pk):
    subject = found_subject(request, pk)
    form = forms.SubjectForm(*posted(request), shown=Shown(subject, forms.SubjectForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.change_subject(subject, by=request.user, **form.cleaned_data)
            messages.success(request, _("The subject is saved."))
            return redirect("conferences:subject_list")
    return render(request, "conferences/subject_edit.html", {"subject": subject, "form": form})


@page(open_to=rules.round_leaders)
@require_POST
def subject_remove(request, pk):
    subject = found_subject(request, pk)
    with refusals_shown(request):
        actions.remove_subject(subject, by=request.user)
        messages.success(request, _("The subject is off the list."))
    return redirect("conferences:subject_list")


def found_class(request, pk):
    classes = SchoolClass.objects.visible_to(request.user).select_related("school", "year")
    school_class = get_object_or_404(classes, pk=pk)
    require(teaches(request.user, school_class) or leads(request.user, school_class.school))
    return school_class


@page(open_to=rules.hosts)
@require_safe
def subject_inputs(request, pk):
    school_class = found_class(request, pk)
    matrix = queries.matrix_of(school_class, request.user, with_talks=queries.follows_talks(school_class, request.user))
    may_write = teaches(request.user, school_class)
    return render(request, "conferences/subject_inputs.html", {"matrix": matrix, "may_write": may_write})


@page(open_to=teachers)
@never_cache
@WRITES
def subject_write(request, pk, subject_pk):
    school_class = found_class(request, pk)
    subject = get_object_or_404(Subject.objects.visible_to(request.user), pk=subject_pk, school=school_class.school_id)
    require(teaches(request.user, school_class))
    rows = queries.fields_of(school_class, subject, request.user)
    form = forms.SubjectTextsForm(*posted(request), rows=rows, shown=_own_words(request.user, school_class, subject))
    if form.is_valid():
        with refusals_as(form):
            texts = form.cleaned_data["texts"]
            written = actions.write_subject(school_class, by=request.user, subject=subject, texts=texts)
            said = ngettext(
                "Saved. You have written about %(n)s pupil.", "Saved. You have written about %(n)s pupils.", written
            )
            messages.success(request, said % {"n": written})
            return redirect("conferences:subject_inputs", school_class.pk)
    shown = {"school_class": school_class, "subject": subject, "form": form, "taken": forms.taken(rows)}
    return render(request, "conferences/subject_write.html", shown)


def _own_words(person, school_class, subject):
    """The teacher's own words so far. If a colleague writes about the same pupil meanwhile, the action refuses."""
    return Shown(
        person,
        lambda person: forms.SubjectTextsForm.values_of(queries.fields_of(school_class, subject, person)),
        about=lambda person: school_class,
        only=Q(by=person.pk, details__about=subject.pk),
    )
