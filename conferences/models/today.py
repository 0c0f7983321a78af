"""Where the child of a talk is today. What staff may see follows that, never where the child was when the row was made.
Each is a condition on rows with a `pupil` and a `school_class`. A child who has left the class, the school or the
portal has no place there, so nobody there reads on."""

from django.db.models import Exists, OuterRef

from portal.people.models import Enrolment


def still_in_class():
    return Exists(_places().filter(school_class=OuterRef("school_class")))


def still_at_school():
    return Exists(_places().filter(school_class__school=OuterRef("school_class__school")))


def now_in(classes):
    return Exists(_places().filter(school_class__school=OuterRef("school_class__school"), school_class__in=classes))


def _places():
    return Enrolment.objects.current().filter(pupil=OuterRef("pupil"), pupil__is_active=True)
