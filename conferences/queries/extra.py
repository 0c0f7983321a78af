"""Extra conversations: the requests that wait, what came of the others, and the contact teacher's monthly list."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from conferences.models import ExtraPrompt, ExtraRequest
from portal.people.hats import PARENT
from portal.people.models import GuardianRelation, Person, Role, SchoolClass, keys_of
from portal.people.rules import TEACHERS

SHOWN_AFTER = timedelta(days=120)
OVERDUE = timedelta(days=7)
URGENT_OVERDUE = timedelta(days=2)


def teachers_away_until(school_class):
    """The first day on which one of the class's contact teachers is there, the one before it; None while one is."""
    live = Role.objects.live(kinds=[Role.Kind.CONTACT_TEACHER]).filter(school_class=school_class)
    away = [role.person.away_until for role in live.select_related("person__availability")]
    return min(away) if away and all(away) else None


@dataclass(frozen=True)
class Asked:
    request: ExtraRequest
    in_own_class: bool = False  # whether the reader is one of the child's teachers

    @property
    def booking(self):
        conference = self.request.conference
        return conference.time if conference else None

    @property
    def state(self):
        if self.request.closed_at:
            return "closed"
        if self.request.conference_id is None:
            return "waiting"
        if self.request.conference.is_to_come:
            return "booked"
        if not self.request.conference.is_open:
            return self.request.conference.state
        return "booked" if self.booking else "offered"

    @property
    def is_late(self):
        limit = URGENT_OVERDUE if self.request.urgent else OVERDUE
        return self.state == "waiting" and self.request.at < timezone.now() - limit

    @property
    def lacks_a_date(self):
        """Something that the school has noticed and found no time for: only the child's teachers are told."""
        return self.in_own_class and self.state == "waiting" and self.request.side == ExtraRequest.Side.SCHOOL

    @property
    def days_to_informed(self):
        school = self.request.school_class.school
        told_on = self.request.at.astimezone(school.zone).date()
        return (told_on - self.request.noticed_on).days if self.request.noticed_on else None


@dataclass
class ExtraPage:
    waiting: list[Asked] = field(default_factory=list)
    scheduled: list[Asked] = field(default_factory=list)
    closed: list[Asked] = field(default_factory=list)
    children: list[Person] = field(default_factory=list)
    classes: list[SchoolClass] = field(default_factory=list)


def extra_page(person, hats):
    """The urgent first. One query for the talks, one for the children whom a guardian may ask for, one for a contact
    teacher's classes."""
    seen = (
        ExtraRequest.objects.visible_to(person)
        .filter(at__gte=timezone.now() - SHOWN_AFTER)
        .select_related("pupil", "school_class__school", "by", "conference__booking", "conference__teacher")
    )
    page, taught = ExtraPage(), {hat.role.school_class_id for hat in hats if hat.kind in TEACHERS}
    for asked in (Asked(request, request.school_class_id in taught) for request in seen):
        where = {"waiting": page.waiting, "booked": page.scheduled, "offered": page.scheduled}
        where.get(asked.state, page.closed).append(asked)
    if any(hat.kind == PARENT for hat in hats):
        own = keys_of.children(person)
        page.children = list(Person.objects.filter(pk__in=own).in_name_order())
    contact = [hat.role.school_class_id for hat in hats if hat.kind == Role.Kind.CONTACT_TEACHER]
    if contact:
        page.classes = list(SchoolClass.objects.filter(pk__in=contact).current().select_related("school"))
    return page


def is_left_alone():
    now = timezone.now()
    return Q(at__lt=now - OVERDUE) | Q(urgent=True, at__lt=now - URGENT_OVERDUE)


def pupils_for(person, school_class):
    """Without the person's own children and those they are restricted from. One query."""
    places = school_class.enrolments.current()
    own = GuardianRelation.objects.filter(guardian_id=person.pk).values("pupil")
    restricted = keys_of.restricted(person)
    pupils = Person.objects.active().filter(pk__in=places.values("pupil"))
    return list(pupils.exclude(pk__in=own).exclude(pk__in=restricted).in_name_order())


def waiting_for(pupils):
    return set(ExtraRequest.objects.waiting().filter(pupil__in=pupils).values_list("pupil", flat=True))


def month_of(school_class) -> date:
    return school_class.school.today().replace(day=1)


def prompt_of(school_class):
    prompts = ExtraPrompt.objects.filter(school_class=school_class, month=month_of(school_class))
    return prompts.select_related("answered_by").first()


def class_of(pupil, person):
    """The class through which the person deals with the pupil: their own child's, or one that they teach or lead; else
    None."""
    places = SchoolClass.objects.current().filter(enrolments__in=pupil.enrolments.current()).select_related("school")
    if GuardianRelation.objects.live().filter(guardian_id=person.pk, pupil=pupil).exists():
        return places.first()
    return places.filter(pk__in=SchoolClass.objects.managed_by(person)).first()
