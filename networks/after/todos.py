"""What waits after a gathering: for the class contact to write it down and thank, for a home to say how it was."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import Gathering, Pulse, Rsvp
from portal.people.models import Role
from portal.surveys.models import Answered
from portal.todos import Todo, waits_for


def _unreported(hat):
    recent = Gathering.objects.that_took_place().filter(ends_at__gt=timezone.now() - Pulse.LATEST)
    return recent.filter(school_class=hat.scope, report=None)


@waits_for(Role.Kind.CLASS_CONTACT, among=_unreported)
def gatherings_to_round_off(hat):
    return [
        Todo(
            title=_("How did it go? %(title)s") % {"title": gathering.title},
            url=reverse("networks:report_write", args=[gathering.pk]),
            detail=_("Five lines, most of them filled in. Then you thank those who came."),
            icon="PencilWriting",
            hue="gatherings",
        )
        for gathering in _unreported(hat)
    ]


def _asking(hat):
    home = hat.person.household_id
    if home is None:
        return Pulse.objects.none()
    answered = Answered.objects.filter(household=home).values("survey")
    came = Rsvp.objects.filter(household=home, answer=Rsvp.Answer.YES).values("gathering")
    asking = Pulse.objects.asking().filter(
        survey__closes_at__gt=timezone.now(),
        gathering__in=Gathering.objects.for_guardian(hat.person).filter(pk__in=came).values("pk"),
    )
    return asking.exclude(survey__in=answered)


@waits_for("parent", among=_asking)
def pulses_to_answer(hat):
    return [
        Todo(
            title=_("How was it? %(title)s") % {"title": pulse.gathering.title},
            url=reverse("networks:pulse_answer", args=[pulse.gathering_id]),
            due=timezone.localdate(pulse.survey.closes_at),
            detail=_("It takes a minute, for you and your child. Nobody sees what your home answers."),
            icon="PersonGroup",
            hue="gatherings",
        )
        for pulse in _asking(hat).select_related("survey", "gathering")
    ]
