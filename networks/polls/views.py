"""The pages of a poll: planned, sent, answered by each home, and fixed; and the days that are said beside a time."""

from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks import actions, ideas
from networks.models import FaithDay, PollAnswer
from networks.polls import forms, hearing, queries, rules
from networks.queries.tasks import maybe_names
from networks.rules import organisers
from networks.views.finding import found, organised, own_class
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.messaging.holders import GO_ON, is_neutral, know_here, lends_and_tells, waiting_here
from portal.people.hats import has_hat
from portal.people.models import Role, School
from portal.people.overtaken import Shown
from portal.people.own_school import own_school
from portal.people.rules import class_contacts
from portal.speech import capital, in_words, period

SIGNS = {"yes": "CheckmarkCircle", "if_need": "QuestionmarkCircle", "no": "XMark"}


@page(open_to=class_contacts)
@WRITES
def poll_draft(request, pk):
    school_class = own_class(request, pk)
    idea = ideas.BY_KEY.get(request.GET.get("idea"))
    values = forms.PollForm.values_from(idea)
    form = forms.PollForm(*posted(request), school=school_class.school, initial=values)
    if form.is_valid():
        with refusals_as(form):
            gathering = actions.draft_poll(school_class, by=request.user, **form.cleaned_data)
            return redirect("networks:inclusion_check", gathering.pk)
    return render(request, "networks/poll_draft.html", {"school_class": school_class, "form": form, "idea": idea})


