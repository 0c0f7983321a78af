"""The pages of everyone who is invited: what comes, and one's own answer, signed in or by a personal link."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from networks import actions, forms, queries
from networks.bring.queries import share_of
from networks.bring.views import press
from networks.calendar import calendar_file
from networks.lifts.queries import own_lifts
from networks.lifts.views import answer_lift
from networks.models import Mute, Rsvp
from networks.polls.queries import poll_of
from networks.polls.views import by_link
from networks.programme.queries import programme_of
from networks.programme.views import say_about_leading
from networks.unnamed import UnnamedForm
from networks.views.finding import found, known_to
from portal.access import WRITES, link_holders, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.messaging.calendars import download
from portal.messaging.holders import (
    GO_ON,
    is_lent,
    is_neutral,
    is_written_here,
    know_here,
    lends_and_tells,
    remember_written,
    waiting_here,
)
from portal.messaging.links import personal_link


@page(open_to=signed_in)
@require_safe
def gathering_list(request):
    return render(request, "networks/gathering_list.html", {"page": queries.first_page(request.user)})


@page(open_to=signed_in)
@WRITES
def gathering_show(request, pk):
    if poll_of(request.user, pk):
        return redirect("networks:poll_show", pk)
    gathering = found(request.user, pk)
    if gathering.is_draft:  # only organisers see one, and nobody answers it yet
        return redirect("networks:gathering_send", pk)
    if "calendar" in request.GET:  # its address before it had one of its own
        return redirect("networks:gathering_calendar", pk)
    return _answering(request, gathering, request.user, "networks/gathering_show.html")


@page(open_to=link_holders)
@personal_link("networks.answer", about=queries.children_of_link)
@WRITES
def gathering_answer(request, link):
    """Until a time is fixed, the same link asks when it suits."""
    if poll := poll_of(link.person, link.subject.pk):
        return by_link(request, poll, link)
    if "calendar" in request.GET:
        return redirect("networks:answer_calendar", link.token)
    gathering = found(link.person, link.subject.pk)
    if carried := _not_yet(request, gathering, link):
        return _said_for_whom(request, gathering, link, carried)
    response = _answering(request, gathering, link.person, "networks/gathering_answer.html", link=link)
    if GO_ON in request.POST:
        know_here(request, response, link)
    return response


def _not_yet(request, gathering, link):
    """What waits for one more press: what a device sends that has not gone on by this link before, and the answer that
    a press in a message chose. An address that is opened saves nothing."""
    if not gathering.takes_answers():
        return []
    if request.method == "POST":
        return waiting_here(request, link)
    chosen = request.GET.get("answer")
    return [("answer", chosen)] if chosen in Rsvp.GIVEN else []


def _said_for_whom(request, gathering, link, carried):
    shown = queries.answer_page(gathering, link.person)
    require(shown.may_answer)
    said = dict(Rsvp.Answer.choices)
    context = {"page": shown, "gathering": gathering, "link": link, "carried": carried, "go_on": GO_ON}
    context |= {"chosen": said.get(dict(carried).get("answer")), "is_neutral": is_neutral(link)}
    return render(request, "networks/gathering_confirm.html", context)


@page(open_to=signed_in)
@require_safe
def gathering_calendar(request, pk):
    gathering = found(request.user, pk)
    if gathering.is_draft:
        raise Http404
    return download(calendar_file(gathering, request.user))


@page(open_to=link_holders)
@personal_link("networks.answer", about=queries.children_of_link, further=True)
@require_safe
def answer_calendar(request, link):
    gathering = found(link.person, link.subject.pk)
    if gathering.is_draft:
        raise Http404
    return download(calendar_file(gathering, link.person, url=link.url()))


@page(open_to=link_holders)
@personal_link("networks.answer", about=queries.children_of_link, further=True)
@WRITES
def gathering_mute(request, link):
    """Posted to by a page, or by a mail program with one press (RFC 8058), which follows no redirect."""
    gathering = known_to(link.person, link.subject.pk)
    if request.method == "POST":
        actions.mute(gathering, by=link.person, muted="undo" not in request.POST)
    is_muted = Mute.objects.visible_to(link.person).filter(gathering=gathering).exists()
    shown = {"gathering": gathering, "link": link, "is_muted": is_muted, "is_neutral": is_neutral(link)}
    return render(request, "networks/gathering_mute.html", shown)


def _answering(request, gathering, person, template, link=None):
    if is_neutral(link):
        return _answering_unnamed(request, gathering, person, link)
    shown = queries.answer_page(gathering, person)
    if request.method == "POST":
        require(shown.may_answer)
        if "answer" not in request.POST and {"take", "back"} & request.POST.keys():
            press(request, gathering, person, shown.household)
            return redirect(f"{request.path}#bring")
        if "undo" in request.POST:
            return _undone(request, shown, person)
        if "answer" not in request.POST and {"agree", "decline"} & request.POST.keys():
            require(not _lends(request, link))
            answer_lift(request, gathering, person, shown.household)
            return redirect(f"{request.path}#lifts")
        if "answer" not in request.POST and {"lead", "leave"} & request.POST.keys():
            require(not _lends(request, link))
            say_about_leading(request, gathering, person)
            return redirect(f"{request.path}#programme")
        tapped = forms.AnswerForm(*posted(request))
        if tapped.is_valid():
            return _tapped(request, shown, person, link, **tapped.cleaned_data)
    hides = link is not None and not is_written_here(request, link, *forms.DetailForm.private(shown.rsvp))
    told = forms.DetailForm.shown_of(shown, hides=hides)
    form = forms.DetailForm(*posted(request), page=shown, hides=hides, shown=told)
    if form.is_valid():
        with refusals_as(form):
            save = actions.add_word if shown.asks_word else actions.detail_answer
            saved = save(gathering, by=person, household=shown.household, **form.cleaned_data)
            messages.success(request, _("Thank you. What you told us is saved."))
            return _detailed(request, link, form, saved)
    context = {"page": shown, "gathering": gathering, "form": form, "link": link, "hides": hides}
    context["share"] = share_of(gathering, person.household_id)
    context["programme"] = programme_of(gathering, person)
    context["lifts"] = [] if _lends(request, link) else own_lifts(gathering, person, by_link=link is not None)
    return render(request, template, context)


def _lends(request, link):
    """Somebody of another home answers by this link; whom the family goes with is not theirs to read or to say."""
    return link is not None and is_lent(request, link)


def _answering_unnamed(request, gathering, person, link):
    """By a protected family's link: anyone it was forwarded to reads when, and may answer and say what is needed, but learns
    neither where the family will be nor what it has said."""
    shown = queries.answer_page(gathering, person)
    form = UnnamedForm(*posted(request), page=shown)
    if request.method == "POST":
        require(shown.may_answer)
        tapped = forms.AnswerForm(*posted(request))
        if tapped.is_valid() and form.is_valid():
            with refusals_as(form):
                _answered_unnamed(request, shown, person, link, form, **tapped.cleaned_data)
                messages.success(request, _("Thank you. Your answer is saved. You can change it until it starts."))
                return redirect(request.path)
        if not tapped.is_valid():
            messages.error(request, _("Nothing is saved yet. Press whether you are coming."))
    context = {"page": shown, "gathering": gathering, "link": link, "form": form}
    return render(request, "networks/gathering_unnamed.html", context)


def _answered_unnamed(request, shown, person, link, form, answer):
    by = {"by": person, "household": shown.household}
    lent = lends_and_tells(request, link, is_news=_is_news(shown, answer))
    rsvp = actions.answer(shown.gathering, **by, answer=answer, lent=lent)
    if not form.said:
        return
    if rsvp.answer == Rsvp.Answer.NO:
        actions.add_word(shown.gathering, **by, message=form.said.get("message", rsvp.message))
    else:
        actions.detail_answer(shown.gathering, **by, **form.over(rsvp, shown.children))


def _is_news(shown, answer):
    return shown.rsvp is None or shown.rsvp.answer != answer


def _detailed(request, link, form, rsvp):
    answer = redirect(request.path)
    if link and not form.takes_hidden:
        remember_written(request, answer, link, *form.private(rsvp))
    return answer


def _tapped(request, shown, person, link, answer):
    lent = lends_and_tells(request, link, is_news=_is_news(shown, answer))
    with refusals_shown(request):
        saved = actions.answer(shown.gathering, by=person, household=shown.household, answer=answer, lent=lent)
        if saved.answer == Rsvp.Answer.YES and request.POST.get("take"):  # in the same tap as yes
            press(request, shown.gathering, person, shown.household)
    return redirect(f"{request.path}#answer")


def _undone(request, shown, person):
    with refusals_shown(request):
        restored = actions.undo_answer(shown.gathering, by=person, household=shown.household)
        messages.success(
            request,
            _("Taken back: your answer is “%(answer)s” as before.") % {"answer": restored.get_answer_display()}
            if restored
            else _("Taken back: you have not answered."),
        )
    return redirect(f"{request.path}#answer")
