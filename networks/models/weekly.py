"""One line a week from a class's teacher, by which its homes begin to talk: "ask your child about ..."."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Enrolment, Person, SchoolClass
from portal.people.models.persons import either
from portal.text import models


class WeekOver(Refusal):
    words = _("The week of this line is over, so it stays as it was written. Write a new one.")


def monday_of(day):
    return day - timedelta(days=day.weekday())


class WeeklyLineQuerySet(models.QuerySet):
    def of_week(self, day):
        return self.filter(week=monday_of(day))

    def lately(self, day):
        """Of this week and the last, so that a Monday is not without."""
        return self.filter(week__gte=monday_of(day) - WeeklyLine.WEEK)

    def to_forget(self, day):
        return self.filter(week__lte=day - WeeklyLine.KEPT)

    def visible_to(self, person):
        """The guardians of the class today, those who teach there, the school's leaders, and the pupils themselves."""
        followed = SchoolClass.objects.followed_by(person).order_by()
        own = Enrolment.objects.current().filter(pupil=person.pk)
        return self.filter(school_class__in=either(followed.values("pk"), own.values("school_class")))


class WeeklyLine(models.Model):
    """It names no child, and asks nobody to answer."""

    LENGTH = 160
    WEEK = timedelta(days=7)
    KEPT = timedelta(days=182)

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="weekly_lines")
    week = models.DateField(editable=False)  # its Monday
    text = models.CharField(_("Ask your child about"), max_length=LENGTH)
    not_names = ArrayField(models.CharField(max_length=60), default=list, editable=False)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(auto_now_add=True)

    objects = WeeklyLineQuerySet.as_manager()

    class Meta:
        ordering = ["-week", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school_class", "week"], name="one_line_per_class_and_week"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="week_begins_on_monday"),
            models.CheckConstraint(condition=~Q(text=""), name="weekly_line_says_something"),
        ]

    class Privacy:
        personal = {"text", "not_names", "written_by"}
        plain = {"id", "school_class", "week", "written_at"}

    def __str__(self):
        return f"line {self.pk} of the week of {self.week}"

    @property
    def school_id(self):
        return self.school_class.school_id
