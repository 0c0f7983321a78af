"""Which home helps to arrange the gatherings of which half-year, over all the years of a class."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models.gatherings import Gathering
from portal.people.models import Cohort, GuardianRelation, Household, Person, Role, SchoolClass, keys_of
from portal.text import models

LONG = timedelta(days=14)


class TurnQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Their own home's, and for the class contact all of the class's."""
        classes = SchoolClass.objects.current().filter(enrolments__pupil__in=keys_of.children(person))
        at_home = Q(household__members=person.pk, cohort__in=classes.values("cohort"))
        return self.filter(at_home | Q(pk__in=self.model.objects.arranged_by(person).values("pk"))).distinct()

    def arranged_by(self, person):
        contacted = keys_of.classes(person, [Role.Kind.CLASS_CONTACT])
        classes = SchoolClass.objects.current().filter(pk__in=contacted)
        return self.filter(cohort__in=classes.values("cohort"))

    def of_class(self, school_class):
        """Of the homes that have a child in the class today; a class that belongs to no cohort has none."""
        homes = GuardianRelation.objects.live().in_class(school_class).homes()
        return self.filter(cohort=school_class.cohort_id, household__in=homes)

    def planned(self):
        return self.filter(state=Turn.State.PLANNED)

    def asked(self):
        return self.filter(state=Turn.State.ASKED)

    def accepted(self):
        return self.filter(state=Turn.State.ACCEPTED)

    def to_begin(self):
        return self.accepted().without_help()

    def waiting(self):
        return self.filter(state__in=[Turn.State.PLANNED, Turn.State.ASKED])

    def may_still_answer(self):
        """Asked, or has said yes and is not a helper yet."""
        return self.filter(state__in=[Turn.State.ASKED, Turn.State.ACCEPTED]).without_help()

    def may_still_move(self):
        return self.exclude(state=Turn.State.PASSED).without_help()

    def without_help(self):
        """They help with nothing yet, or with what is cancelled."""
        cancelled = Gathering.objects.filter(state=Gathering.State.CANCELLED)
        return self.filter(Q(gathering=None) | Q(gathering__in=cancelled.values("pk")))

    def may_be_shown(self):
        return self.filter(state__in=[Turn.State.ASKED, Turn.State.ACCEPTED])

    def asked_long_ago(self, now=None):
        return self.asked().filter(asked_at__lt=(now or timezone.now()) - LONG)


class Turn(models.Model):
    """A home's turn in one half-year. `half` counts half-years: twice the calendar year, and one more for autumn. It
    belongs to the cohort, so it moves along when 1A becomes 2A."""

    class State(models.TextChoices):
        PLANNED = "planned"
        ASKED = "asked"
        ACCEPTED = "accepted"
        PASSED = "passed"

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="+")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    half = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    asked_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    gathering = models.ForeignKey(Gathering, models.SET_NULL, null=True, related_name="+")

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering = ["half", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "household"],
                condition=Q(state__in=["planned", "asked"]),
                name="one_turn_ahead_for_each_home",
            ),
            models.UniqueConstraint(
                fields=["cohort", "household"], condition=Q(state="passed"), name="a_home_passes_once"
            ),
            models.UniqueConstraint(
                fields=["cohort", "household", "half"],
                condition=Q(state="accepted"),
                name="one_turn_for_each_home_and_half_year",
            ),
            models.CheckConstraint(
                condition=Q(state="planned", asked_at=None) | ~Q(state="planned") & Q(asked_at__isnull=False),
                name="a_turn_is_asked_before_it_is_answered",
            ),
        ]

    class Privacy:
        personal = {"household", "state", "answered_by"}
        plain = {"id", "cohort", "half", "asked_at", "gathering"}

    def __str__(self):
        return f"turn {self.pk}"

    @property
    def school_id(self):
        return self.cohort.school_id

    @property
    def half_in_words(self):
        return half_in_words(self.half)

    @property
    def class_today(self):
        return SchoolClass.objects.current().filter(cohort=self.cohort_id).order_by("pk").first()

    @property
    def is_asked(self):
        return self.state == self.State.ASKED

    @property
    def is_accepted(self):
        return self.state == self.State.ACCEPTED

    @property
    def helps(self):
        return self.gathering_id is not None and not self.gathering.is_cancelled

    @property
    def has_passed_before(self):
        passed = Turn.objects.filter(cohort=self.cohort_id, household=self.household_id, state=self.State.PASSED)
        return passed.exists()


def half_in_words(half):
    words = _("autumn %(year)s") if half % 2 else _("spring %(year)s")
    return words % {"year": half // 2}
