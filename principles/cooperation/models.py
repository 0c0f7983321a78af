"""Once a year parents and staff say how they find the cooperation, without a name."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Enrolment, GuardianRelation, Person, Role, School, SchoolClass, SchoolYear
from portal.people.models.roles import LEADER_KINDS, REACHED_KINDS
from portal.surveys.models import Survey
from portal.text import models

READERS = [Role.Kind.BOARD_MEMBER, *LEADER_KINDS]


class AskedThisYear(Refusal):
    words = _("Parents and staff have been asked this school year already.")


class TooFew(Refusal):
    words = _("Fewer than five homes would be asked, so nobody could be hidden among them.")


class CooperationSurveyQuerySet(models.QuerySet):
    def visible_to(self, person):
        """The board and the leaders of the school."""
        return self.filter(school__in=Role.objects.filter(person=person.pk).live(kinds=READERS).values("school"))

    def asking(self):
        return self.filter(parents__closed_at=None)

    def taking_answers(self):
        return self.asking().filter(parents__closes_at__gt=timezone.now())

    def for_home_of(self, person):
        """Where the person is a guardian of a child at the school today, and has a home."""
        places = Enrolment.objects.current().of_children_of(person).values("school_class__school")
        return self.filter(school__in=places) if person.household_id else self.none()

    def for_worker(self, person):
        roles = Role.objects.filter(person=person.pk).live(kinds=REACHED_KINDS)
        of_school = Q(school__in=roles.values("school")) | Q(school__in=roles.values("school_class__school"))
        return self.filter(of_school, staff__isnull=False)


class CooperationSurvey(models.Model):
    """Two surveys with the same questions. Staff are asked where they are five or more."""

    school = models.ForeignKey(School, models.PROTECT, related_name="cooperation_surveys")
    year = models.ForeignKey(SchoolYear, models.PROTECT, related_name="cooperation_surveys")
    parents = models.OneToOneField(Survey, models.PROTECT, related_name="+")
    staff = models.OneToOneField(Survey, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)

    objects = CooperationSurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="one_cooperation_survey_a_school_year"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "school", "year", "parents", "staff", "started_at"}

    def __str__(self):
        return f"cooperation survey {self.pk}"

    def get_absolute_url(self):
        return reverse("principles:cooperation_show", args=[self.pk])

    @property
    def is_asking(self):
        return self.parents.is_open

    def guardians(self):
        classes = SchoolClass.objects.current().filter(school=self.school_id)
        return GuardianRelation.objects.live().in_classes(classes.values("pk"))

    def workers(self):
        """Those who work at the school today."""
        classes = SchoolClass.objects.filter(school=self.school_id).values("pk")
        roles = Role.objects.live(kinds=REACHED_KINDS).filter(Q(school=self.school_id) | Q(school_class__in=classes))
        return Person.objects.active().filter(pk__in=roles.values("person"))

    def homes_asked(self):
        return set(self.guardians().homes().values_list("guardian__household", flat=True))

    def workers_asked(self):
        return set(self.workers().values_list("pk", flat=True))
