"""The pages of a family: choosing times, one talk, and what to do when no time fits. The functions without an address
of their own also serve personal links."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from conferences import actions, rules
from conferences.calendar import calendar_file
from conferences.forms import family as forms
from conferences.models import Conference
from conferences.queries import family as queries
from conferences.queries import own_talks
from conferences.queries.pressing import pressed_by
from conferences.unnamed import children_unnamed
from conferences.views.ways import TALK, Ways, own, talk_shown, withholds, written
from portal.access import WRITES, page, signed_in
from portal.actions import Refusal, refusals_as, refusals_shown
from portal.forms import posted
from portal.messaging.calendars import download
from portal.messaging.holders import is_neutral
from portal.paths import key_in
from portal.people.hats import worn
from portal.people.models import Role
from portal.people.overtaken import Shown, of_home
from portal.people.rules import TEACHERS
from portal.speech import in_words

# The list


@page(open_to=signed_in)
@require_safe
def conference_list(request):
    hat, _hats = worn(request)
    if hat and hat.kind in TEACHERS:
        return redirect("conferences:teacher_day")
    if hat and hat.kind in (Role.Kind.OFFICE, Role.Kind.PRINCIPAL, Role.Kind.DEPUTY):
        return redirect("conferences:round_list")
    return render(request, "conferences/conference_list.html", {"page": own_talks.talk_list(request.user)})


# Choosing times


@page(open_to=signed_in)
@WRITES
def family_book(request, pk):
    return choose(request, request.user, round=pk)


@page(open_to=signed_in)
@WRITES
def conference_time(request, pk):
    """Only an extra talk has a page of its own: those of a round are chosen together with siblings'."""
    conference = own(request.user, pk)
    if conference.round_id:
        return redirect(Ways(conference).time)
    return choose(request, request.user, conference=pk)


def choose(request, person, *, round=None, conference=None, link=None):
    if request.method == "POST":
        return _press(request, person, round=round, conference=conference, link=link)
    shown = queries.choosing(
        person,
        round=round,
        conference=conference,
        focus=key_in(request.GET.get("talk")) or conference,
        chosen=forms.tapped(request.GET),
        interpreter=forms.interpreter_in(request.GET, None),
    )
    if shown:
        shown.asks_language = request.GET.get("interpreter") == "ask"
    return _chosen(request, shown, link)


def _chosen(request, shown, link, *, status=200):
    if shown is None:
        raise Http404
    if is_neutral(link):
        shown.name_nobody()
    for talk in shown.talks:
        talk.ways = Ways(talk.conference, link)
    template = "conferences/_choosing.html" if request.htmx else "conferences/family_book.html"
    answer = render(request, template, {"page": shown, "link": link}, status=status)
    if request.htmx:
        add_never_cache_headers(answer)  # otherwise the Back button would show the fragment alone
    return answer


def _press(request, person, *, round, conference, link):
    """Books what was chosen, all or nothing. A time that was just lost answers 409 with what is free near it."""
    pairs, interpreter = forms.pressed(request.POST), forms.interpreter_in(request.POST, "no")
    plain = pressed_by(person, round, *pairs[0]) if round and len(pairs) == 1 and interpreter == "" else None
    if plain and plain.taken_by and request.htmx:
        return _taken(request, plain, link)
    pair = plain and plain.pair()
    found = [pair] if pair else queries.choice_of(person, round, pairs)
    if found is None or (conference and [talk.pk for talk, _slot in found] != [conference]):
        raise Http404
    if not all(slot for _talk, slot in found):
        gone = _("This time is not there any more. Choose another one.")
        return _lost(request, person, found, gone, round, conference, interpreter, link)
    was_booked = found[0][0].time is not None
    children = _children(link, [talk for talk, _slot in found])
    if interpreter == "" and all(talk.time and talk.time.slot_id == slot.pk for talk, slot in found):
        return _onwards(request, Ways(found[0][0], link).show)  # pressed again: nothing changes, and nobody is told
    try:
        _book_all(person, found, interpreter)
    except Refusal as refusal:
        return _lost(request, person, found, str(refusal), round, conference, interpreter, link)
    first = found[0][0]
    target = Ways(first, link).show if was_booked or conference else request.path
    stays = target == request.path
    if not stays:
        moved = _("The talk about %(children)s has a new time.") % {"children": children}
        booked = _("The time to talk about %(children)s is booked.") % {"children": children}
        told = _("Everyone who takes part gets a message.")
        messages.success(request, f"{moved if was_booked else booked} {told}")
    if stays and request.POST.get("interpreter") == "no":
        target = f"{target}?interpreter=no"  # said for the other children too
    return redirect(target) if stays else _onwards(request, target)


def _children(link, talks):
    names = children_unnamed(talks) if is_neutral(link) else {talk.pupil_id: talk.pupil.given_name for talk in talks}
    return in_words(names.values())


def _onwards(request, target):
    return HttpResponseClientRedirect(target) if request.htmx else redirect(target)


