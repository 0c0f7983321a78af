"""What waits for somebody in this room. Doing it empties the list."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.after import todos as after
from networks.agreements import todos as agreements
from networks.birthdays import todos as birthdays
from networks.bulletins import todos as bulletins
from networks.cohort import todos as cohort
from networks.digests import todos as digests
from networks.fund import todos as fund
from networks.letters import todos as letters
from networks.models import Gathering, Helper, InclusionCheck
from networks.polls import todos as polls
from networks.programme import todos as programme
from networks.queries import WELL_BEGUN, missing_terms, own_gatherings, without_a_contact, without_a_plan
from networks.queries.asking import families_of_each
from networks.rota import todos as rota
from networks.topics.todos import proposals_to_answer, proposals_without_a_contact
from portal.speech import day, when
from portal.todos import Todo, waits_for

__all__ = [
    "after",
    "agreements",
    "birthdays",
    "bulletins",
    "cohort",
    "digests",
    "fund",
    "letters",
    "polls",
    "programme",
    "proposals_to_answer",
    "proposals_without_a_contact",
    "rota",
]


@waits_for("parent", among=lambda hat: Gathering.objects.published().upcoming().for_guardian(hat.person))
def gatherings_to_answer(hat):
    asking = [card for card in own_gatherings(hat.person) if card.gathering.takes_answers()]
    return [
        *(_answer(card) for card in asking if card.rsvp is None),
        *(_turn(card) for card in asking if card.rsvp and card.rsvp.has_turn()),
    ]


def _answer(card):
    return Todo(
        title=_("Are you coming? %(title)s with %(class)s")
        % {"title": card.gathering.title, "class": card.gathering.school_class.name},
        url=f"{card.gathering.get_absolute_url()}#answer",
        due=timezone.localdate(card.gathering.answer_by),
        detail=_("One tap is enough, and no is an answer too."),
        icon="PersonGroup",
        hue="gatherings",
    )


def _turn(card):
    return Todo(
        title=_("There is room for you: %(title)s with %(class)s")
        % {"title": card.gathering.title, "class": card.gathering.school_class.name},
        url=f"{card.gathering.get_absolute_url()}#answer",
        due=timezone.localdate(card.rsvp.turn_until),
        detail=_("It is kept until %(until)s.") % {"until": when(card.rsvp.turn_until)},
        icon="PersonGroup",
        hue="gatherings",
    )


def _helping(hat):
    return Helper.objects.of(hat.person)


@waits_for("parent", among=_helping)
def gatherings_to_help_with(hat):
    return [
        Todo(
            title=_("You help with %(title)s") % {"title": helper.gathering.title},
            url=reverse("networks:gathering_organise", args=[helper.gathering_id]),
            due=None if helper.gathering.has_no_time else timezone.localdate(helper.gathering.starts_at),
            detail=_("See who is coming, and who has not been reached."),
            icon="HandShakeHeart",
            hue="gatherings",
        )
        for helper in _helping(hat).select_related("gathering__poll")
        if not helper.gathering.is_over() and not helper.gathering.is_cancelled
    ]


def _not_planned(hat):
    return without_a_plan(hat.scope.school.today()).filter(pk=hat.scope.pk)


@waits_for("class_contact", among=_not_planned)
def gatherings_to_plan(hat):
    """One gathering in the autumn and one in the spring. A draft under way counts as planning."""
    titles = {"autumn": _("Plan the autumn gathering"), "spring": _("Plan the spring gathering")}
    if Gathering.objects.drafts().upcoming().filter(school_class=hat.scope).exists():
        return []
    return [
        Todo(
            title=titles[term.season],
            url=reverse("networks:idea_list", args=[hat.scope.pk]),
            due=term.ends_on,
            detail=_("Choose an idea, and we fill in the invitation. It takes about two minutes."),
            icon="Calendar",
            hue="gatherings",
        )
        for term in missing_terms(hat.scope)
    ]


def _left_alone(hat):
    begun = without_a_plan(hat.school.today()).filter(school=hat.school, first__lte=hat.school.today() - WELL_BEGUN)
    return without_a_contact(begun)


@waits_for("principal", among=_left_alone)
@waits_for("deputy", among=_left_alone)
def classes_without_a_contact(hat):
    """Three weeks into the half-year nobody can be reminded there."""
    names = [one.name for one in _left_alone(hat).order_by("grades", "name")]
    title = ngettext(
        "%(n)s class has no class contact, and no gathering planned",
        "%(n)s classes have no class contact, and no gathering planned",
        len(names),
    )
    return [
        Todo(
            title=title % {"n": len(names)},
            url=reverse("networks:coverage_show"),
            detail=_("%(classes)s. The contact teacher or the office records who is elected.")
            % {"classes": ", ".join(names)},
            icon="PersonGroup",
            hue="gatherings",
        )
    ]


def _drafts(hat):
    return Gathering.objects.timed_drafts().upcoming().filter(school_class=hat.scope)


@waits_for("class_contact", among=_drafts)
def drafts_to_send(hat):
    return [
        Todo(
            title=_("Send the invitation to %(title)s") % {"title": draft.title},
            url=reverse("networks:gathering_send", args=[draft.pk]),
            due=timezone.localdate(draft.answer_by),
            detail=_("It is %(day)s. Nobody else sees it until you send it.")
            % {"day": day(draft.starts_at, hat.scope.school)},
            icon="Paperplane",
            hue="gatherings",
        )
        for draft in _drafts(hat)
    ]


def _ahead(hat):
    published = Gathering.objects.published().filter(school_class=hat.scope, starts_at__gt=timezone.now())
    return published.select_related("school_class__school")


@waits_for("class_contact", among=_ahead)
def families_to_reach(hat):
    found = []
    ahead = list(_ahead(hat))
    counts = families_of_each(ahead, but_for=hat.person.household_id)
    for gathering in ahead:
        left = counts[gathering.pk].families - counts[gathering.pk].reached
        if left:
            title = ngettext("Reach %(n)s family: %(title)s", "Reach %(n)s families: %(title)s", left)
            found.append(
                Todo(
                    title=title % {"n": left, "title": gathering.title},
                    url=reverse("networks:gathering_reach", args=[gathering.pk]),
                    due=timezone.localdate(gathering.answer_by),
                    detail=_("A call or a word at the school gate often works best."),
                    icon="Phone",
                    hue="gatherings",
                )
            )
    return found


def _checks(hat):
    return InclusionCheck.objects.filter(gathering__in=_ahead(hat).values("pk"))


@waits_for("class_contact", among=_checks)
def weak_points_to_mend(hat):
    found = []
    for check in _checks(hat).select_related("gathering").order_by("gathering__starts_at"):
        if check.weak:
            left = len(check.weak)
            title = ngettext(
                "Think of %(n)s thing so that everyone can come: %(title)s",
                "Think of %(n)s things so that everyone can come: %(title)s",
                left,
            )
            found.append(
                Todo(
                    title=title % {"n": left, "title": check.gathering.title},
                    url=reverse("networks:gathering_tasks", args=[check.gathering_id]),
                    due=timezone.localdate(check.gathering.starts_at),
                    icon="Tasklist",
                    hue="gatherings",
                )
            )
    return found
