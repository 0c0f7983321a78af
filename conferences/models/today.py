"""Where the child of a talk is today: what staff may see follows that, and never where the child was when it was made.

Each is a condition on rows with a `pupil` and a `school_class`. A child who has left the class, the school or the portal
has no place there, so nobody there reads on.
"""

from django.db.models import Exists, OuterRef

from portal.people.models import Enrolment


def still_in_class():
    """The child is still in the class of the row."""
    return Exists(_places().filter(school_class=OuterRef("school_class")))


def still_at_school():
    """The child still has a place at the school of the row, in whichever class."""
    return Exists(_places().filter(school_class__school=OuterRef("school_class__school")))


def now_in(classes):
    """The child is in one of these classes now, at the school of the row."""
    return Exists(_places().filter(school_class__school=OuterRef("school_class__school"), school_class__in=classes))


def _places():
    return Enrolment.objects.current().filter(pupil=OuterRef("pupil"), pupil__is_active=True)
