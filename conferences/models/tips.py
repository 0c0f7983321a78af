"""The school's advice to homes: how a family helps a child to learn, and why that helps."""

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models.preparing import Subject
from conferences.models.rounds import LEADING
from portal.people.models import Person, Role, School, keys_of
from portal.text import models

FIRST_GRADE, LAST_GRADE = 1, 10
WRITTEN = r"\S"  # blanks are no advice
TEACHING = (Role.Kind.CONTACT_TEACHER, Role.Kind.SUBJECT_TEACHER)


class TipQuerySet(models.QuerySet):
    def live(self):
        return self.filter(retired_at=None)

    def for_grades(self, grades):
        return self.filter(first_grade__lte=max(grades), last_grade__gte=min(grades)) if grades else self

    def visible_to(self, person):
        """To the leaders, the office and the teachers of the school. A family reads only what was chosen for it."""
        return self.filter(
            Q(school__in=keys_of.schools(person, LEADING))
            | Q(school__in=person.roles.live(kinds=TEACHING).values("school_class__school"))
        )


class Tip(models.Model):
    """One piece of advice. It says how and why; neither may be left out."""

    school = models.ForeignKey(School, models.CASCADE, related_name="tips")
    subject = models.ForeignKey(Subject, models.SET_NULL, null=True, blank=True, related_name="tips")
    first_grade = models.PositiveSmallIntegerField(_("From grade"), default=FIRST_GRADE)
    last_grade = models.PositiveSmallIntegerField(_("To grade"), default=LAST_GRADE)
    title = models.CharField(_("Title"), max_length=80)
    how = models.CharField(_("How to help"), max_length=400)
    why = models.CharField(_("Why it helps"), max_length=400)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)

    objects = TipQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(title__regex=WRITTEN, how__regex=WRITTEN, why__regex=WRITTEN), name="tip_says_how_and_why"
            ),
            models.CheckConstraint(
                condition=Q(first_grade__gte=FIRST_GRADE, last_grade__lte=LAST_GRADE, last_grade__gte=F("first_grade")),
                name="tip_is_for_some_grade",
            ),
            models.UniqueConstraint(
                fields=["school", "title"], condition=Q(retired_at=None), name="tip_title_once_a_school"
            ),
        ]

    class Privacy:
        personal = {"written_by"}
        plain = {"id", "school", "subject", "first_grade", "last_grade", "title", "how", "why", "retired_at"}

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("conferences:tip_list") + f"?school={self.school_id}"

    def as_given(self):
        """A copy for the summary: later changes to the tip do not reach families that already have it."""
        return {"tip": self.pk, "title": self.title, "how": self.how, "why": self.why}
