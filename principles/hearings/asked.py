"""Who is asked in a hearing, at a school today."""

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from portal.people.models import Enrolment, GuardianRelation, Role
from portal.people.models.roles import REACHED_KINDS
from portal.text import models


class Voices(models.TextChoices):
    """Who is asked. A home answers together, the pupil council too; a class contact answers for the class."""

    HOME = "home", _("Parents")
    STAFF = "staff", _("Staff")
    COUNCIL = "council", _("Pupil council")
    CLASS = "class", _("Class contacts, for the class")


def enrolled_at(school):
    return Enrolment.objects.current().filter(school_class__school=school)


def guardians_at(school):
    """In a subquery about hearings, give `OuterRef("school")`."""
    places = enrolled_at(OuterRef(school) if isinstance(school, OuterRef) else school)
    return GuardianRelation.objects.live().filter(pupil__in=places.values("pupil"), guardian__household__isnull=False)


def staff_at(school):
    return Role.objects.live(kinds=REACHED_KINDS).at(school)


def contacts_at(school):
    return Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class__school=school)
