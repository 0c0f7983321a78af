"""Which children go to the school's after-school care."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.people.models import keys_of
from portal.people.models.persons import Person
from portal.people.models.places import School
from portal.people.models.relations import Enrolment
from portal.people.models.roles import CARE_KINDS
from portal.text import models


class CarePlaceQuerySet(models.QuerySet):
    def live(self):
        """Those that count today: the child has a place at the school, and the school says that it has after-school
        care."""
        today = timezone.localdate()
        places = Enrolment.objects.on(today).filter(pupil=OuterRef("pupil"), school_class__school=OuterRef("school"))
        return self.filter(Exists(places), school__in=School.objects.with_care(), goes=True, pupil__is_active=True)

    def left(self):
        """Of children with no place at the school any more, now or to come."""
        places = Enrolment.objects.open().filter(pupil=OuterRef("pupil"), school_class__school=OuterRef("school"))
        return self.filter(~Exists(places))

    def visible_to(self, person):
        """The after-school staff of the school and its office; never of a child they must know nothing about."""
        cared = keys_of.schools(person, CARE_KINDS)
        theirs = Q(school__in=cared) | Q(school__in=keys_of.schools_run(person))
        return self.live().filter(theirs).exclude(pupil__in=keys_of.restricted(person))


class CarePlace(models.Model):
    """A child that goes to after-school care. It gives nobody a role: it says whom those who have one are there for."""

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="care_places")
    school = models.ForeignKey(School, models.CASCADE, related_name="care_places")
    goes = models.BooleanField(_("goes there"), default=True)  # False where a roster has taken it off

    objects = CarePlaceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "school"], name="one_care_place_at_a_school")]

    class Privacy:
        personal = {"pupil", "school"}
        plain = {"id", "goes"}

    def __str__(self):
        return f"care place {self.pk}"
