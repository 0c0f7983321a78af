"""That the new contact teacher of a class has looked through what it was promised."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from conferences.models.rounds import NotNow
from portal.people.models import Role
from portal.text import models


class LookedThrough(NotNow):
    words = _("You have looked through it already.")


class TakenOverQuerySet(models.QuerySet):
    @staticmethod
    def roles_to_look_through(since):
        """Contact teachers since that day, of a class that had another before: this one, or what it was last year. Who was
        there last year has nothing to take over, and who has looked through it is done."""
        kinds = [Role.Kind.CONTACT_TEACHER]
        same = {"kind__in": kinds, "school_class__cohort": OuterRef("school_class__cohort"), "pk__lt": OuterRef("pk")}
        before = Role.objects.filter(**same).exclude(confirmed_by=None)
        others, own = before.exclude(person=OuterRef("person")), before.filter(person=OuterRef("person"))
        done = TakenOver.objects.filter(role=OuterRef("pk"))
        new = Role.objects.live(kinds=kinds).filter(valid_from__gte=since)
        return new.filter(Exists(others), ~Exists(own), ~Exists(done))


class TakenOver(models.Model):
    role = models.OneToOneField(Role, models.CASCADE, related_name="taken_over")
    at = models.DateTimeField(auto_now_add=True)

    objects = TakenOverQuerySet.as_manager()

    class Privacy:
        personal = set()
        plain = {"id", "role", "at"}

    def __str__(self):
        return f"taken over {self.role_id}"

    @property
    def school_id(self):
        return self.role.school_class.school_id
