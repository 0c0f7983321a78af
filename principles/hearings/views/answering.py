"""A hearing as those asked see it, and its result as everybody does."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.access import WRITES, anyone, page, require, signed_in
from portal.actions import refusals_as
from portal.clock import MINUTE
from portal.forms import posted
from portal.people.models import School
from portal.people.overtaken import Shown, of_home
from portal.standing import asked_once
from principles.hearings import actions
from principles.hearings.forms import HeardForm
from principles.hearings.models import Answer, Hearing
from principles.hearings.queries import counts_of, hearing_page, hearings_at, result_of
from principles.late import gives_back
from principles.queries import key_of, place_of


def hearing_seen(request, pk):
    rows = Hearing.objects.visible_to(request.user).standing()
    return get_object_or_404(
        rows.select_related("version__principle__school", "school").prefetch_related("parts"), pk=pk
    )


@page(open_to=signed_in)
@require_safe
@asked_once()
def hearing_show(request, pk):
    """Before it opens, and to those who are not asked: the same page without the buttons."""
    hearing = hearing_seen(request, pk)
    if hearing.closed_at:
        return redirect(hearing)
    read = hearing_page(hearing, request.user, request.GET.get("as", ""), request.GET.get("page"))
    for point in read.page if read.may_answer else ():
        point.seen = _seen(hearing, point)
    shown = {
        "hearing": hearing,
        "read": read,
        "counts": counts_of(hearing) if hearing.takes_answers else [],
        "may_arrange": actions.change_hearing.may(request.user, hearing),
    }
    return render(request, "principles/hearings/hearing_show.html", shown)


@page(open_to=signed_in)
@WRITES
@gives_back("text", "suggestion")
def hearing_answer(request, pk, number):
    """One tap from the page, or more words on this one. What is refused stands here with all that was typed."""
    hearing = hearing_seen(request, pk)
    require(actions.give_answer.may(request.user, hearing))
    read = hearing_page(hearing, request.user, request.POST.get("as") or request.GET.get("as", ""))
    point = read.point(number) or _struck(request, hearing, read, number)
    if read.voice is None or not (point.may_answer or point.is_struck):
        raise Http404
    form = _form(request, hearing, read, point)
    if form.is_valid():
        with refusals_as(form):
            said = form.answer()
            answer = actions.give_answer(hearing, by=request.user, voice=read.voice, number=number, **said)
            if "text" not in request.POST and answer.verdict != Answer.Verdict.FINE:
                messages.success(request, _("Saved. If you like, write what should be different."))
                return redirect(f"{request.path}?as={read.voice.word}")
            messages.success(request, _("Saved. You can change it until the last day."))
            return redirect(read.address_of(number))
        point = hearing_page(hearing, request.user, read.voice.word).point(number) or point
        form.show_anew(point)
    shown = {"hearing": hearing, "read": read, "point": point, "form": form, "onward": read.address_of(number)}
    shown["is_first"] = bool(_tapped_first(request, read))
    return render(request, "principles/hearings/hearing_answer.html", shown)


def _struck(request, hearing, read, number):
    """A point that is not in the text any more: whoever was writing about it keeps the page, and their words."""
    if request.method != "POST" or not hearing.version.principle.lineages.filter(number=number).exists():
        raise Http404
    return read.struck_point(number, request.POST.get("words", ""))


def _seen(hearing, point):
    """So that a tap replaces no answer that somebody of the same home has given meanwhile."""
    shown = Shown(hearing, None, known=HeardForm.values_of(point.answer))
    return shown.seal(shown.values)


def _form(request, hearing, read, point):
    voice = read.voice

    def said(hearing):
        own = hearing.answers.of(voice).filter(lineage__number=point.number).first()
        return HeardForm.values_of(own)

    tapped = _tapped_first(request, read)
    whose = of_home(voice.household) if voice.household else Q(by=request.user.pk)
    shown = Shown(hearing, said, only=whose & Q(details__point=point.number), known=HeardForm.values_of(point.answer))
    sent = (None, None) if tapped else posted(request)
    return HeardForm(*sent, point=point, voice=voice, families=read.families, tapped=tapped, shown=shown)


def _tapped_first(request, read):
    """The verdict of a class contact's first tap, which says nothing yet of how many families were asked."""
    if request.method != "POST" or "text" in request.POST or not read.asks_families:
        return ""
    return "" if "families" in request.POST else request.POST.get("verdict", "")


@page(open_to=anyone, kept=MINUTE)
@require_safe
@asked_once()
def hearing_result(request, pk):
    """We asked, you said, we did."""
    rows = Hearing.objects.visible_to(request.user).closed().select_related("version__principle__school", "school")
    hearing = get_object_or_404(rows, pk=pk)
    result = result_of(hearing, request.user, request.GET.get("page"))
    shown = {
        "hearing": hearing,
        "result": result,
        "page": result.own,
        "may_arrange": request.user.is_authenticated and actions.change_hearing.may(request.user, hearing),
    }
    return render(request, "principles/hearings/hearing_result.html", shown)


@page(open_to=anyone, kept=MINUTE)
@require_safe
def hearing_list(request, place):
    school = place_of(place)
    if not isinstance(school, School):
        raise Http404
    opened, replied = hearings_at(school, request.user)
    shown = {"school": school, "place": school, "place_key": key_of(school), "opened": opened, "replied": replied}
    return render(request, "principles/hearings/hearing_list.html", shown)
