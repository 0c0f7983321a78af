"""Who plans at a school, and who says how it is run. Each docstring is the reason, as the school would put it."""

from django.utils.translation import gettext_lazy as _

from portal.access import for_whom
from portal.people.hats import KINDS_OF
from portal.people.models import Role, SchoolClass, keys_of
from portal.people.rules import LEADERS, TEACHERS, has_role, is_portal, runs_office


@for_whom(_("teachers, the office, the principal and the deputy"))
def planners(person):
    """Those who teach at a school, lead it or keep its office."""
    return has_role(person, *TEACHERS, *LEADERS, Role.Kind.OFFICE)


KINDS_OF[planners] = (*TEACHERS, *LEADERS, Role.Kind.OFFICE)


def can_plan(person, school, whole_school=False, classes=()):
    """The office and the leaders plan for the whole school and each of its classes; a teacher for the classes they
    teach."""
    meant = {one.pk for one in classes}
    at_school = SchoolClass.objects.filter(school=school)
    if at_school.filter(pk__in=meant).count() < len(meant):
        return False
    if is_portal(person) or runs_office(person, school):
        return True
    taught = set(at_school.filter(pk__in=keys_of.classes_taught(person)).values_list("pk", flat=True))
    return bool(taught) and not whole_school and meant <= taught


def can_change(person, event, whole_school=False, classes=()):
    """Whoever may plan it, for those it is for and for those it shall be for."""
    own = list(event.classes.all())
    return can_plan(person, event.school, whole_school=event.whole_school, classes=own) and can_plan(
        person, event.school, whole_school=whole_school, classes=classes
    )


def can_set(person, school):
    """The office keeps the school's days and promises right; the principal answers for them."""
    return is_portal(person) or runs_office(person, school)


def can_set_year(person, year):
    """The office of the school whose year it is."""
    return can_set(person, year.school)


def can_manage_holiday(person, holiday):
    """The office of the school that is closed then."""
    return can_set(person, holiday.school)
