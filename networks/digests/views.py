"""The monthly letter of a class: made the class contact's own, looked over, sent, read, taken back; and whether one wants it."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from networks.digests import actions, forms, queries, rules
from networks.forms import EmptyForm
from networks.models import ClassDigest
from networks.names.checking import look_through_whole
from portal.access import WRITES, link_holders, page, require, signed_in
from portal.actions import refusals_as
from portal.forms import posted
from portal.messaging.links import personal_link
from portal.people.models import SchoolClass
from portal.people.overtaken import Shown
from portal.people.rules import class_contacts, guardians, teachers

LINK = "networks.digests"


def visible_digest(request, pk):
    digests = ClassDigest.objects.visible_to(request.user)
    return get_object_or_404(digests.select_related("school_class__school"), pk=pk)


def managed_digest(request, pk):
    """A letter that the reader sends: 403 for others who see it."""
    digest = visible_digest(request, pk)
    require(rules.can_manage_digest(request.user, digest))
    return digest


def _look(request, digest):
    return partial(look_through_whole, [digest.school_class], request.user)


@page(open_to=signed_in)
@require_safe
def digest_list(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.followed_by(request.user).select_related("school"), pk=pk)
    shown = queries.list_of_digests(school_class, request.user, request.GET.get("page"))
    return render(request, "networks/digest_list.html", {"page": shown})


@page(open_to=signed_in)
@require_safe
def digest_show(request, pk):
    digest = visible_digest(request, pk)
    if digest.is_draft:
        sends = rules.can_manage_digest(request.user, digest)
        return redirect("networks:digest_send" if sends else "networks:digest_paragraph", pk)
    shown = queries.digest_page(digest, request.user)
    return render(request, "networks/digest_show.html", {"page": shown, "digest": digest})


@page(open_to=class_contacts)
@WRITES
def digest_edit(request, pk):
    digest = managed_digest(request, pk)
    if request.method != "POST" and not digest.is_draft:
        return redirect(digest)
    groups = queries.digest_page(digest, request.user, everything=True).groups
    shown = Shown(digest, forms.DigestForm.values_of)
    form = forms.DigestForm(*posted(request), groups=groups, shown=shown, look=_look(request, digest))
    if form.is_valid():
        with refusals_as(form):
            actions.write_digest(digest, by=request.user, **form.cleaned_data)
            return redirect("networks:digest_send", pk)
    return render(request, "networks/digest_edit.html", {"digest": digest, "form": form})


@page(open_to=class_contacts)
@WRITES
def digest_ask(request, pk):
    digest = managed_digest(request, pk)
    if request.method != "POST" and not digest.is_draft:
        return redirect(digest)
    shown = Shown(digest, forms.AskForm.values_of)
    form = forms.AskForm(*posted(request), school=digest.school_class.school, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.ask_paragraph(digest, by=request.user, **form.cleaned_data)
            messages.success(request, _("The contact teacher is asked. You are told when something is written."))
            return redirect("networks:digest_send", pk)
    return render(request, "networks/digest_ask.html", {"digest": digest, "form": form})


@page(open_to=teachers)
@WRITES
def digest_paragraph(request, pk):
    digest = visible_digest(request, pk)
    if request.method != "POST" and not digest.is_draft:
        return redirect(digest)
    require(rules.can_write_paragraph(request.user, digest))
    shown = Shown(digest, forms.ParagraphForm.values_of)
    form = forms.ParagraphForm(*posted(request), shown=shown, look=_look(request, digest))
    if form.is_valid():
        with refusals_as(form):
            actions.write_paragraph(digest, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. The class contact is told, and sends it with the letter."))
            return redirect("networks:digest_paragraph", pk)
    reads = queries.digest_page(digest, request.user)
    return render(request, "networks/digest_paragraph.html", {"digest": digest, "form": form, "page": reads})


@page(open_to=class_contacts)
@WRITES
def digest_send(request, pk):
    """So it will read."""
    digest = managed_digest(request, pk)
    if not digest.is_draft:
        return redirect(digest)
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.send_digest(digest, by=request.user)
            messages.success(request, _("Sent. Every guardian of the class gets it in a few minutes."))
            return redirect(digest)
    shown = queries.digest_page(digest, request.user)
    return render(request, "networks/digest_send.html", {"page": shown, "digest": digest, "form": form})


@page(open_to=signed_in)
@WRITES
def digest_take_back(request, pk):
    digest = visible_digest(request, pk)
    require(rules.can_take_back_digest(request.user, digest))
    if not digest.is_sent:
        return redirect(digest)
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.take_back_digest(digest, by=request.user)
            messages.success(request, _("Taken back. Those who had it hear so."))
            return redirect("networks:digest_list", digest.school_class_id)
    return render(request, "networks/digest_take_back.html", {"digest": digest, "form": form})


@page(open_to=guardians)
@WRITES
def digest_choose(request):
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.choose_digests(request.user, by=request.user, wanted="no" not in request.POST)
            messages.success(request, _("Your choices are saved. They hold from the next message on."))
            return redirect("networks:digest_choose")
    shown = {"is_wanted": queries.wants_digests(request.user), "form": form}
    return render(request, "networks/digest_choose.html", shown)


@page(open_to=link_holders)
@personal_link(LINK)
@WRITES
def digest_mute(request, link):
    """Posted to by a page, or by a mail program with one press (RFC 8058), which follows no redirect. It names no class."""
    if request.method == "POST":
        actions.choose_digests(link.person, by=link.person, wanted="undo" in request.POST)
    return render(request, "networks/digest_mute.html", {"is_wanted": queries.wants_digests(link.person)})
