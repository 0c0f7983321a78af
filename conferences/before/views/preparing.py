"""The pages of the preparation: four steps for the home, the pupil's own, and the pupil talk."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from conferences import actions, rules
from conferences.before.actions.preparing import can_note_privately
from conferences.before.forms import preparing as forms
from conferences.before.queries import preparing as queries
from conferences.models import Conference
from portal.access import WRITES, page, require
from portal.actions import refusals_as
from portal.forms import posted
from portal.people.overtaken import Shown, of_home
from portal.people.rules import guardians, teachers


def found_talk(request, pk):
    conferences = Conference.objects.visible_to(request.user)
    return get_object_or_404(
        conferences.select_related("pupil", "teacher", "round", "school_class__school", "booking"), pk=pk
    )


@page(open_to=guardians)
@never_cache
@WRITES
def prepare(request, pk):
    conference = found_talk(request, pk)
    require(actions.save_preparation.may(request.user, conference))
    if request.method != "POST" and not queries.is_ahead(conference):
        return redirect("conferences:prepare_share", pk)
    shown, step = queries.prepare_page(conference, request.user), _step(request)
    form = forms.STEPS[step](*posted(request), shown=_written_so_far(shown, request.user, step))
    if form.is_valid():
        with refusals_as(form):
            actions.save_preparation(conference, by=request.user, **form.cleaned_data)
            return redirect(_after(conference, step))
    return render(request, "conferences/prepare.html", {"page": shown, "step": step, "form": form})


def _written_so_far(page, person, step):
    return Shown(
        page.conference,
        lambda row: forms.values_of(queries.of_own_home(row, person), step),
        only=of_home(person.household_id),
        known=forms.values_of(page.own, step),
    )


def _step(request):
    asked = request.GET.get("step", "")
    return int(asked) if asked in {"1", "2", "3", "4"} else 1


def _after(conference, step):
    if step == queries.LAST_STEP:
        return reverse("conferences:prepare_share", args=[conference.pk])
    return f"{reverse('conferences:prepare', args=[conference.pk])}?step={step + 1}"


@page(open_to=rules.families)
@never_cache
@WRITES
def prepare_share(request, pk):
    conference = found_talk(request, pk)
    if actions.share_own_part.may(request.user, conference):
        return _share_own_part(request, conference)
    require(actions.share_preparation.may(request.user, conference))
    shown = queries.prepare_page(conference, request.user)
    answers = queries.answers_written(shown.own, queries.TOGETHER)
    chosen = _ticked(forms.ShareForm, shown.own, "conferences.preparation_saved", of_home(request.user.household_id))
    form = forms.ShareForm(*posted(request), answers=answers, shown=chosen)
    if form.is_valid():
        with refusals_as(form):
            actions.share_preparation(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _told(conference, form.cleaned_data["shares"]))
            return redirect("conferences:prepare_share", conference.pk)
    return render(
        request, "conferences/prepare_share.html", {"page": shown, "own": shown.own, "answers": answers, "form": form}
    )


def _ticked(form, own, saved, only):
    """Which answers are ticked. Saving anew (`saved`) takes back what was shared."""
    if own is None:
        return None
    return Shown(own, form.values_of, about=lambda row: row.conference, verbs=(saved,), only=only)


def _share_own_part(request, conference):
    own = queries.own_part(conference, request.user)
    answers = queries.answers_written(own, queries.ALONE)
    chosen = _ticked(forms.PupilShareForm, own, "conferences.pupil_part_saved", Q())
    form = forms.PupilShareForm(*posted(request), answers=answers, shown=chosen)
    if form.is_valid():
        with refusals_as(form):
            actions.share_own_part(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _told(conference, form.cleaned_data["shares"]))
            return redirect("conferences:prepare_share", conference.pk)
    shown = queries.prepare_page(conference, request.user)
    talk = queries.talk_of(conference, request.user)
    return render(
        request,
        "conferences/prepare_share.html",
        {"page": shown, "own": own, "answers": answers, "form": form, "talk": talk, "is_pupil": True},
    )


def _told(conference, shares):
    if shares:
        return _("%(teacher)s can now read what you ticked.") % {"teacher": conference.teacher.full_name}
    return _("Nothing is shared. Only you can read it.")


@page(open_to=rules.families)
@never_cache
@WRITES
def prepare_pupil(request, pk):
    conference = found_talk(request, pk)
    if not actions.save_own_part.may(request.user, conference):
        return _on_adults_phone(request, conference)
    if request.method != "POST" and not queries.is_ahead(conference):
        return redirect("conferences:prepare_share", pk)
    own = queries.own_part(conference, request.user)
    form = forms.OwnPartForm(*posted(request), shown=_own_words(conference, request.user, own))
    if form.is_valid():
        with refusals_as(form):
            actions.save_own_part(conference, by=request.user, **form.cleaned_data)
            return redirect("conferences:prepare_share", conference.pk)
    shown = queries.prepare_page(conference, request.user)
    talk = queries.talk_of(conference, request.user)
    return render(request, "conferences/prepare_pupil.html", {"page": shown, "own": own, "form": form, "talk": talk})


def _own_words(conference, person, own):
    return Shown(
        conference,
        lambda row: forms.OwnPartForm.values_of(queries.own_part(row, person)),
        verbs=("conferences.pupil_part_told",),
        known=forms.OwnPartForm.values_of(own),
    )


def _on_adults_phone(request, conference):
    """The child writes where an adult is signed in, so the page opens empty every time."""
    require(actions.tell_for_child.may(request.user, conference))
    form = forms.ChildForm(*posted(request), private=can_note_privately(conference.pupil))
    if form.is_valid():
        with refusals_as(form):
            actions.tell_for_child(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your teacher can now read it. Thank you for telling."))
            return redirect("conferences:prepare_pupil", conference.pk)
    part, told = queries.pupil_part(conference, request.user)
    shown = queries.prepare_page(conference, request.user)
    return render(
        request,
        "conferences/prepare_child.html",
        {"page": shown, "form": form, "part": part, "told": told, "is_own": _is_own(part, conference)},
    )


def _is_own(part, conference):
    return bool(part) and part["by"] == conference.pupil_id


@page(open_to=teachers)
@never_cache
@WRITES
def pupil_talk(request, pk):
    conference = found_talk(request, pk)
    require(actions.note_pupil_talk.may(request.user, conference))
    talk, today = queries.talk_of(conference, request.user), conference.school_class.school.today()
    shown = Shown(
        conference,
        lambda row: forms.PupilTalkForm.values_of(queries.talk_of(row, request.user), today),
        known=forms.PupilTalkForm.values_of(talk, today),
    )
    form = forms.PupilTalkForm(*posted(request), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.note_pupil_talk(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your notes are saved. Those at home do not see them."))
            return redirect("conferences:pupil_talk", conference.pk)
    return render(request, "conferences/pupil_talk.html", {"conference": conference, "form": form, "talk": talk})
