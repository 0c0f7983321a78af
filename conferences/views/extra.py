"""Talks outside the rounds."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from conferences import actions, rules
from conferences.forms.day import CloseForm, ExtraForm, PromptForm, ScheduleForm
from conferences.models import ExtraRequest
from conferences.queries.extra import class_of, extra_page, prompt_of, pupils_for, teachers_away_until, waiting_for
from conferences.queries.hosted_page import class_teachers
from portal.access import WRITES, page, require
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.hats import KINDS_OF, worn
from portal.people.models import Person, SchoolClass
from portal.people.rules import is_guardian_of, teachers


def asked(request, pk):
    found = ExtraRequest.objects.visible_to(request.user).select_related("pupil", "by", "school_class__school")
    return get_object_or_404(found, pk=pk)


@page(open_to=rules.extra_askers)
@require_safe
def extra_list(request):
    _hat, hats = worn(request)
    is_staff = any(hat.kind in KINDS_OF[rules.hosts] for hat in hats)
    shown = {"page": extra_page(request.user, hats), "is_staff": is_staff}
    return render(request, "conferences/extra_list.html", shown)


@page(open_to=rules.extra_askers)
@WRITES
def extra_ask(request, pupil):
    child = get_object_or_404(Person.objects.visible_to(request.user), key=pupil)
    school_class = class_of(child, request.user)
    if school_class is None:
        raise Http404
    require(actions.ask_extra.may(request.user, child, school_class=school_class))
    is_home = is_guardian_of(request.user, child)
    form = ExtraForm(*posted(request), is_home=is_home, initial={"reason": request.GET.get("reason")})
    if form.is_valid():
        with refusals_as(form):
            actions.ask_extra(child, by=request.user, school_class=school_class, **form.cleaned_data)
            messages.success(request, _thanks(is_home))
            return redirect("conferences:extra_list")
    shown = {"child": child, "school_class": school_class, "form": form, "is_home": is_home}
    shown["away_until"] = teachers_away_until(school_class) if is_home else None
    return render(request, "conferences/extra_ask.html", shown)


def _thanks(is_home):
    if is_home:
        return _("The school has got your wish, and suggests a time within five school days.")
    return _("The guardians are told that the school would like to talk. Now suggest a time.")


@page(open_to=rules.hosts)
@WRITES
def extra_schedule(request, pk):
    wish = asked(request, pk)
    require(rules.can_settle_extra(request.user, wish))
    staff = class_teachers(wish.school_class)
    usual = {"teacher": request.user.pk, "minutes": 20}
    form = ScheduleForm(*posted(request), school=wish.school_class.school, teachers=staff, initial=usual)
    if form.is_valid():
        with refusals_as(form):
            conference = actions.schedule_extra(wish, by=request.user, **form.cleaned_data)
            messages.success(request, _("The family is told."))
            return redirect("conferences:talk_show", conference.pk)
    return render(request, "conferences/extra_schedule.html", {"wish": wish, "form": form})


@page(open_to=rules.extra_askers)
@WRITES
def extra_close(request, pk):
    wish = asked(request, pk)
    require(actions.close_extra.may(request.user, wish))
    form = CloseForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.close_extra(wish, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is closed."))
            return redirect("conferences:extra_list")
    return render(request, "conferences/extra_close.html", {"wish": wish, "form": form})


@page(open_to=teachers)
@WRITES
def extra_prompt(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user).select_related("school"), pk=pk)
    require(actions.answer_prompt.may(request.user, school_class))
    pupils = pupils_for(request.user, school_class)
    form = PromptForm(*posted(request), pupils=pupils)
    if form.is_valid():
        with refusals_as(form):
            prompt = actions.answer_prompt(school_class, by=request.user, asks=form.cleaned_data["asks"])
            messages.success(request, _done(prompt.children))
            return redirect("conferences:extra_list")
    shown = {
        "school_class": school_class,
        "form": form,
        "prompt": prompt_of(school_class),
        "waiting": waiting_for(pupils),
    }
    return render(request, "conferences/extra_prompt.html", shown)


def _done(children):
    if not children:
        return _("Thank you. No child needs an extra talk this month.")
    text = ngettext("%(n)s extra talk is asked for.", "%(n)s extra talks are asked for.", children)
    return text % {"n": children}