@page(open_to=organisers)
@WRITES
def poll_times(request, pk):
    gathering = organised(request, pk)
    shown = Shown(gathering, forms.TimesForm.values_of)
    form = forms.TimesForm(*posted(request), school=gathering.school_class.school, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.set_times(gathering, by=request.user, **form.cleaned_data)
            return redirect("networks:poll_organise", pk)
    return render(request, "networks/poll_times.html", {"gathering": gathering, "form": form})


@page(open_to=organisers)
@require_POST
def poll_drop(request, pk):
    gathering = organised(request, pk)
    with refusals_shown(request):
        actions.drop_poll(gathering, by=request.user)
        messages.success(request, _("Nobody is asked. Write the time yourself."))
        return redirect("networks:gathering_edit", pk)
    return redirect("networks:gathering_send", pk)


@page(open_to=organisers)
@require_safe
def poll_organise(request, pk):
    gathering = organised(request, pk)
    if not gathering.has_no_time:
        return redirect("networks:gathering_send", pk)
    shown = {"gathering": gathering, "board": queries.poll_board(gathering.poll, request.user)}
    if not gathering.poll.sent_at:
        shown["maybe_names"] = maybe_names(gathering, request.user)
    shown["may_gather"] = has_hat(request, Role.Kind.CLASS_CONTACT, gathering.school_class)
    shown["greeting"] = hearing.greeting_of(gathering)
    return render(request, "networks/poll_organise.html", shown)


@page(open_to=organisers)
@require_POST
def poll_send(request, pk):
    gathering = organised(request, pk)
    with refusals_shown(request):
        actions.send_poll(gathering, by=request.user)
        messages.success(request, _("Every family in the class is asked. The messages go out within some minutes."))
    return redirect("networks:poll_organise", pk)


@page(open_to=organisers)
@require_POST
def poll_fix(request, pk):
    """Asks once more, on a page of its own, where few can come."""
    gathering = organised(request, pk)
    if not gathering.has_no_time:
        messages.error(request, _("A time has been fixed, or the families are not asked any more."))
        return redirect("networks:gathering_organise", pk)
    form = forms.FixForm(*posted(request), poll=gathering.poll)
    if not form.is_valid():
        messages.error(request, _("Choose one of the times."))
        return redirect("networks:poll_organise", pk)
    with refusals_shown(request):
        try:
            actions.fix_time(gathering, by=request.user, **form.cleaned_data)
        except actions.FewCanCome:
            return _once_more(request, gathering, form.cleaned_data["time"])
        messages.success(request, _("The time is fixed, and the invitation is on its way to everyone in the class."))
        return redirect("networks:gathering_organise", pk)
    return redirect("networks:poll_organise", pk)


@page(open_to=organisers)
@WRITES
def poll_fix_other(request, pk):
    """A time that nobody was asked about."""
    gathering = organised(request, pk)
    if request.method != "POST" and not (gathering.has_no_time and gathering.poll.sent_at):
        return redirect("networks:gathering_send", pk)
    form = forms.OtherTimeForm(*posted(request), school=gathering.school_class.school)
    if form.is_valid():
        with refusals_as(form):
            actions.fix_other_time(gathering, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("The time is fixed, and the invitation is on its way to everyone in the class.")
            )
            return redirect("networks:gathering_organise", pk)
    return render(request, "networks/poll_fix_other.html", {"gathering": gathering, "form": form})


@page(open_to=rules.answerers)
@WRITES
def home_suits(request, pk, home):
    """What a home says that is asked on the phone, or that has set crosses on paper."""
    gathering = get_object_or_404(hearing.heard_by(request.user), pk=pk)
    shown = hearing.home_page(gathering, home, request.user)
    if shown is None:
        raise Http404
    require(rules.can_say_for(request.user, gathering, shown.household))
    back = "networks:poll_organise" if shown.organises else "networks:letter_list"
    form = forms.HomeSuitsForm(*posted(request), rows=shown.to_ask)
    if form.is_valid():
        with refusals_as(form):
            is_news = actions.say_for_home(gathering, by=request.user, household=shown.household, **form.cleaned_data)
            messages.success(request, _written_down(shown, is_news))
            return redirect(back, pk)
    return render(request, "networks/home_suits.html", {"gathering": gathering, "page": shown, "form": form})


def _written_down(shown, is_news):
    """Whether it was new is not said to whoever is not to read what stands."""
    if not shown.is_reached:
        return _(
            "The answer is written down. No message reaches the family. They see it on their own page and can change it "
            "there."
        )
    if shown.hides:
        return _("The answer is written down, and the family can change it.")
    if not is_news:
        return _("This stood there already. Nothing is changed, and nobody is told.")
    return _("The answer is written down. The family is told, and can change it.")


def _once_more(request, gathering, time):
    suiting = queries.suitings(gathering.poll, [time], queries.homes_of(gathering))[time.pk]
    return render(request, "networks/poll_fix.html", {"gathering": gathering, "time": time, "suiting": suiting})


@page(open_to=organisers)
@WRITES
def poll_call_off(request, pk):
    gathering = organised(request, pk)
    form = forms.CallOffForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.call_off_poll(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("Every family is told that none of the times is used. It is a draft again."))
            return redirect("networks:gathering_send", pk)
    return render(request, "networks/poll_call_off.html", {"gathering": gathering, "form": form})


# A home's answers


@page(open_to=signed_in)
@WRITES
def poll_show(request, pk):
    poll = queries.poll_of(request.user, pk)
    if poll is None:  # it has become an invitation, or has never been sent
        return redirect("networks:gathering_show", found(request.user, pk).pk)
    return _answering(request, poll, request.user)


def by_link(request, poll, link):
    """The page of a personal link while the poll has not become an invitation."""
    if request.method == "POST" and poll.is_open() and (carried := waiting_here(request, link)):
        return _said_for_whom(request, poll, link, carried)
    response = _answering(request, poll, link.person, link)
    if GO_ON in request.POST:
        know_here(request, response, link)
    return response


def _said_for_whom(request, poll, link, carried):
    shown = queries.poll_page(poll, link.person)
    require(shown.may_answer)
    form = forms.SuitsForm(*posted(request), poll=poll)
    said = form.cleaned_data if form.is_valid() else {}
    context = {"page": shown, "gathering": poll.gathering, "link": link, "carried": carried, "go_on": GO_ON}
    context |= {"is_neutral": is_neutral(link), "time": said.get("time"), "chosen": _in_words(said.get("suits"))}
    return render(request, "networks/poll_confirm.html", context)


def _in_words(suits):
    words = {**dict(PollAnswer.Suits.choices), PollAnswer.OPEN: _("Not answered")}
    return words.get(suits, "")


def _answering(request, poll, person, link=None):
    shown = queries.poll_page(poll, person)
    if request.method == "POST":
        require(shown.may_answer)
        form = forms.SuitsForm(*posted(request), poll=poll)
        if not form.is_valid():
            messages.error(request, _("This is not among the times any more."))
            return redirect(request.path)
        return _said(request, shown, person, link, **form.cleaned_data)
    context = {"page": shown, "gathering": poll.gathering, "link": link, "is_neutral": is_neutral(link)}
    context["answers"] = [(value, label, SIGNS[value]) for value, label in PollAnswer.Suits.choices]
    return render(request, "networks/poll_show.html", context)


def _said(request, shown, person, link, time, suits):
    """Says in words what was saved, and for whom; by a protected family's link neither."""
    lent = lends_and_tells(request, link)
    with refusals_shown(request):
        actions.say_suits(shown.gathering, by=person, household=shown.household, time=time, suits=suits, lent=lent)
        if is_neutral(link):
            messages.success(
                request, _("Thank you. Your answer is saved. You can change it until the last day to answer.")
            )
        else:
            messages.success(
                request,
                _("Saved for the family of %(names)s: %(time)s – %(answer)s.")
                % {
                    "names": in_words(shown.names),
                    "time": capital(period(time.starts_at, time.ends_at, shown.gathering.school_class.school)),
                    "answer": _in_words(suits),
                },
            )
    return redirect(f"{request.path}#time-{time.pk}")


# Days that many celebrate


@page(open_to=rules.day_managers)
@WRITES
def faith_day_list(request):
    school, schools = own_school(request)
    form = forms.FaithDayForm(*posted(request), school=school)
    if form.is_valid():
        with refusals_as(form):
            actions.add_faith_day(school, by=request.user, **form.cleaned_data)
            messages.success(request, _("The day is on the list."))
            return redirect(request.get_full_path())
    ahead = FaithDay.objects.visible_to(request.user).at(school).filter(day__gte=school.today())
    days = [(year, list(in_year)) for year, in_year in groupby(ahead, key=lambda one: one.day.year)]
    return render(
        request, "networks/faith_day_list.html", {"school": school, "schools": schools, "days": days, "form": form}
    )


@page(open_to=rules.day_managers)
@require_POST
def faith_day_remove(request, pk, day):
    school = get_object_or_404(School.objects.run_by(request.user), pk=pk)
    faith_day = get_object_or_404(FaithDay.objects.visible_to(request.user).at(school), pk=day)
    with refusals_shown(request):
        actions.remove_faith_day(school, by=request.user, faith_day=faith_day)
        messages.success(request, _("Taken away. Nobody reads it beside a time any more."))
    return redirect(f"{reverse('networks:faith_day_list')}?school={school.pk}")
