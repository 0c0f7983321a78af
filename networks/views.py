"""The pages about gatherings: one function each."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from networks import actions, forms, ideas, queries, rules
from networks.calendar import calendar_file
from networks.models import Gathering, Helper, Invitation
from portal.access import WRITES, link_holders, page, require, signed_in
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.messaging.calendars import download
from portal.messaging.holders import is_neutral, is_written_here, remember_written
from portal.messaging.links import personal_link
from portal.people.hats import has_hat
from portal.people.models import Role, SchoolClass
from portal.people.overtaken import Shown
from portal.people.rules import class_contacts


def found(person, pk):
    return get_object_or_404(_whole(Gathering.objects.visible_to(person)), pk=pk)


def _whole(gatherings):
    return gatherings.select_related("school_class__school", "school_class__year")


def organised(request, pk):
    """A gathering the person organises, in one query. Anybody else gets 403, or 404 where it does not exist for
    them."""
    gathering = _whole(Gathering.objects.organised_by(request.user)).filter(pk=pk).first()
    if gathering is None:
        gathering = found(request.user, pk)
        require(rules.can_organise(request.user, gathering))
    return gathering


def own_class(request, pk):
    school_class = get_object_or_404(SchoolClass.objects.visible_to(request.user).select_related("school"), pk=pk)
    require(rules.can_gather(request.user, school_class))
    return school_class


# Everyone


@page(open_to=signed_in)
@require_safe
def gathering_list(request):
    return render(request, "networks/gathering_list.html", {"page": queries.first_page(request.user)})


@page(open_to=signed_in)
@WRITES
def gathering_show(request, pk):
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
    if "calendar" in request.GET:
        return redirect("networks:answer_calendar", link.token)
    gathering = found(link.person, link.subject.pk)
    return _answering(request, gathering, link.person, "networks/gathering_answer.html", link=link)


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
    return download(calendar_file(found(link.person, link.subject.pk), link.person, url=link.url()))


def _answering(request, gathering, person, template, link=None):
    if is_neutral(link):
        return _answering_unnamed(request, gathering, person, link)
    shown = queries.answer_page(gathering, person)
    if request.method == "POST":
        require(shown.may_answer)
        tapped = forms.AnswerForm(*posted(request))
        if tapped.is_valid():
            return _tapped(request, shown, person, **tapped.cleaned_data)
    hides = link is not None and not is_written_here(request, link, *forms.DetailForm.private(shown.rsvp))
    told = forms.DetailForm.shown_of(shown, hides=hides)
    form = forms.DetailForm(*posted(request), page=shown, hides=hides, shown=told)
    if form.is_valid():
        with refusals_as(form):
            saved = actions.detail_answer(gathering, by=person, household=shown.household, **form.cleaned_data)
            messages.success(request, _("Thank you. What you told us is saved."))
            return _detailed(request, link, form, saved)
    context = {"page": shown, "gathering": gathering, "form": form, "link": link, "hides": hides}
    return render(request, template, context)


def _answering_unnamed(request, gathering, person, link):
    """By a protected family's link: anyone it was forwarded to reads when, and may answer, but learns neither where the
    family will be nor what it has said."""
    shown = queries.answer_page(gathering, person)
    if request.method == "POST":
        require(shown.may_answer)
        tapped = forms.AnswerForm(*posted(request))
        if tapped.is_valid():
            with refusals_shown(request):
                actions.answer(gathering, by=person, household=shown.household, **tapped.cleaned_data)
                messages.success(request, _("Thank you. Your answer is saved. You can change it until it starts."))
            return redirect(request.path)
    return render(request, "networks/gathering_unnamed.html", {"page": shown, "gathering": gathering, "link": link})


def _detailed(request, link, form, rsvp):
    answer = redirect(request.path)
    if link and not form.keeps:
        remember_written(request, answer, link, *form.private(rsvp))
    return answer


def _tapped(request, shown, person, answer):
    with refusals_shown(request):
        actions.answer(shown.gathering, by=person, household=shown.household, answer=answer)
    return redirect(f"{request.path}#answer")


# The class contact plans


@page(open_to=class_contacts)
@require_safe
def class_show(request, pk):
    school_class = own_class(request, pk)
    shown = queries.class_overview(school_class, request.user)
    now = ideas.ideas_for(school_class.school.country, season=ideas.season_of(school_class.school.today()))
    return render(request, "networks/class_show.html", {"page": shown, "ideas": now[:3]})


@page(open_to=class_contacts)
@require_safe
def idea_list(request, pk):
    school_class = own_class(request, pk)
    form = forms.IdeaForm(request.GET)
    shown = {"school_class": school_class, "form": form, "ideas": form.narrow(school_class.school.country)}
    return render(request, "networks/idea_list.html", shown)


@page(open_to=class_contacts)
@WRITES
def gathering_draft(request, pk):
    school_class = own_class(request, pk)
    idea = ideas.BY_KEY.get(request.GET.get("idea"))
    values = forms.GatheringForm.values_from(idea)
    form = forms.GatheringForm(*posted(request), school=school_class.school, initial=values)
    if form.is_valid():
        with refusals_as(form):
            gathering = actions.draft_gathering(school_class, by=request.user, **form.cleaned_data)
            return redirect("networks:inclusion_check", gathering.pk)
    return render(request, "networks/gathering_draft.html", {"school_class": school_class, "form": form, "idea": idea})


@page(open_to=rules.organisers)
@WRITES
def gathering_edit(request, pk):
    gathering = organised(request, pk)
    school = gathering.school_class.school
    form = forms.GatheringForm(
        *posted(request),
        school=school,
        is_known=not gathering.is_draft,
        shown=Shown(gathering, forms.GatheringForm.values_of),
    )
    if form.is_valid():
        form.cleaned_data.pop("idea")
        with refusals_as(form):
            came_of_it = actions.change_gathering(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _said(came_of_it, gathering))
            return redirect("networks:gathering_send" if gathering.is_draft else "networks:gathering_organise", pk)
    homes = Invitation.objects.visible_to(request.user).filter(gathering=gathering).count()
    return render(request, "networks/gathering_edit.html", {"gathering": gathering, "form": form, "homes": homes})


def _said(came_of_it, gathering):
    if came_of_it == "told":
        return _("The gathering is saved. Everyone who was invited is told in a few minutes.")
    if gathering.is_draft:
        return _("The gathering is saved.")
    if came_of_it == "same":
        return _("Nothing was changed, so nobody is told.")
    return _("The gathering is saved, and nobody is told.")


@page(open_to=rules.organisers)
@WRITES
def inclusion_check(request, pk):
    gathering = organised(request, pk)
    shown = Shown(gathering, lambda row: {"fine": queries.thought_of(row)}, verbs=("networks.inclusion_mended",))
    form = forms.InclusionForm(*posted(request), shown=shown)
    if form.is_valid():
        with refusals_as(form):
            actions.check_inclusion(gathering, by=request.user, **form.cleaned_data)
            return redirect("networks:gathering_send" if gathering.is_draft else "networks:gathering_tasks", pk)
    return render(request, "networks/inclusion_check.html", {"gathering": gathering, "form": form})


@page(open_to=rules.organisers)
@WRITES
def gathering_send(request, pk):
    gathering = organised(request, pk)
    if not gathering.is_draft:
        return redirect("networks:gathering_organise", pk)
    form = forms.EmptyForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.publish_gathering(gathering, by=request.user)
            messages.success(request, _("The invitation is on its way to everyone in the class."))
            return redirect("networks:gathering_organise", pk)
    shown = queries.before_sending(gathering, request.user)
    return render(request, "networks/gathering_send.html", {"gathering": gathering, "page": shown, "form": form})


@page(open_to=rules.organisers)
@require_POST
def gathering_stop(request, pk):
    gathering = organised(request, pk)
    with refusals_shown(request):
        actions.stop_invitation(gathering, by=request.user)
        messages.success(request, _("The invitation is stopped. Nobody has got it, and it is a draft again."))
        return redirect("networks:gathering_send", pk)
    return redirect("networks:gathering_organise", pk)


# The organisers follow


def _board(request, gathering, tab):
    may_gather = has_hat(request, Role.Kind.CLASS_CONTACT, gathering.school_class)
    board = queries.board_of(gathering, request.user)
    return {"gathering": gathering, "board": board, "tab": tab, "may_gather": may_gather}


@page(open_to=rules.organisers)
@require_safe
def gathering_organise(request, pk):
    gathering = organised(request, pk)
    board = _board(request, gathering, "answers")
    shown = {"may_stop": queries.may_still_stop(board["board"])}
    return render(request, "networks/gathering_organise.html", board | shown)


@page(open_to=rules.organisers)
@require_safe
def gathering_reach(request, pk):
    gathering = organised(request, pk)
    board = _board(request, gathering, "reach")
    shown = {
        "greeting": queries.greeting(gathering, request.user),
        "arrives": queries.reminder_arrives(board["board"]),
    }
    return render(request, "networks/gathering_reach.html", board | shown)


@page(open_to=rules.organisers)
@require_safe
def gathering_tasks(request, pk):
    gathering = organised(request, pk)
    board, tasks = _board(request, gathering, "tasks"), queries.tasks_of(gathering, request.user)
    shown = {
        "tasks": tasks,
        "lifts": queries.lifts_of(board["board"]),
        "form": forms.HelperForm(candidates=tasks.candidates),
    }
    return render(request, "networks/gathering_tasks.html", board | shown)


@page(open_to=rules.organisers)
@WRITES
def home_reach(request, pk, home):
    gathering = organised(request, pk)
    invited = get_object_or_404(Invitation.objects.visible_to(request.user), gathering=gathering, household=home)
    form = forms.ContactForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.log_contact(gathering, by=request.user, household=invited.household, **form.cleaned_data)
            messages.success(request, _("Written down. Thank you for reaching out."))
            return redirect("networks:gathering_reach", pk)
    row = queries.row_of(gathering, home, request.user)
    shown = {"gathering": gathering, "row": row, "form": form, "greeting": queries.greeting(gathering, request.user)}
    return render(request, "networks/home_reach.html", shown)


@page(open_to=rules.organisers)
@require_POST
def home_answer(request, pk, home):
    gathering = organised(request, pk)
    invited = get_object_or_404(Invitation.objects.visible_to(request.user), gathering=gathering, household=home)
    form = forms.AnswerForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.answer_on_behalf(gathering, by=request.user, household=invited.household, **form.cleaned_data)
            messages.success(request, _("The answer is written down. The family is told, and can change it."))
    return redirect("networks:gathering_reach", pk)


@page(open_to=rules.organisers)
@require_POST
def inclusion_mend(request, pk):
    gathering = organised(request, pk)
    form = forms.PointForm(*posted(request))
    if form.is_valid():
        with refusals_shown(request):
            actions.mend_inclusion(gathering, by=request.user, **form.cleaned_data)
    return redirect("networks:gathering_tasks", pk)


@page(open_to=rules.organisers)
@require_POST
def gathering_remind(request, pk):
    gathering = organised(request, pk)
    with refusals_shown(request):
        told = actions.remind_silent(gathering, by=request.user)
        text = ngettext("%(n)s family gets a reminder.", "%(n)s families get a reminder.", told) % {"n": told}
        messages.success(request, text)
    return redirect("networks:gathering_reach", pk)


@page(open_to=rules.organisers)
@WRITES
def gathering_cancel(request, pk):
    gathering = organised(request, pk)
    form = forms.CancelForm(*posted(request))
    if form.is_valid():
        with refusals_as(form):
            actions.cancel_gathering(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("The gathering is cancelled. Everyone who was invited is told."))
            return redirect("networks:gathering_organise", pk)
    homes = Invitation.objects.visible_to(request.user).filter(gathering=gathering).count()
    return render(request, "networks/gathering_cancel.html", {"gathering": gathering, "form": form, "homes": homes})


@page(open_to=rules.organisers)
@require_POST
def gathering_hold(request, pk):
    gathering = organised(request, pk)
    with refusals_shown(request):
        actions.note_held(gathering, by=request.user)
        messages.success(request, _("Good that you met. The gathering counts for this half of the year."))
    return redirect("networks:gathering_organise", pk)


@page(open_to=class_contacts)
@require_POST
def helper_add(request, pk):
    gathering = organised(request, pk)
    form = forms.HelperForm(*posted(request), candidates=queries.tasks_of(gathering, request.user).candidates)
    if form.is_valid():
        with refusals_shown(request):
            actions.add_helper(gathering, by=request.user, **form.cleaned_data)
            messages.success(request, _("They are told, and can see the answers now."))
    return redirect("networks:gathering_tasks", pk)


@page(open_to=rules.organisers)
@require_POST
def helper_remove(request, pk):
    helper = get_object_or_404(Helper.objects.visible_to(request.user).select_related("gathering__school_class"), pk=pk)
    with refusals_shown(request):
        actions.remove_helper(helper, by=request.user)
    if rules.can_organise(request.user, helper.gathering):
        return redirect("networks:gathering_tasks", helper.gathering_id)
    return redirect(reverse("networks:gathering_list"))
