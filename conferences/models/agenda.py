"""What the school wants to talk about. The home and the pupil raise theirs by sharing their preparation."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.talks import Conference
from portal.people.models import Person, Role, keys_of
from portal.text import models


class AgendaPointQuerySet(models.QuerySet):
    def visible_to(self, person):
        """To both homes, the pupil, the teachers of the talk and the principal. The office sees times, not words."""
        led = keys_of.schools(person, [Role.Kind.PRINCIPAL, Role.Kind.DEPUTY])
        talks = Conference.objects
        seen = [
            talks.of_guardian(person),
            talks.of_pupil(person),
            talks.of_teacher(person),
            talks.of_leader(person).filter(school_class__school__in=led),
        ]
        restricted = keys_of.restricted(person)
        found = Q()
        for conferences in seen:
            found |= Q(conference__in=conferences.values("pk"))
        return self.filter(found).exclude(conference__pupil__in=restricted)


class AgendaPoint(models.Model):
    MOST = 8  # a talk is short

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="agenda_points")
    text = models.CharField(_("What do you want to talk about?"), max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AgendaPointQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="agenda_point_says_something")]

    class Privacy:
        personal = {"text", "by"}
        plain = {"id", "conference", "at"}

    def __str__(self):
        return f"point {self.pk}"
