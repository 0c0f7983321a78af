"""The children who go to after-school care: for those who are there for them, and for the office that says who goes."""

from collections import defaultdict
from dataclasses import dataclass

from portal.people.models import CarePlace, Enrolment, Person, School, SchoolClass


@dataclass(frozen=True)
class CaredFor:
    school: School
    children: list[tuple[str, str]]


def cared_for(person):
    """{school: its children, by name and class} where the person works in after-school care today. Never a child they
    must know nothing about. Four queries at any size."""
    places = (
        CarePlace.objects.visible_to(person).select_related("pupil", "school").order_by("school", "pupil__sort_name")
    )
    places = list(places)
    of_pupil = defaultdict(list)
    rows = Enrolment.objects.current().filter(pupil__in=[place.pupil_id for place in places])
    for pupil, school, name in rows.values_list("pupil", "school_class__school", "school_class__name"):
        of_pupil[pupil, school].append(name)
    found = defaultdict(list)
    for place in places:
        classes = ", ".join(sorted(of_pupil[place.pupil_id, place.school_id]))
        found[place.school].append((place.pupil.full_name, classes))
    return [CaredFor(school, children) for school, children in found.items()]


def pupils_to_choose(school_class, person):
    """The pupils of the class today whom this person may know of."""
    there = Enrolment.objects.current().filter(school_class=school_class)
    pupils = Person.objects.active().filter(pk__in=there.values("pupil"))
    return pupils.unrestricted_for(person).in_name_order()


def goes_to_care(school_class, person):
    """Those of them who go to after-school care."""
    at_school = CarePlace.objects.filter(school=school_class.school_id, goes=True)
    return pupils_to_choose(school_class, person).filter(pk__in=at_school.values("pupil"))


def classes_with_care(person):
    """The classes of today at the schools with after-school care whose office the person runs."""
    run = School.objects.run_by(person).with_care()
    return SchoolClass.objects.current().filter(school__in=run.values("pk")).select_related("school")
