"""The seven kits of a class: read, printed, wished for, and made into an evening."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from networks import actions
from networks.forms import GatheringForm
from networks.models import Proposal
from networks.topics import kits, queries, rules
from networks.topics.forms import values_for_kit
from networks.topics.views.finding import class_around, found_kit
from portal.access import WRITES, page, require
from portal.actions import refusals_as, refusals_shown
from portal.forms import posted
from portal.people.rules import class_contacts, contacts


@page(open_to=rules.around_a_class)
@require_safe
def topic_list(request, pk):
    school_class = class_around(request, pk)
    shown = {
        "school_class": school_class,
        "rows": queries.topic_rows(school_class, request.user),
        "may_wish": rules.can_propose(request.user, school_class),
    }
    return render(request, "networks/topic_list.html", shown)


@page(open_to=rules.around_a_class)
@require_safe
def topic_show(request, pk, key):
    school_class, kit = class_around(request, pk), found_kit(key)
    shown = {
        "school_class": school_class,
        "kit": kit,
        "bands": kit.at(school_class.grades),
        "other_bands": kit.elsewhere(school_class.grades),
        "rules": kits.RULES,
        "plan": kits.PLAN,
        "exits": kits.EXITS,
        "duty": kits.DUTIES.get(school_class.school.country, ""),
        "may_gather": contacts(request.user, school_class),
        "may_offer": rules.can_offer_experience(request.user, school_class),
        "offers": queries.offers_experience(school_class, key, request.user),
        "experienced": queries.experienced(school_class, key, request.user),
    }
    return render(request, "networks/topic_show.html", shown)


@page(open_to=rules.around_a_class)
@require_safe
def topic_home(request, pk, key):
    school_class, kit = class_around(request, pk), found_kit(key)
    if not kit.at_home:
        raise Http404
    shown = {"school_class": school_class, "kit": kit, "exit": kits.EXITS[0]}
    return render(request, "networks/topic_home.html", shown)


@page(open_to=rules.around_a_class)
@require_POST
def experience_offer(request, pk, key):
    school_class, kit = class_around(request, pk), found_kit(key)
    require(rules.can_offer_experience(request.user, school_class))
    is_offered = not request.POST.get("back")
    with refusals_shown(request):
        actions.offer_experience(school_class, by=request.user, kit=kit.key, is_offered=is_offered)
        said = _("Saved. Your name stands here for the class.") if is_offered else _("Your name is taken away.")
        messages.success(request, said)
    return redirect("networks:topic_show", pk, key)


@page(open_to=rules.around_a_class)
@require_POST
def topic_wish(request, pk, key):
    """One tap says that one's home would like the topic, and the next takes it back."""
    school_class, kit = class_around(request, pk), found_kit(key)
    require(rules.can_propose(request.user, school_class))
    with refusals_shown(request):
        if request.POST.get("back"):
            if waiting := queries.waiting_wish(school_class, key):
                actions.take_back(waiting, by=request.user)
            messages.success(request, _("Taken back: %(topic)s") % {"topic": kit.title})
        else:
            _wish(school_class, key, request.user)
            messages.success(request, _("Saved: your home would like to talk about %(topic)s.") % {"topic": kit.title})
    return redirect("networks:topic_list", pk)


def _wish(school_class, key, person):
    """Whoever is first proposes it; everyone else supports that, also somebody who presses at the same moment."""
    if not queries.waiting_wish(school_class, key):
        with suppress(actions.ProposedAlready):
            actions.propose(school_class, by=person, kind=Proposal.Kind.TOPIC, kit=key)
    if waiting := queries.waiting_wish(school_class, key):
        actions.support(waiting, by=person)


@page(open_to=class_contacts)
@WRITES
def theme_draft(request, pk, key):
    school_class, kit = class_around(request, pk), found_kit(key)
    require(contacts(request.user, school_class))
    form = GatheringForm(*posted(request), school=school_class.school, initial=values_for_kit(kit))
    if form.is_valid():
        with refusals_as(form):
            gathering = actions.draft_gathering(school_class, by=request.user, **form.cleaned_data)
            return redirect("networks:inclusion_check", gathering.pk)
    shown = {"school_class": school_class, "kit": kit, "form": form}
    return render(
        request, "networks/theme_draft.html", shown | {"wished": queries.wished_topics(school_class, request.user)}
    )
