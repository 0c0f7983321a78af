"""A new school year: 1A becomes 2A with the same children and the same cohort, and those who are confirmed anew."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import Refusal, action
from portal.ledger.record import record
from portal.people import rules
from portal.people.models import Enrolment, Person, Role, SchoolClass, SchoolYear, Term
from portal.people.models.roles import TEACHER_KINDS
from portal.people.queries import next_grades, next_name, next_start
from portal.speech import day

EARLIEST = timedelta(days=120)


class NotRollable(Refusal):
    pass


@action(
    may=rules.can_manage_school,
    claims=SchoolYear.objects.all,
    records="people.year_rolled_over",
    refuses=(NotRollable,),
)
def roll_over(year: SchoolYear, *, by: Person, last_grade: int) -> SchoolYear:
    """Move every class of the year into the next one, with its pupils and its cohort; the classes of the last grade
    leave. Roles end with the year, and teachers are proposed for the class they follow. Refused when the year has
    already been moved, or more than four months before it ends."""
    if timezone.localdate() < year.ends_on - EARLIEST:
        raise NotRollable(_("It is too early: the school year ends on %(day)s.") % {"day": day(year.ends_on)})
    places = Enrolment.objects.filter(school_class__year=year).filter(
        Q(valid_to=None) | Q(valid_to__gt=year.ends_on), valid_from__lte=year.ends_on
    )
    staying = {}
    for place in places:
        staying.setdefault(place.school_class_id, []).append(place.pupil_id)
    if not staying:
        raise NotRollable(_("This school year has already been moved."))
    following = _next_year(year)
    for school_class in year.classes.filter(pk__in=staying):
        if not _leaves(school_class, last_grade):
            _move(school_class, following, staying[school_class.pk])
    places.update(valid_to=year.ends_on)
    Role.objects.filter(school_class__year=year).filter(Q(valid_to=None) | Q(valid_to__gt=year.ends_on)).filter(
        valid_from__lte=year.ends_on
    ).update(valid_to=year.ends_on)
    record("people.year_rolled_over", year, by=by, to=following.pk)
    return following


def _leaves(school_class, last_grade):
    return bool(school_class.grades) and min(school_class.grades) >= last_grade


def _next_year(year):
    starts_on = next_start(year)
    following, made = SchoolYear.objects.get_or_create(
        school_id=year.school_id,
        starts_on=starts_on,
        defaults={"ends_on": next_start(year, 2) - timedelta(days=1)},
    )
    if made:
        middle = starts_on.replace(year=starts_on.year + 1, month=1, day=1)
        autumn, spring = Term.Season.AUTUMN, Term.Season.SPRING
        Term.objects.bulk_create(
            [
                Term(year=following, season=autumn, starts_on=starts_on, ends_on=middle - timedelta(days=1)),
                Term(year=following, season=spring, starts_on=middle, ends_on=following.ends_on),
            ]
        )
    return following


def _move(school_class, following, pupils):
    moved, _made = SchoolClass.objects.get_or_create(
        year=following,
        name=next_name(school_class),
        defaults={
            "school_id": school_class.school_id,
            "cohort": school_class.cohort,
            "grades": next_grades(school_class),
        },
    )
    there = set(moved.enrolments.values_list("pupil_id", flat=True))
    Enrolment.objects.bulk_create(
        Enrolment(pupil_id=pupil, school_class=moved, valid_from=following.starts_on)
        for pupil in pupils
        if pupil not in there
    )
    open_roles = moved.roles.exclude(state=Role.State.ENDED).values_list("person_id", "kind")
    had = set(open_roles)
    Role.objects.bulk_create(
        Role(person_id=role.person_id, kind=role.kind, school_class=moved, valid_from=following.starts_on)
        for role in school_class.roles.live(min(following.starts_on - timedelta(days=1), timezone.localdate()))
        if role.kind in TEACHER_KINDS and (role.person_id, role.kind) not in had
    )
