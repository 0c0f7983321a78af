"""The day of the talks, and one talk as its hosts see it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conferences import actions, rules
from conferences.before.queries.preparing import own_words_of
from conferences.before.queries.subjects import inputs_about, picture_of
from conferences.forms.day import AttendanceForm, LateForm, ParticipantForm, WantedForm
from conferences.models import Conference
from conferences.queries.day import day_named, day_of, expected_at, on_the_door, teachers_on, whose_day
from conferences.queries.hosted_page import asked_along, hosted, hosted_page
from conferences.queries.settings import plan_label_of
from portal.access import WRITES, page, require
from portal.actions import Refusal, refusals_as, refusals_shown
from portal.forms import posted
from portal.people.overtaken import Shown
from portal.people.rules import leads


@page(open_to=rules.hosts)
@require_safe
def teacher_day(request, on=None):
    teacher = whose_day(request.user, request.GET.get("teacher", ""))
    day = day_of(teacher, day_named(on), request.user)
    is_own = teacher.pk == request.user.pk
    others = teachers_on(request.user, day.on) if is_own and not day.talks else []
    reads_words = is_own or (day.school is not None and leads(request.user, day.school))
    shown = {"day": day, "is_own": is_own, "others": others, "late": LateForm(), "reads_words": reads_words}
    return render(request, "conferences/teacher_day.html", shown)


@page(open_to=rules.hosts)
@require_safe
def day_door(request, on):
    """A sheet for the door. It shows children's first names only if the teacher asks for them."""
    day = day_of(whose_day(request.user, request.GET.get("teacher", "")), day_named(on), request.user)
    shown = {"day": day, "rows": on_the_door(day), "with_names": "names" in request.GET}
    return render(request, "conferences/day_door.html", shown)


@page(open_to=rules.hosts)
@require_POST
def talk_late(request):
    form, told, refused = LateForm(*posted(request)), 0, ""
    if form.is_valid():
        for talk in day_of(request.user, timezone.localdate(), request.user).waiting:
            try:
                actions.tell_late(talk.conference, by=request.user, **form.cleaned_data)
                told += 1
            except Refusal as refusal:
                refused = str(refusal)
            except PermissionDenied:  # asked along to another teacher's talk: it is not theirs to move
                continue
    if told:
        text = ngettext("%(n)s family is told now.", "%(n)s families are told now.", told) % {"n": told}
        messages.success(request, text)
    else:
        messages.info(request, refused or _("Nobody is waiting now."))
    return redirect("conferences:teacher_day")


@page(open_to=rules.hosts)
@require_safe
def talk_show(request, pk):
    shown = hosted_page(hosted(request.user, pk), request.user)
    forms = {"participant_form": ParticipantForm(teachers=shown.teachers)} if shown.conference.is_open else {}
    return render(request, "conferences/talk_show.html", {"page": shown, "label": plan_label_of(shown.school), **forms})


@page(open_to=rules.hosts)
@require_safe
def talk_shared(request, pk):
    """What the home and the child have shared. Reading it is recorded."""
    conference = hosted(request.user, pk)
    require(actions.open_preparations.may(request.user, conference))
    found = actions.open_preparations(conference, by=request.user)
    shown = {"conference": conference, "told": found, "own_words": own_words_of(conference, request.user)}
    inputs, picture = inputs_about(conference, request.user), picture_of(conference, request.user)
    return render(request, "conferences/talk_shared.html", {**shown, "inputs": inputs, "picture": picture})


@page(open_to=rules.hosts)
@WRITES
def talk_attend(request, pk):
    conference = hosted(request.user, pk)
    require(actions.note_attendance.may(request.user, conference))
    expected = expected_at(conference)
    people = {person.pk for person in expected}
    shown = Shown(conference, lambda row: _who_came(row, people))
    guests = list(conference.participants.exclude(person__in=people).select_related("person"))
    form = AttendanceForm(*posted(request), expected=expected, guests=guests, shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.note_attendance(conference, by=request.user, **form.cleaned_data)
            return _attended(request, conference)
    return render(request, "conferences/talk_attend.html", {"conference": conference, "form": form})


def _who_came(conference, people):
    noted = list(conference.participants.all())
    return {
        "came": [one.person_id for one in noted if one.came and one.person_id in people],
        "guests": [one.pk for one in noted if one.came and one.person_id not in people],
        "by_phone": conference.by_phone or (conference.time is not None and conference.time.mode != "school"),
    }


def _attended(request, conference):
    if conference.state == Conference.State.MISSED:
        messages.success(request, _("Written down. Now find a new time for the family."))
        return redirect("conferences:times_offer", conference.pk)
    messages.success(request, _("Written down. Thank you."))
    return redirect("conferences:talk_show", conference.pk)


@page(open_to=rules.hosts)
@WRITES
def talk_wanted(request, pk):
    conference = hosted(request.user, pk)
    require(actions.say_wanted.may(request.user, conference))
    form = WantedForm(*posted(request), shown=Shown(conference, WantedForm.values_of))
    if form.is_valid():
        with refusals_as(form):
            actions.say_wanted(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _("The family sees it the next time they open the conference."))
            return redirect("conferences:talk_show", pk)
    return render(request, "conferences/talk_wanted.html", {"conference": conference, "form": form})


@page(open_to=rules.hosts)
@require_POST
def participant_add(request, pk):
    conference = hosted(request.user, pk)
    shown = hosted_page(conference, request.user)
    form = ParticipantForm(*posted(request), teachers=shown.teachers)
    if form.is_valid():
        with refusals_as(form):
            actions.add_participant(conference, by=request.user, **form.cleaned_data)
            messages.success(request, _("They are on the list of those who take part."))
            return redirect("conferences:talk_show", pk)
    again = {"page": shown, "label": plan_label_of(shown.school), "participant_form": form, "form": form}
    return render(request, "conferences/talk_show.html", again)


@page(open_to=rules.hosts)
@require_POST
def participant_remove(request, pk):
    participant = asked_along(request.user, pk)
    with refusals_shown(request):
        actions.remove_participant(participant, by=request.user)
    return redirect("conferences:talk_show", participant.conference_id)
