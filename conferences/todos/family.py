"""What waits for a guardian: times to choose, reserved times, a question about swapping, wishes to say."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from conferences.models import Conference, ConferenceRound, ConferenceSlot, Swap
from conferences.queries.own_talks import rounds_to_wish_for, silent_rounds
from portal.speech import when
from portal.todos import Todo, waits_for


def _unbooked(hat):
    return Conference.objects.of_guardian(hat.person, hat.pupils).unbooked()


@waits_for("parent", among=_unbooked)
def talks_to_choose(hat):
    reserved = ConferenceSlot.objects.free().filter(reserved_for=OuterRef("pk"), starts_at__gte=timezone.now())
    unbooked = _unbooked(hat).annotate(has_offer=Exists(reserved))
    rounds, found = {}, []
    for talk in unbooked.select_related("round__school", "pupil", "teacher"):
        if talk.has_offer:
            found.append(_offer(talk))
        elif _is_open(talk):
            rounds.setdefault(talk.round, []).append(talk.pupil.given_name)
    return found + [_round(round, names) for round, names in rounds.items()]


def _is_open(talk):
    return talk.wanted != Conference.Wanted.NOT_NEEDED and talk.round is not None and talk.round.takes_bookings()


def _round(round: ConferenceRound, names):
    return Todo(
        title=_("Choose a time to talk about %(names)s")
        % {"names": get_text_list(list(dict.fromkeys(names)), _("and"))},
        url=reverse("conferences:family_book", args=[round.pk]),
        due=timezone.localdate(round.closes_at),
        detail=_("Two taps for each child. The best times go first."),
        icon="Chat2",
        hue="conferences",
        of=f"{round.title}, {round.school.name}",
    )


def _offer(talk):
    url = reverse("conferences:conference_time", args=[talk.pk])
    if talk.round_id:
        url = f"{reverse('conferences:family_book', args=[talk.round_id])}?talk={talk.pk}"
    return Todo(
        title=_("%(teacher)s keeps times for you and %(name)s")
        % {"teacher": talk.teacher.full_name, "name": talk.pupil.given_name},
        url=url,
        detail=_("Choose the one that suits you best."),
        icon="Chat2",
        hue="conferences",
        of=talk.occasion,
    )


def _asked(hat):
    own = Conference.objects.of_guardian(hat.person, hat.pupils).values("pk")
    return Swap.objects.filter(state=Swap.State.ASKED, theirs__conference__in=own)


@waits_for("parent", among=_asked)
def swaps_to_answer(hat):
    return [
        Todo(
            title=_("Would you swap times with another family?"),
            url=reverse("conferences:swap_answer", args=[swap.key]),
            due=timezone.localdate(swap.theirs.starts_at),
            detail=_("They would like to have your time %(when)s. You may say no.")
            % {"when": when(swap.theirs.starts_at, swap.theirs.conference.school_class.school)},
            icon="ArrowsCirclepath",
            hue="conferences",
        )
        for swap in _asked(hat).select_related("theirs__conference__school_class__school")
    ]


@waits_for("parent", among=lambda hat: silent_rounds(hat.person, hat.pupils))
def wishes_to_say(hat):
    return [
        Todo(
            title=_("Say what suits you: %(title)s") % {"title": round.title},
            url=reverse("conferences:wish_edit", args=[round.pk]),
            due=timezone.localdate(round.wishes_by or round.opens_at),
            detail=_("It takes a minute, and helps the school to find times for everyone."),
            icon="Chat2",
            hue="conferences",
            of=round.school.name,
        )
        for round in rounds_to_wish_for(hat.person, hat.pupils)
    ]
