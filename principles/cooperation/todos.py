"""What waits for those who are asked once a year, and for the board that has not asked yet."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.people.models import Role, SchoolYear
from portal.people.models.roles import REACHED_KINDS
from portal.todos import Todo, waits_for
from principles.cooperation.models import CooperationSurvey
from principles.cooperation.queries import still_to_answer

LATE = timedelta(days=150)  # into the school year


def _todo(one, page):
    return Todo(
        title=_("Answer without a name: the cooperation at %(school)s") % {"school": one.school.name},
        url=reverse(f"principles:{page}", args=[one.pk]),
        due=timezone.localdate(one.parents.closes_at),
        detail=_("It takes two minutes. Nobody sees what you answer."),
        icon="HandShakeHeart",
        hue="principles",
        in_letter=_("Answer without a name: the cooperation"),
    )


def _homes(hat):
    asking = CooperationSurvey.objects.taking_answers().for_home_of(hat.person)
    return still_to_answer(asking, household=hat.person.household_id)


@waits_for("parent", among=_homes)
def cooperation_of_homes(hat):
    return [_todo(one, "cooperation_answer") for one in _homes(hat).select_related("school", "parents")]


def _workers(hat):
    asking = CooperationSurvey.objects.taking_answers().for_worker(hat.person).filter(school=hat.school)
    return still_to_answer(asking, person=hat.person.pk)


def cooperation_at_work(hat):
    return [_todo(one, "cooperation_work") for one in _workers(hat).select_related("school", "parents")]


for kind in REACHED_KINDS:
    waits_for(kind, among=_workers)(cooperation_at_work)


def _not_asked(hat):
    begun = SchoolYear.objects.on(hat.school.today()).filter(school=hat.school)
    return begun.filter(starts_on__lte=hat.school.today() - LATE, cooperation_surveys=None)


@waits_for(Role.Kind.BOARD_MEMBER, among=_not_asked)
def cooperation_to_ask(hat):
    return [
        Todo(
            title=_("Ask parents and staff about the cooperation"),
            url=reverse("principles:cooperation_list"),
            detail=_("Once a school year: four questions without a name."),
            icon="HandShakeHeart",
            hue="principles",
        )
        for _year in _not_asked(hat)
    ]
