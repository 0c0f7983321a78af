"""What the office reads when an application has come on paper."""

from dataclasses import dataclass

from django.db.models import QuerySet

from grants.models import GrantApplication, GrantScheme
from networks.models import Gathering
from portal.people.models import Person, Role, School, SchoolClass, keys_of


@dataclass(frozen=True)
class PaperClass:
    school_class: SchoolClass
    entered: list[GrantApplication]


def scheme_for(school: School) -> GrantScheme | None:
    """The one of today, or else the last one that has begun: a paper may be entered after its period."""
    begun = GrantScheme.objects.covering(school).filter(starts_on__lte=school.today())
    return begun.order_by("-starts_on").first()


def classes_to_enter(person: Person) -> list[PaperClass]:
    """The classes of this year that the scheme of their school is for, with what was entered for each."""
    run = SchoolClass.objects.current().filter(school__in=keys_of.schools_run(person))
    classes = list(run.select_related("school").order_by("school__name", "grades", "name"))
    schemes = {one.school_id: scheme_for(one.school) for one in {one.school_id: one for one in classes}.values()}
    covered = [one for one in classes if schemes[one.school_id] and schemes[one.school_id].covers(one)]
    entered = {one.pk: [] for one in covered}
    on_paper = GrantApplication.objects.filter(school_class__in=covered, received_on__isnull=False)
    for application in on_paper.select_related("gathering", "school").order_by("pk"):
        entered[application.school_class_id].append(application)
    return [PaperClass(one, entered[one.pk]) for one in covered]


def elected_in(school_class: SchoolClass) -> QuerySet[Person]:
    roles = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class=school_class)
    return Person.objects.filter(pk__in=roles.values("person")).in_name_order()


def gatherings_of(school_class: SchoolClass) -> QuerySet[Gathering]:
    """What the office may know of: no drafts. None that has an application already."""
    known = Gathering.objects.filter(
        school_class=school_class, state__in=[Gathering.State.PUBLISHED, Gathering.State.HELD]
    )
    return known.exclude(grant_applications__in=GrantApplication.objects.alive()).order_by("starts_at")
