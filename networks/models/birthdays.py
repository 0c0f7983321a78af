"""Birthdays by the class's own rule. An invitation goes to the whole class or the whole grade: there is no list."""

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.people.models import (
    AccessRestriction,
    Enrolment,
    GuardianRelation,
    Household,
    Person,
    SchoolClass,
    SchoolYear,
    keys_of,
)
from portal.text import models


class Circle(models.TextChoices):
    CLASS = "class", _("The whole class")
    GRADE = "grade", _("The whole grade")


class BirthdayRule(models.Model):
    """What the class has agreed: who is invited, and what a present may cost, in øre."""

    school_class = models.OneToOneField(SchoolClass, models.CASCADE, related_name="birthday_rule")
    circle = models.CharField(_("Who is invited?"), max_length=5, choices=Circle, default=Circle.CLASS)
    ceiling = models.PositiveIntegerField(_("What may a present cost at most?"), null=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now=True)

    class Privacy:
        personal = {"set_by"}
        plain = {"id", "school_class", "circle", "ceiling", "set_at"}

    def __str__(self):
        return f"birthday rule {self.pk}"


class BirthdayQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(called_off_at=None)

    def hosted_by(self, person):
        """Their home's, while the child is theirs and in the class."""
        places = Enrolment.objects.current().of_children_of(person)
        return self.filter(
            host=person.household_id,
            child__in=places.values("pupil"),
            school_class__in=keys_of.classes_of_children(person),
        ).exclude(host=None)

    def inviting(self, person):
        """For whoever has a child in the class today, or in its grade; not the child's own guardians, nor a home in
        which somebody must know nothing of it."""
        classes = SchoolClass.objects.filter(pk__in=keys_of.classes_of_children(person))
        grade = classes.filter(year=OuterRef("year"), grades__overlap=OuterRef("school_class__grades"))
        circle = Q(school_class__in=classes.values("pk")) | Q(Exists(grade), circle=Circle.GRADE)
        own = GuardianRelation.objects.filter(guardian_id=person.pk)
        restricted = AccessRestriction.objects.in_force(timezone.localdate()).filter(
            Q(guardian=person.pk) | Q(guardian__household__isnull=False, guardian__household=person.household_id)
        )
        found = self.filter(circle).exclude(child__in=own.values("pupil")).exclude(child__in=restricted.values("pupil"))
        return found.exclude(host=person.household_id) if person.household_id else found

    def visible_to(self, person):
        hosted, inviting = self.hosted_by(person).values("pk"), self.inviting(person).values("pk")
        return self.filter(Q(pk__in=hosted) | Q(pk__in=inviting))


class Birthday(models.Model):
    """An invitation as it was sent. It is never changed: it is called off, and another is sent."""

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="birthdays")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="+")
    child = models.ForeignKey(Person, models.CASCADE, related_name="+")
    host = models.ForeignKey(Household, models.CASCADE, related_name="+")
    circle = models.CharField(max_length=5, choices=Circle)
    ceiling = models.PositiveIntegerField(null=True)
    is_shared = models.BooleanField(_("It is the shared party of the quarter"), default=False)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    answer_by = models.DateTimeField(_("Answer by"))
    place = models.CharField(_("Where?"), max_length=200)
    words = models.TextField(_("What should the guests know?"), max_length=500, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    called_off_at = models.DateTimeField(null=True)

    objects = BirthdayQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "year"], condition=Q(called_off_at=None), name="one_birthday_of_a_child_in_a_year"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="birthday_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(answer_by__lte=F("starts_at")), name="birthday_answered_before_it_starts"
            ),
        ]

    class Privacy:
        personal = {"child", "host", "place", "words", "sent_by"}
        plain = {
            "id",
            "school_class",
            "year",
            "circle",
            "ceiling",
            "is_shared",
            "starts_at",
            "ends_at",
            "answer_by",
            "sent_at",
            "called_off_at",
        }

    def __str__(self):
        return f"birthday {self.pk}"

    def get_absolute_url(self):
        return reverse("networks:birthday_show", args=[self.pk])

    @property
    def school_id(self):
        return self.school_class.school_id

    @cached_property
    def classes(self):
        """Whom it is for, as keys for a `__in`."""
        same = Q(pk=self.school_class_id)
        if self.circle == Circle.GRADE:
            same |= Q(year=self.year_id, grades__overlap=self.school_class.grades)
        return SchoolClass.objects.filter(same).values("pk")

    def guests(self):
        """The relations of all who are invited today: every guardian, in both homes of each child; but nobody in the home
        of whoever must know nothing of the child, who would read there where it is."""
        own = GuardianRelation.objects.filter(pupil=self.child_id)
        restricted = AccessRestriction.objects.in_force(timezone.localdate()).filter(pupil=self.child_id)
        here = GuardianRelation.objects.live().in_classes(self.classes)
        here = here.exclude(guardian__in=own.values("guardian")).exclude(guardian__in=restricted.values("guardian"))
        shared = restricted.exclude(guardian__household=None).values("guardian__household")
        here = here.exclude(guardian__household__in=shared)
        return here.filter(guardian__household__isnull=False).exclude(guardian__household=self.host_id)


class BirthdayAnswer(models.Model):
    class Answer(models.TextChoices):
        YES = "yes", _("Yes, we are coming")
        NO = "no", _("We cannot come")

    birthday = models.ForeignKey(Birthday, models.CASCADE, related_name="answers")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer)
    answered_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["birthday", "household"], name="a_home_answers_a_birthday_once")]

    class Privacy:
        personal = {"household", "answer"}
        plain = {"id", "birthday", "answered_at"}

    def __str__(self):
        return f"birthday answer {self.pk}"


class BirthdayMute(models.Model):
    birthday = models.ForeignKey(Birthday, models.CASCADE, related_name="mutes")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["birthday", "person"], name="a_birthday_is_muted_once")]

    class Privacy:
        personal = {"person"}
        plain = {"id", "birthday"}

    def __str__(self):
        return f"birthday mute {self.pk}"


class QuarterChild(models.Model):
    """A child whose home is glad to celebrate together with those born in the same quarter. Off until they say so. The
    day is the roster's, and is shown to nobody."""

    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="quarter_children")
    child = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school_class", "child"], name="a_child_celebrates_with_a_quarter_once")
        ]

    class Privacy:
        personal = {"child"}
        plain = {"id", "school_class"}

    def __str__(self):
        return f"quarter child {self.pk}"
