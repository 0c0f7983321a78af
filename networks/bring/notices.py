"""A home is told when it steps in for another. What it brings and does stands in the letter of the day before."""

from django.utils.translation import gettext as _

from networks.bring.queries import steps_in
from networks.models import Gathering
from networks.notices.letters import names_of, to_answer
from networks.notices.people import may_still_come
from portal.messaging.notices import Due, reminder
from portal.people.models import GuardianRelation, Person


def still_steps_in(notice):
    home = notice.recipient.household_id
    return may_still_come(notice) and any(place.household_id == home for place in steps_in(notice.subject))


@reminder("networks.stepped_in", category="news", duty=True, wanted=still_steps_in)
def stepped_in(notice):
    gathering, home = notice.subject, notice.recipient.household_id
    titles = [place.item.title for place in steps_in(gathering) if place.household_id == home]
    return to_answer(
        notice,
        subject=_("You step in: %(title)s with %(class)s") % names_of(gathering),
        lines=[
            _("You were a back-up, and another family has given back. Now this is yours: %(what)s")
            % {"what": ", ".join(titles)},
        ],
    )


@stepped_in.due
def to_step_in(now):
    asked = Gathering.objects.published().filter(starts_at__gt=now, items__places__as_backup=True).distinct()
    for gathering in asked.select_related("school_class"):
        places = steps_in(gathering)
        here = GuardianRelation.objects.live().in_class(gathering.school_class_id)
        homes = {place.household_id for place in places}
        adults = Person.objects.filter(household__in=homes, pk__in=here.values("guardian"))
        for adult in adults:
            for place in places:
                if place.household_id == adult.household_id:
                    yield Due(gathering, adult, f"place {place.pk} {place.taken_at:%y%m%d%H%M%S}")
