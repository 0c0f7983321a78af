"""What a school plans, when it is closed, and what it promises."""

from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import GuardianRelation, Person, Role, School, SchoolClass, keys_of
from portal.people.models.keys_of import once_a_day
from portal.people.models.persons import either
from portal.people.models.roles import OFFICE_KINDS, TEACHER_KINDS
from portal.schoolyear.limits import LONGEST, LONGEST_NAME
from portal.text import models

HAS_PASSED = _("At this time it would be over already. Choose a later one.")


class NotNow(Refusal):
    """What is planned is over or called off, or not there any more."""


class WrongTimes(Refusal):
    """It must end after it starts, and within the school year of its classes."""


class NotFor(Refusal):
    """It is for the whole school or for classes, and whoever has it in their calendar soon keeps it."""


class SchoolEventQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(cancelled_at=None)

    def coming(self, now=None):
        return self.filter(ends_at__gt=now or timezone.now())

    def over(self, now=None):
        return self.filter(ends_at__lte=now or timezone.now())

    @once_a_day
    def visible_to(self, person):
        """Guardians see what is for the whole school of a child of theirs, or for its class; whoever teaches, leads or
        runs the office there sees everything."""
        found = SchoolEvent.objects.for_guardian(person), SchoolEvent.objects.for_staff(person)
        return self.filter(pk__in=either(*(events.values("pk") for events in found)))

    def for_guardian(self, person):
        """Only while a child of theirs is in the class, or at the school."""
        return self.meant_for(keys_of.classes_of_children(person))

    def for_staff(self, person):
        taught = SchoolClass.objects.filter(pk__in=keys_of.classes_taught(person))
        return self.filter(Q(school__in=keys_of.schools_run(person)) | Q(school__in=taught.values("school")))

    def in_calendar_of(self, person):
        """As guardian, as teacher of the classes that are meant, and what is for the whole of one's school."""
        whole, taught = Q(whole_school=True), self.meant_for(keys_of.classes_taught(person))
        found = self.for_guardian(person), taught, self.for_staff(person).filter(whole)
        return self.filter(pk__in=either(*(events.values("pk") for events in found)))

    def meant_for(self, classes):
        """For one of these classes (keys, or a query for them), or for the whole of its school."""
        schools = SchoolClass.objects.filter(pk__in=classes).values("school")
        of_classes = SchoolEvent.classes.through.objects.filter(schoolclass__in=classes)
        return self.filter(Q(whole_school=True, school__in=schools) | Q(pk__in=of_classes.values("schoolevent")))


class SchoolEvent(models.Model):
    """Stands in the calendars of the classes that are meant, or of the whole school. It is never deleted: what is called
    off says so."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("Parents' meeting")
        DUGNAD = "dugnad", _("Dugnad")
        OTHER = "event", _("Something else at school")

    NEAR = timedelta(days=14)

    school = models.ForeignKey(School, models.PROTECT, related_name="events")
    kind = models.CharField(_("What is it?"), max_length=10, choices=Kind)
    title = models.CharField(_("What shall it be called?"), max_length=120)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    place = models.CharField(_("Where is it?"), max_length=200)
    details = models.TextField(_("What should those who come know?"), max_length=2000, blank=True)
    whole_school = models.BooleanField(_("It is for the whole school"), default=False)
    classes = models.ManyToManyField(SchoolClass, verbose_name=_("Which classes is it for?"), related_name="events")
    sequence = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_because = models.CharField(max_length=300, blank=True, editable=False)

    objects = SchoolEventQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_start"),
            models.CheckConstraint(
                condition=Q(cancelled_because="") | Q(cancelled_at__isnull=False), name="event_has_a_reason_when_off"
            ),
        ]

    class Privacy:
        personal = {"made_by"}
        plain = {
            "id",
            "school",
            "kind",
            "title",
            "starts_at",
            "ends_at",
            "place",
            "details",
            "whole_school",
            "classes",
            "sequence",
            "made_at",
            "cancelled_at",
            "cancelled_because",
        }

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("schoolyear:event_show", args=[self.pk])

    @property
    def is_cancelled(self):
        return self.cancelled_at is not None

    @property
    def whom(self):
        """The names of its classes, or of the school. Fetch `classes` before a list is shown."""
        return self.school.name if self.whole_school else ", ".join(one.name for one in self.classes.all())

    def is_over(self, now=None):
        return (now or timezone.now()) >= self.ends_at

    def is_near(self, now=None):
        return self.starts_at < (now or timezone.now()) + self.NEAR

    def differs_in(self, fields):
        return {name for name, value in fields.items() if value != getattr(self, name)}

    def those_with_it(self, had=None):
        """Everybody in whose calendar it stands today. Where it was for some classes alone before, `had` (their keys),
        only those in whose calendar it stood then too."""
        classes = SchoolClass.objects.current().filter(school=self.school_id)
        if not self.whole_school:
            classes = classes.filter(events=self)
        if had is not None:
            classes = classes.filter(pk__in=had)
        guardians = GuardianRelation.objects.live().in_classes(classes.values("pk"))
        roles = Role.objects.live(kinds=TEACHER_KINDS).filter(school_class__in=classes.values("pk"))
        groups = [guardians.values("guardian"), roles.values("person")]
        if self.whole_school and had is None:
            groups.append(Role.objects.live(kinds=OFFICE_KINDS).filter(school=self.school_id).values("person"))
        return Person.objects.active().filter(pk__in=either(*groups))


class HolidayQuerySet(models.QuerySet):
    def visible_to(self, person):
        return self.filter(school__in=School.objects.visible_to(person).values("pk"))

    def managed_by(self, person):
        return self.filter(school__in=keys_of.schools_run(person))

    def between(self, first, last):
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class Holiday(models.Model):
    """Days on which the school is closed for pupils, both ends included."""

    school = models.ForeignKey(School, models.CASCADE, related_name="holidays")
    name = models.CharField(_("Name of the holiday"), max_length=LONGEST_NAME)
    starts_on = models.DateField(_("First day off"))
    ends_on = models.DateField(_("Last day off"))

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "ends_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "starts_on", "ends_on", "name"], name="holiday_once_per_school"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="holiday_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ends_on__lte=F("starts_on") + LONGEST), name="holiday_is_shorter_than_a_year"
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "school", "name", "starts_on", "ends_on"}

    def __str__(self):
        return self.name


class SchoolSetting(models.Model):
    """What the school has said of itself; what it has not said is empty. Who said it, and when, is in the history."""

    LONGEST_ANSWER = 30

    school = models.OneToOneField(School, models.CASCADE, related_name="setting")
    answer_days = models.PositiveSmallIntegerField(_("School days until you answer a family"), null=True, blank=True)
    after_school_care = models.BooleanField(_("Does the school have after-school care?"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_days=None) | Q(answer_days__gte=1, answer_days__lte=30),
                name="answer_comes_within_a_month",
            ),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "school", "answer_days", "after_school_care"}

    def __str__(self):
        return f"settings of {self.school_id}"