def _book_all(person, found, interpreter):
    if interpreter is None and person.household:
        interpreter = person.household.interpreter_language
    language = interpreter or None
    if len(found) == 1:
        (conference, slot) = found[0]
        return actions.book(conference, by=person, slot=slot, language=language)
    return actions.book_together(found[0][0].round, by=person, times=found, language=language)


def _taken(request, plain, link):
    """Renders only what changes: hundreds may get this answer in the same minute."""
    talk = Conference(pk=plain.conference, round_id=plain.round)
    shown = {
        "path": request.path,
        "key": talk.pk,
        "near": plain.near,
        "zone": plain.zone,
        "none": Ways(talk, link).none,
    }
    return HttpResponse(render_to_string("conferences/_taken.html", shown), status=409)


def _lost(request, person, found, words, round, conference, interpreter, link):
    focus = conference or (found[0][0].pk if len(found) == 1 else None)
    shown = queries.choosing(person, round=round, conference=conference, focus=focus, interpreter=interpreter)
    if shown is None:
        raise Http404
    shown.lost = words
    for talk in shown.current:
        slot = next((slot for one, slot in found if one.pk == talk.conference.pk), None)
        talk.near = talk.times.near(slot.starts_at) if slot else []
    return _chosen(request, shown, link, status=409)


# One talk


@page(open_to=signed_in)
@WRITES
def conference_show(request, pk):
    visible = Conference.objects.visible_to(request.user).select_related(*TALK)
    conference = get_object_or_404(visible, pk=pk)
    if not rules.takes_part(request.user, conference):
        return redirect("conferences:talk_show", pk)
    return show(request, request.user, Ways(conference))


def show(request, person, ways):
    conference = ways.conference
    is_guardian = rules.guards_conference(person, conference)
    shown = own_talks.talk_page(conference, person, is_guardian=is_guardian)
    hides = withholds(request, ways.link, shown.booking.note if shown.booking else "")
    form = forms.ArrangeForm(
        *(posted(request) if is_guardian else ()),
        home_language=shown.home_language,
        shown=_arranged(shown, person, hides),
    )
    if form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name in form.changed_data}
        with refusals_as(form):
            actions.arrange(conference, by=person, **said)
            messages.success(request, _("Saved. The teacher sees it."))
            return written(request, redirect(ways.show), ways.link, said.get("note"))
    return talk_shown(request, "conferences/conference_show.html", ways, page=shown, form=form, hides=hides)


def _arranged(page, person, hides):
    return Shown(
        page.conference,
        lambda row: forms.ArrangeForm.values_of(own_talks.talk_page(row, person, is_guardian=page.is_guardian)),
        verbs=("conferences.time_booked", "conferences.times_booked"),
        hides=("note",) if hides else (),
        known=forms.ArrangeForm.values_of(page),
    )


@page(open_to=signed_in)
@require_safe
def conference_calendar(request, pk):
    return calendar(request, request.user, Ways(own(request.user, pk)))


def calendar(request, person, ways):
    if ways.conference.time is None:
        raise Http404
    return download(calendar_file(ways.conference, person))


@page(open_to=signed_in)
@WRITES
def booking_cancel(request, pk):
    return cancel(request, request.user, Ways(own(request.user, pk)))


def cancel(request, person, ways):
    if ways.conference.time is None:
        return redirect(ways.show)
    if request.method == "POST":
        with refusals_shown(request):
            actions.cancel_booking(ways.conference, by=person)
            messages.success(request, _("The time is given up. Choose a new one when it suits you."))
            return redirect(ways.time)
        return redirect(ways.show)
    return talk_shown(request, "conferences/booking_cancel.html", ways)


@page(open_to=signed_in)
@WRITES
def none_fit(request, pk):
    return none(request, request.user, Ways(own(request.user, pk)))


def none(request, person, ways):
    said = queries.times_asked_for(ways.conference, person)
    shown = Shown(
        ways.conference,
        lambda row: forms.TimeRequestForm.values_of(queries.times_asked_for(row, person)),
        only=of_home(person.household_id),
        hides=("text", "call_me") if said and withholds(request, ways.link, said.text) else (),
        known=forms.TimeRequestForm.values_of(said),
    )
    form = forms.TimeRequestForm(*posted(request), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.ask_for_times(ways.conference, by=person, **form.cleaned_data)
            messages.success(request, _("Thank you. The teacher is told, and offers you times or calls you."))
            return written(request, redirect(ways.show), ways.link, form.cleaned_data["text"])
    return talk_shown(request, "conferences/none_fit.html", ways, form=form)


@page(open_to=signed_in)
@WRITES
def separate_ask(request, pk):
    return separate(request, request.user, Ways(own(request.user, pk)))


def separate(request, person, ways):
    if not actions.ask_separate.may(person, ways.conference):
        raise Http404
    if request.method == "POST":
        with refusals_shown(request):
            talk = actions.ask_separate(ways.conference, by=person)
            messages.success(request, _("You have a talk of your own now. The other home has one too."))
            return redirect(Ways(talk, ways.link).show)
        return redirect(ways.show)
    return talk_shown(request, "conferences/separate_ask.html", ways)
