"""A question to the adults around a child: written, read, answered once, handed on, brought to the management."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.queries.children import own_children
from portal.people.rules import leads
from portal.speech import day, when
from principles.clauses import first_points
from principles.inquiries import actions, rules
from principles.inquiries.forms import AnswerForm, HandOverForm, InquiryForm
from principles.inquiries.models import Inquiry
from principles.inquiries.naming import may_name_another
from principles.inquiries.queries import (
    answerers_at,
    inquiries_about,
    inquiry_page,
    known_to,
    list_page,
    same_as,
    takers_of,
)


@page(open_to=signed_in)
@WRITES
def inquiry_write(request, key):
    child = get_object_or_404(own_children(request.user, itself=rules.writes_of_itself(request.user)), key=key)
    places = answerers_at(child, request.user)
    if not places:
        raise Http404
    is_own = child.pk == request.user.pk
    form = InquiryForm(*posted(request), schools=[one.school for one in places], is_pupil=is_own)
    names_one = False
    if form.is_valid():
        names_one = "anyway" not in request.POST and may_name_another(form.text, known_to(request.user, child, places))
        if not names_one:
            with refusals_as(form):
                tomorrow = "tomorrow" in request.POST
                inquiry = actions.write_inquiry(child, by=request.user, tomorrow=tomorrow, **form.cleaned_data)
                messages.success(request, _receipt(inquiry))
                return redirect(inquiry)
            if same := same_as(child, request.user, **form.asked):
                messages.info(request, _said_already(same))
                return redirect(same)
    shown = {"child": child, "is_own": is_own, "places": places, "form": form, "names_one": names_one}
    shown["points"] = first_points([one.school for one in places])
    shown["earlier"] = inquiries_about(child, request.user)
    return render(request, "principles/inquiries/inquiry_write.html", shown)


def _said_already(inquiry):
    if inquiry.is_saved:
        return _("You have saved this already. It is sent %(when)s.") % _when(inquiry)
    return _("You have sent this already. Here it is.")


def _when(inquiry):
    return {"when": when(inquiry.send_at, inquiry.school)}


def _receipt(inquiry):
    if inquiry.is_saved:
        return _("Saved. It is sent %(when)s, and until then you can take it back.") % _when(inquiry)
    if inquiry.promised:
        return _("The school has it, and answers by %(day)s.") % {"day": day(inquiry.due_on)}
    return _("The school has it.")


def _found(request, pk):
    people = ("pupil", "by", "answered_by", "second_answered_by")
    return get_object_or_404(Inquiry.objects.visible_to(request.user).select_related("school", *people), pk=pk)


@page(open_to=signed_in)
@require_safe
def inquiry_show(request, pk):
    shown = {"page": inquiry_page(_found(request, pk), request.user)}
    return render(request, "principles/inquiries/inquiry_show.html", shown)


@page(open_to=signed_in)
@require_POST
def inquiry_send(request, pk):
    inquiry = _found(request, pk)
    require(actions.send_inquiry.may(request.user, inquiry))
    with refusals_shown(request):
        actions.send_inquiry(inquiry, by=request.user)
        messages.success(request, _receipt(inquiry))
    return redirect(inquiry)


@page(open_to=signed_in)
@require_POST
def inquiry_take_back(request, pk):
    inquiry = _found(request, pk)
    require(actions.take_back_inquiry.may(request.user, inquiry))
    child = inquiry.pupil
    with refusals_shown(request):
        actions.take_back_inquiry(inquiry, by=request.user)
        messages.success(request, _("Taken back. Nobody has read it."))
        return redirect("people:child_show", child.key)
    return redirect(inquiry)


@page(open_to=signed_in)
@require_POST
def inquiry_dispute(request, pk):
    inquiry = _found(request, pk)
    require(actions.dispute_answer.may(request.user, inquiry))
    with refusals_shown(request):
        actions.dispute_answer(inquiry, by=request.user)
        messages.success(request, _("The management has it now, with all that was written."))
    return redirect(inquiry)


@page(open_to=rules.answerers)
@WRITES
def inquiry_answer(request, pk):
    if request.method == "POST" and not _waits_for(request.user, pk):
        return _too_late(request, pk)
    inquiry = _found(request, pk)
    if request.method != "POST" and not inquiry.is_waiting:
        return redirect(inquiry)
    require(actions.answer_inquiry.may(request.user, inquiry))
    form = AnswerForm(*posted(request), inquiry=inquiry)
    if form.is_valid():
        with refusals_as(form):
            actions.answer_inquiry(inquiry, by=request.user, second="second" in request.POST, **form.cleaned_data)
            messages.success(request, _("Answered. Whoever asked is told, without your words."))
            return redirect("principles:inquiry_list")
        if not _waits_for(request.user, pk):
            return _too_late(request, pk)
    shown = {"page": inquiry_page(_found(request, pk), request.user), "form": form}
    return render(request, "principles/inquiries/inquiry_answer.html", shown)


def _waits_for(person, pk):
    return Inquiry.objects.answerable_by(person).waiting().filter(pk=pk).exists()


def _too_late(request, pk):
    """Somebody has answered it or handed it on meanwhile: what was typed is kept. One that never waited for them, or that
    never was, reads the same."""
    answer = request.POST.get("answer", "").strip()
    seen = Inquiry.objects.visible_to(request.user).select_related("school").filter(pk=pk).first()
    if seen:
        require(not seen.is_waiting)
        if answer in ("", seen.answer, seen.second_answer):
            return redirect(seen)
    return render(request, "principles/inquiries/inquiry_too_late.html", {"answer": answer}, status=404)


@page(open_to=rules.answerers)
@WRITES
def inquiry_hand(request, pk):
    if request.method == "POST" and not _waits_for(request.user, pk):
        return _too_late(request, pk)
    inquiry = _found(request, pk)
    if request.method != "POST" and (not inquiry.is_waiting or inquiry.is_disputed):
        return redirect(inquiry)
    require(actions.hand_over.may(request.user, inquiry))
    takers = [one for one in takers_of(inquiry) if one.pk != request.user.pk]
    form = HandOverForm(*posted(request), takers=takers, may_manage=not inquiry.at_management)
    if form.is_valid():
        with refusals_as(form):
            actions.hand_over(inquiry, by=request.user, **form.cleaned_data)
            messages.success(request, _("Handed on. Whoever answers now is told."))
            return redirect("principles:inquiry_list")
    shown = {"inquiry": inquiry, "form": form, "leads": leads(request.user, inquiry.school)}
    return render(request, "principles/inquiries/inquiry_hand.html", shown)


@page(open_to=rules.answerers)
@require_safe
def inquiry_list(request):
    return render(request, "principles/inquiries/inquiry_list.html", {"page": list_page(request.user)})
