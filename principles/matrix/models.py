"""Where a class writes what: a row for each matter, of one class or as is usual at a school, and the systems beside this
one that a school writes in."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Enrolment, Person, School, SchoolClass, keys_of
from portal.people.rules import pupils
from portal.text import models


class NothingWritten(Refusal):
    words = _("Say of one matter at least where you write it.")


class Published(Refusal):
    words = _("This has been published meanwhile. Families read it already.")


class SystemTaken(Refusal):
    words = _("The school has a system of this name already.")


class SystemGone(Refusal):
    words = _("A system that you chose has been taken off the school’s list meanwhile. Say where you write instead.")


class OtherSystemQuerySet(models.QuerySet):
    def managed_by(self, person):
        return self.filter(school__in=keys_of.schools_run(person))


class OtherSystem(models.Model):
    """Where a school writes besides here. Pages lead to its address, and hold nothing of what stands there."""

    school = models.ForeignKey(School, models.CASCADE, related_name="other_systems")
    name = models.CharField(_("What is it called?"), max_length=60)
    address = models.URLField(_("Its address"), max_length=300)

    objects = OtherSystemQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="a_school_names_a_system_once"),
            models.CheckConstraint(condition=Q(address__startswith="https://"), name="a_system_has_a_safe_address"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "school", "name", "address"}

    def __str__(self):
        return self.name


class MatrixQuerySet(models.QuerySet):
    def published(self):
        return self.exclude(published_at=None)

    def drafts(self):
        return self.filter(published_at=None).exclude(school_class=None)

    def read_in(self, school_class):
        """What families of the class may read: its own once it is published, and what is usual at the school."""
        own = Q(school_class=school_class.pk, published_at__isnull=False)
        return self.filter(own | Q(school_class=None, school=school_class.school_id))


class Matrix(models.Model):
    """What stands in it is read by families from the day it is published. Without a class it is what is usual at the
    school."""

    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    school_class = models.OneToOneField(SchoolClass, models.CASCADE, null=True, related_name="matrix")
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    objects = MatrixQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(school_class=None), name="one_usual_matrix_a_school"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(school_class__isnull=False), name="the_usual_matrix_is_not_published"
            ),
        ]

    class Privacy:
        personal = {"changed_by"}
        plain = {"id", "school", "school_class", "changed_at", "published_at"}

    def __str__(self):
        return f"matrix {self.pk}"

    def get_absolute_url(self):
        if self.school_class_id:
            return reverse("principles:matrix_show", args=[self.school_class_id])
        return f"{reverse('principles:matrix_usual')}?school={self.school_id}"

    @property
    def is_published(self):
        return self.published_at is not None


class MatrixRow(models.Model):
    """A matter without a row is not written anywhere."""

    class Matter(models.TextChoices):
        HOMEWORK = "homework", _("Homework")
        WEEK_PLAN = "week_plan", _("The week plan")
        ABSENCE = "absence", _("Absence")
        MESSAGES = "messages", _("Messages")
        PICTURES = "pictures", _("Pictures")
        URGENT = "urgent", _("What cannot wait")

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="rows")
    matter = models.CharField(max_length=10, choices=Matter)
    system = models.ForeignKey(OtherSystem, models.SET_NULL, null=True, related_name="rows")
    where = models.CharField(max_length=200, blank=True)
    who = models.CharField(max_length=100, blank=True)
    how_often = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matrix", "matter"], name="a_matrix_has_a_matter_once"),
            models.CheckConstraint(condition=~Q(where="") | Q(system__isnull=False), name="a_matter_says_where"),
        ]

    class Privacy:
        personal = {"who"}
        plain = {"id", "matrix", "matter", "system", "where", "how_often"}

    def __str__(self):
        return f"{self.matter} of {self.matrix_id}"

    @property
    def place(self):
        """In words; empty where the matter is not used."""
        return ", ".join(filter(None, (self.system.name if self.system else "", self.where)))


def classes_read_by(person):
    """The classes of this year of which the person reads where what is written: of their children, their own from the
    age of 12, those that they teach, and all at a school that they run."""
    places = Enrolment.objects.current()
    own = Q(pk__in=keys_of.classes_of_children(person))
    if pupils(person):
        own |= Q(pk__in=places.filter(pupil=person.pk).values("school_class"))
    taught, run = Q(pk__in=keys_of.classes_taught(person)), Q(school__in=keys_of.schools_run(person))
    return SchoolClass.objects.current().filter(own | taught | run)
