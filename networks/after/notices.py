"""The thanks, with the question how it was: one message, to the homes that said they were coming, whatever they answer."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from networks.models import Gathering, Pulse
from networks.models.reports import guardians_who_came
from networks.notices.letters import names_of, signature
from portal.messaging.letters import Button, Letter
from portal.messaging.notices import notice
from portal.people.models import Person


def those_who_came(event):
    relations = guardians_who_came(Gathering.objects.get(pk=event.subject_id))
    return Person.objects.filter(pk__in=relations.values("guardian"))


def still_thanked(notice):
    return guardians_who_came(notice.subject).filter(guardian_id=notice.recipient_id).exists()


@notice(
    "networks.families_thanked",
    on="networks.families_thanked",
    to=those_who_came,
    category="news",
    wanted=still_thanked,
)
def families_thanked(notice):
    gathering = notice.subject
    pulse = Pulse.objects.select_related("survey").get(gathering=gathering)
    asks = pulse.survey is not None and pulse.survey.takes_answers()
    lines = [pulse.words] if pulse.words else [_("It was good that you could take part.")]
    if asks:
        lines.append(_("How was it? It takes a minute, for you and your child. No name is kept with the answer."))
    page = settings.SITE_URL + reverse("networks:pulse_answer", args=[gathering.pk])
    return Letter(
        subject=_("Thank you for coming: %(title)s with %(class)s") % names_of(gathering),
        lines=lines,
        buttons=(Button(_("Say how it was"), page),) if asks else (),
        sender=signature(gathering, notice.recipient),
    )
