"""The pages of a class's notices: read, written, shown as they will read, sent, released, taken back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks.bulletins import actions, forms, queries, rules
from networks.bulletins.new_adults import new_adult_in
from networks.forms import EmptyForm
from networks.models import Bulletin
from networks.names.forms import NotNamesForm
from portal.access import WRITES, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.models import SchoolClass
from portal.people.overtaken import Shown


def followed(request, pk):
    return get_object_or_404(SchoolClass.objects.followed_by(request.user).select_related("school"), pk=pk)


def visible(request, pk):
    bulletins = Bulletin.objects.visible_to(request.user).as_read_by(request.user)
    return get_object_or_404(bulletins.select_related("school_class__school"), pk=pk)


def own(request, pk):
    """A notice that the reader writes: 403 for others who see it."""
    bulletin = visible(request, pk)
    require(rules.can_change_bulletin(request.user, bulletin))
    return bulletin


@page(open_to=signed_in)
@require_safe
def bulletin_list(request, pk):
    shown = queries.list_of_bulletins(followed(request, pk), request.user, request.GET.get("page"))
    return render(request, "networks/bulletin_list.html", {"page": shown})


@page(open_to=rules.writers)
@WRITES
def bulletin_write(request, pk):
    return _write(request, followed(request, pk))


@page(open_to=rules.writers)
@WRITES
def bulletin_new_adult(request, pk):
    """Begun for whoever tells the class that it has a new contact teacher: who, from when, and whom to turn to now."""
    school_class = followed(request, pk)
    new = new_adult_in(school_class)
    return _write(request, school_class, new.words() if new else {"kind": Bulletin.Kind.NEW_ADULT})


def _write(request, school_class, begun=None):
    require(actions.write_bulletin.may(request.user, school_class))
    form = forms.BulletinForm(*posted(request), school=school_class.school, initial=begun)
    if form.is_valid():
        with refusals_as(form):
            bulletin = actions.write_bulletin(school_class, by=request.user, **form.cleaned_data)
            return redirect("networks:bulletin_send", bulletin.pk)
    return render(request, "networks/bulletin_write.html", {"school_class": school_class, "form": form})


@page(open_to=rules.writers)
@WRITES
def bulletin_edit(request, pk):
    bulletin = own(request, pk)
    if request.method != "POST" and not bulletin.is_draft:
        return redirect(bulletin)
    school_class = bulletin.school_class
    shown = Shown(bulletin, forms.BulletinForm.values_of)
    form = forms.BulletinForm(*posted(request), school=school_class.school, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.change_bulletin(bulletin, by=request.user, **form.cleaned_data)
            return redirect("networks:bulletin_send", bulletin.pk)
    shown = {"school_class": school_class, "form": form, "bulletin": bulletin}
    return render(request, "networks/bulletin_write.html", shown)


@page(open_to=signed_in)
@require_safe
def bulletin_show(request, pk):
    shown = queries.bulletin_page(visible(request, pk), request.user)
    return render(request, "networks/bulletin_show.html", {"page": shown, "bulletin": shown.bulletin})


@page(open_to=rules.writers)
@WRITES
def bulletin_send(request, pk):
    """So it will read; and what stops it, or is asked."""
    bulletin = own(request, pk)
    if request.method != "POST" and not bulletin.is_draft:
        return redirect(bulletin)
    preview = queries.preview(bulletin, request.user)
    form = NotNamesForm(*posted(request), words=preview.doubtful)
    if form.is_valid():
        with refusals_as(form):
            _send(request, bulletin, form.cleaned_data)
            return redirect(bulletin)
    return render(request, "networks/bulletin_send.html", {"preview": preview, "bulletin": bulletin, "form": form})


def _send(request, bulletin, said):
    try:
        actions.send_bulletin(bulletin, by=request.user, **said)
        messages.success(request, _("Sent. The guardians of the class are told, unless somebody has to read it first."))
    except actions.NeedsRelease:
        actions.ask_release(bulletin, by=request.user, **said)
        messages.success(request, _("It waits for release. You are told when it is sent, or comes back to you."))


@page(open_to=rules.releasers)
@require_POST
def bulletin_release(request, pk):
    bulletin = released(request, pk)
    with refusals_shown(request):
        actions.release_bulletin(bulletin, by=request.user)
        messages.success(request, _("Released. Every guardian of the class is told in a few minutes."))
    return redirect(bulletin)


@page(open_to=rules.releasers)
@WRITES
def bulletin_return(request, pk):
    bulletin = released(request, pk)
    if request.method != "POST" and not bulletin.waits_openly:
        return redirect(bulletin)
    form = forms.ReturnForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.return_bulletin(bulletin, by=request.user, **form.cleaned_data)
            messages.success(request, _("Given back. Whoever wrote it is told."))
            return redirect("networks:bulletin_list", bulletin.school_class_id)
    return render(request, "networks/bulletin_return.html", {"bulletin": bulletin, "form": form})


def released(request, pk):
    bulletin = visible(request, pk)
    require(rules.can_release(request.user, bulletin))
    return bulletin


@page(open_to=rules.takers)
@WRITES
def bulletin_take_back(request, pk):
    bulletin = visible(request, pk)
    require(rules.can_take_back(request.user, bulletin))
    if not bulletin.is_out:
        return redirect(bulletin)
    form = EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.take_back_bulletin(bulletin, by=request.user)
            messages.success(request, _("Taken back. Those who were told of it hear so."))
            return redirect("networks:bulletin_list", bulletin.school_class_id)
    return render(request, "networks/bulletin_take_back.html", {"bulletin": bulletin, "form": form})
