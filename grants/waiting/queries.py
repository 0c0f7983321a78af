"""Cases that wait too long, or that nobody in a class answers for."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from grants.models import GrantApplication
from portal.people.models import Role, SchoolClass

DAYS_BEFORE = 7


def with_nobody_in_class(applications):
    contacts = Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class=OuterRef("school_class"))
    return applications.filter(~Exists(contacts))


def has_nobody_in_class(application) -> bool:
    return with_nobody_in_class(GrantApplication.objects.filter(pk=application.pk)).exists()


def classes_to_move_to(application):
    """Those of the school this year, but for the one that has the case."""
    today = application.school.today()
    return SchoolClass.objects.filter(
        school=application.school, year__starts_on__lte=today, year__ends_on__gte=today
    ).exclude(pk=application.school_class_id)


def answers_due_before_long(today):
    """Waiting cases whose class has neither an answer nor a word of when, a week before it must have."""
    last, long_ago = today + timedelta(days=DAYS_BEFORE), today - timedelta(days=20)
    came = Q(received_on__lte=long_ago) | Q(submitted_at__date__lte=long_ago) | Q(expected_on__lte=last)
    return [one for one in GrantApplication.objects.waiting().with_names().filter(came) if one.answer_due <= last]
