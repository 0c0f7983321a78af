"""The pages of a class's birthdays: the rule, an invitation to everyone, and the answer, signed in or by a link."""

from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks.birthdays import actions, forms, queries, rules
from networks.models import Birthday, BirthdayAnswer
from networks.names.families import look_through_families
from networks.views.finding import own_class
from portal.access import WRITES, link_holders, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.messaging.holders import GO_ON, carried_in, is_known_here, is_neutral, know_here
from portal.messaging.links import personal_link
from portal.people.overtaken import Shown
from portal.people.rules import class_contacts, guardians


def _of_children(request, pk):
    school_class = queries.class_of_children(request.user, pk)
    if school_class is None:
        raise Http404
    return school_class


def _birthday(person, pk):
    found = Birthday.objects.visible_to(person).select_related("school_class__school", "child")
    return get_object_or_404(found, pk=pk)


@page(open_to=guardians)
@require_safe
def birthday_list(request, pk):
    school_class = _of_children(request, pk)
    shown = queries.birthdays_page(school_class, request.user)
    may_set = rules.can_set_rule(request.user, school_class)
    return render(request, "networks/birthday_list.html", {"page": shown, "may_set": may_set})


@page(open_to=class_contacts)
@WRITES
def birthday_rule(request, pk):
    school_class = own_class(request, pk)
    read = partial(_said_of, school_class)
    form = forms.BirthdayRuleForm(*posted(request), shown=Shown(school_class, read))
    if form.is_valid():
        with refusals_as(form):
            actions.set_birthday_rule(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved. It holds for invitations from now on."))
            return redirect("networks:birthday_list", pk)
    return render(request, "networks/birthday_rule.html", {"school_class": school_class, "form": form})


def _said_of(school_class, _row):
    return forms.BirthdayRuleForm.values_of(queries.rule_of(school_class))


@page(open_to=guardians)
@WRITES
def birthday_invite(request, pk):
    school_class = _of_children(request, pk)
    form = forms.BirthdayForm(
        *posted(request),
        children=queries.own_children(school_class, request.user),
        school=school_class.school,
        look=partial(look_through_families, school_class, request.user),
    )
    if form.is_valid():
        with refusals_as(form):
            birthday = actions.invite_to_birthday(school_class, by=request.user, **form.cleaned_data)
            messages.success(request, _("Sent. Everyone is told in a few minutes, and is asked to answer either way."))
            return redirect(birthday)
    shown = {"school_class": school_class, "form": form, "rule": queries.rule_of(school_class)}
    shown["is_sheltered"] = queries.is_sheltered(request.user)
    return render(request, "networks/birthday_invite.html", shown)


@page(open_to=guardians)
@require_POST
def quarter_join(request, pk):
    school_class = _of_children(request, pk)
    form = forms.QuarterForm(*posted(request), children=queries.own_children(school_class, request.user))
    if form.is_valid():
        child, joins = form.cleaned_data["child"], not form.cleaned_data["back"]
        with refusals_shown(request):
            actions.join_quarter(school_class, by=request.user, child=child, joins=joins)
            messages.success(request, _("Saved."))
    return redirect("networks:birthday_list", pk)


@page(open_to=guardians)
@WRITES
def birthday_show(request, pk):
    birthday = _birthday(request.user, pk)
    (shown,) = queries.shown_to(request.user, [birthday])
    if request.method == "POST":
        form = forms.BirthdayAnswerForm(*posted(request))
        if form.is_valid():
            said = {"household": request.user.household, **form.cleaned_data}
            require(rules.is_guest(request.user, birthday))
            with refusals_shown(request):
                actions.answer_birthday(birthday, by=request.user, **said)
                messages.success(request, _("Thank you. Your answer is saved. You can change it until it starts."))
        return redirect(birthday)
    context = {"shown": shown, "birthday": birthday, "choices": BirthdayAnswer.Answer.choices}
    context["answers"] = queries.answers_to(birthday, request.user) if shown.is_own else None
    return render(request, "networks/birthday_show.html", context)


@page(open_to=guardians)
@require_POST
def birthday_call_off(request, pk):
    birthday = _birthday(request.user, pk)
    require(actions.call_off_birthday.may(request.user, birthday))
    with refusals_shown(request):
        actions.call_off_birthday(birthday, by=request.user)
        messages.success(request, _("Called off. Everyone who has not said no is told."))
    return redirect(birthday)


@page(open_to=link_holders)
@personal_link("networks.birthday", about=queries.children_invited)
@WRITES
def birthday_answer(request, link):
    """Names nobody and no place, whoever holds the link: a home is where it leads."""
    birthday, carried = _birthday(link.person, link.subject.pk), []
    if request.method == "POST" and is_known_here(request, link):
        form = forms.BirthdayAnswerForm(*posted(request))
        require(rules.is_guest(link.person, birthday))
        if form.is_valid():
            with refusals_shown(request):
                actions.answer_birthday(birthday, by=link.person, household=link.person.household, **form.cleaned_data)
                messages.success(request, _("Thank you. Your answer is saved. You can change it until it starts."))
        response = redirect(request.path)
        know_here(request, response, link)
        return response
    if request.method == "POST":
        carried = carried_in(request.POST)
    elif request.GET.get("answer") in BirthdayAnswer.Answer:
        carried = [("answer", request.GET["answer"])]
    (shown,) = queries.shown_to(link.person, [birthday])
    if is_neutral(link):  # nor what a family at a protected address has answered
        shown = replace(shown, answer="")
    chosen = dict(BirthdayAnswer.Answer.choices).get(dict(carried).get("answer"))
    context = {"shown": shown, "birthday": birthday, "link": link, "carried": carried, "chosen": chosen}
    context |= {"go_on": GO_ON, "choices": BirthdayAnswer.Answer.choices}
    return render(request, "networks/birthday_answer.html", context)


@page(open_to=link_holders)
@personal_link("networks.birthday", about=queries.children_invited, further=True)
@WRITES
def birthday_mute(request, link):
    """Posted to by a page, or by a mail program with one press, which follows no redirect."""
    birthday = _birthday(link.person, link.subject.pk)
    if request.method == "POST":
        actions.mute_birthday(birthday, by=link.person, muted="undo" not in request.POST)
    is_muted = birthday.mutes.filter(person=link.person_id).exists()
    return render(request, "networks/birthday_mute.html", {"birthday": birthday, "link": link, "is_muted": is_muted})
