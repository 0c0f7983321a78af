"""Proving again who one is, moves of a sign-in address, and the choice of language."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from portal.access import WRITES, anyone, link_holders, page, signed_in
from portal.actions import refusals_shown
from portal.forms import posted
from portal.people import actions
from portal.people.hearing import wrong_code
from portal.people.models import Person, SignInMove
from portal.people.proving import Proof, ProofForm
from portal.people.queries.moves import moves_page, office_of
from portal.people.rules import office, restrictors


@never_cache
@page(open_to=signed_in)
@WRITES
def prove(request):
    onward = _onward(request)
    if is_mfa_enabled(request.user):
        return redirect(reverse("mfa_reauthenticate", query={"next": onward}))
    proof = Proof.begun(request)
    if request.method == "POST" and "code" not in request.POST:
        proof = Proof.begin(request)
        if proof is None:
            messages.error(request, _("No code could be sent now. Wait a minute, or call the school."))
        return redirect(reverse("people:prove", query={"next": onward}))
    form = ProofForm(*posted(request), code=proof.code, person=request.user) if proof else None
    if form and form.is_valid():
        proof.abort()
        record_authentication(request, request.user, "code", reauthenticated=True)
        actions.prove_again(request.user, by=request.user, way="code")
        return redirect(onward)
    if form and form.is_bound:
        wrong_code(request.user, "code")
        if not proof.record_invalid_attempt():
            messages.error(request, _("That was wrong too many times. Ask for a new code."))
            return redirect(reverse("people:prove", query={"next": onward}))
    return render(request, "people/prove.html", {"form": form, "onward": onward})


def _onward(request):
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else reverse("people:profile")


@csrf_exempt  # a page for everybody has no cookie and so no token; whoever is signed in has one, and it is asked for
@page(open_to=anyone)
@require_POST
def language_set(request):
    """For this device; if signed in, for messages too."""
    return _for_messages_too(request) if request.user.is_authenticated else set_language(request)


@csrf_protect
def _for_messages_too(request):
    wanted = request.POST.get("language", "")
    if wanted in Person.Language.values and check_for_language(wanted):
        actions.choose_language(request.user, by=request.user, language=wanted)
    return set_language(request)


@never_cache
@page(open_to=link_holders)
@WRITES
def move_answer(request, token):
    move = SignInMove.by_token(token)
    if move is None:
        raise Http404
    if request.method == "POST":
        answer = actions.confirm_move if request.POST.get("answer") == "yes" else actions.decline_move
        with refusals_shown(request):
            answer(move, by=move.person)
            moved = answer is actions.confirm_move
            return render(request, "people/move_answered.html", {"moved": moved, "signs_in": bool(move.new)})
    hints = {"hint": hint_of(move.new), "email": move.email and hint_of(move.email), "end": (move.phone or "")[-2:]}
    return render(request, "people/move_answer.html", {"move": move, "office": office_of(move), **hints})


def hint_of(address):
    """Enough for its owner to recognise the address, too little for anybody else to write to it."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}•••@{host[:1]}•••"


@page(open_to=restrictors)
@require_safe
def move_list(request):
    return render(request, "people/move_list.html", {"rows": moves_page(request.user)})


@page(open_to=restrictors)
@require_POST
def move_settle(request, pk):
    move = get_object_or_404(SignInMove.objects.visible_to(request.user), pk=pk)
    with refusals_shown(request):
        if request.POST.get("answer") == "yes":
            moved = actions.agree_to_move(move, by=request.user)
            messages.success(
                request,
                _("The change counts from now on.") if moved else _("Noted. Another school has to agree as well."),
            )
        else:
            actions.refuse_move(move, by=request.user)
            messages.success(request, _("Everything stays as it was."))
    return redirect("people:move_list")


@page(open_to=office)
@require_POST
def move_offices(request, key):
    person = get_object_or_404(Person.objects.visible_to(request.user), key=key)
    move = get_object_or_404(person.sign_in_moves.open())
    with refusals_shown(request):
        actions.take_to_offices(move, by=request.user)
        messages.success(request, _("The offices of the other schools have it on their list now."))
    return redirect("people:person_detail", key)
