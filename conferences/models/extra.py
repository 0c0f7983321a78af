"""The extra conversation: requests for one, and the monthly question to each class."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.guardians import guardians_by
from conferences.models.rounds import NotNow
from conferences.models.talks import Conference
from conferences.models.today import still_at_school, still_in_class
from portal.people.models import GuardianRelation, Household, Person, SchoolClass, keys_of
from portal.text import models


class TakenCareOf(NotNow):
    words = _("This has been taken care of already.")


class ExtraRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(conference=None, closed_at=None)

    def visible_to(self, person):
        """To the home that asked; to the teachers of the class and the school's leaders while the child goes there."""
        own = keys_of.children(person)
        of_home = Q(pupil__in=own, side=ExtraRequest.Side.HOME, household=person.household_id)
        of_school = Q(pk__in=ExtraRequest.objects.of_staff(person).values("pk"))
        restricted = keys_of.restricted(person)
        return self.filter(of_home | of_school).exclude(pupil__in=restricted)

    def of_staff(self, person):
        """For a teacher of the class or a leader of the school to deal with, never about a child of their home: what its other
        home asks for is not theirs to read."""
        taught, led = keys_of.classes_taught(person), person.roles.live(kinds=["principal", "deputy"])
        here = Q(still_in_class(), school_class__in=taught)
        here |= Q(still_at_school(), school_class__school__in=led.values("school"))
        family = GuardianRelation.objects.near(person).values("pupil")
        restricted = keys_of.restricted(person)
        return self.filter(here).exclude(pupil__in=family).exclude(pupil__in=restricted)

    def astray(self):
        return self.waiting().filter(~still_in_class())


class ExtraRequest(models.Model):
    class Side(models.TextChoices):
        SCHOOL = "school", _("School")
        HOME = "home", _("Home")

    class Reason(models.TextChoices):
        LEARNING = "learning", _("Learning")
        WELLBEING = "wellbeing", _("Well-being")
        CLASS_LIFE = "class_life", _("Life in the class")
        FAMILY = "family", _("Something at home")
        MEETING = "meeting", _("The school suggests to meet")

        @classmethod
        def asked(cls):
            """Those that whoever asks chooses among."""
            return [choice for choice in cls.choices if choice[0] != cls.MEETING]

    pupil = models.ForeignKey(Person, models.PROTECT, related_name="extra_requests")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="extra_requests")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=6, choices=Side)
    reason = models.CharField(_("What is it about?"), max_length=10, choices=Reason)
    urgent = models.BooleanField(_("It cannot wait for more than a few days"), default=False)
    note = models.CharField(_("A few words"), max_length=500, blank=True)
    noticed_on = models.DateField(_("When was it noticed?"), null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    conference = models.OneToOneField(Conference, models.SET_NULL, null=True, related_name="extra_request")
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)

    objects = ExtraRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-urgent", "at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side="home", household__isnull=False) | Q(side="school", household=None),
                name="extra_is_asked_by_one_home_or_the_school",
            )
        ]

    class Privacy:
        personal = {"pupil", "household", "reason", "urgent", "note", "noticed_on", "by", "closed_because"}
        plain = {"id", "school_class", "side", "at", "conference", "closed_at"}

    def __str__(self):
        return f"extra {self.pk}"

    def guardians_who_were(self):
        """Includes the guardians of a child who has left the portal: they are told that the request lapses."""
        relations = GuardianRelation.objects.live_but_for_the_pupil()
        return guardians_by(relations, pupil=self.pupil_id, home=self.household_id)


class ExtraPrompt(models.Model):
    """The monthly question to a class: does any child need a talk? That it was answered is counted as a total."""

    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="extra_prompts")
    month = models.DateField()
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(auto_now_add=True)
    children = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_class", "month"], name="one_prompt_a_month")]

    class Privacy:
        personal = {"answered_by"}
        plain = {"id", "school_class", "month", "answered_at", "children"}

    def __str__(self):
        return f"prompt {self.pk}"
