"""What the families of a class have agreed upon between them: rules for parents, never for the school or a child alone."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import GuardianRelation, Person, Role, SchoolClass, keys_of
from portal.people.models.keys_of import once_a_day
from portal.people.models.persons import either
from portal.surveys.models import Survey
from portal.text import models


class AgreementOver(Refusal):
    words = _("This agreement has been taken further or ended meanwhile. Open it again to see how it stands.")


class UnderWay(Refusal):
    words = _("The class is already talking about this. Bring that to an end first.")


class SharedNormAgreementQuerySet(models.QuerySet):
    def asking(self):
        return self.filter(state=SharedNormAgreement.State.ASKING)

    def talking(self):
        return self.filter(state=SharedNormAgreement.State.TALKING)

    def adopted(self):
        return self.filter(state=SharedNormAgreement.State.ADOPTED)

    def not_ended(self):
        return self.exclude(state=SharedNormAgreement.State.ENDED)

    def of_classes(self, classes):
        """An agreement goes along when the class moves up: it belongs to the children who started together."""
        return self.filter(Q(school_class__in=classes) | Q(school_class__cohort__in=classes.values("cohort")))

    def for_guardian(self, person):
        """Of the classes that their children are in today."""
        return self.of_classes(SchoolClass.objects.filter(pk__in=keys_of.classes_of_children(person)))

    def managed_by(self, person):
        """Of the classes whose contact they are today."""
        return self.of_classes(SchoolClass.objects.filter(pk__in=contacted_by(person)))

    @once_a_day
    def visible_to(self, person):
        """Guardians and class contacts see all of their class's; its teachers and the school's leaders what it has
        adopted, but neither what is being asked nor what came of that."""
        taught, led = keys_of.classes_taught(person), keys_of.schools_led(person)
        known = SchoolClass.objects.filter(Q(pk__in=taught) | Q(school__in=led))
        told = self.filter(adopted_on__isnull=False).of_classes(known)
        found = (self.for_guardian(person), self.managed_by(person), told)
        return self.filter(pk__in=either(*(agreements.values("pk") for agreements in found)))


def contacted_by(person):
    """Keys of the classes whose contact they are today."""
    return keys_of.classes(person, [Role.Kind.CLASS_CONTACT])


class SharedNormAgreement(models.Model):
    class Topic(models.TextChoices):
        SCREENS = "screens", _("Screens")
        CHORES = "chores", _("Chores and pocket money")
        OUT = "out", _("Times to be home")
        BIRTHDAYS = "birthdays", _("Birthdays")
        SPEAK = "speak", _("How we speak")

    class State(models.TextChoices):
        ASKING = "asking", _("The homes are asked")
        TALKING = "talking", _("To be talked about")
        ADOPTED = "adopted", _("Agreed")
        ENDED = "ended", _("Ended")

    ASKED_FOR, ASKED_AT_MOST = timedelta(days=14), timedelta(days=60)
    WEEKDAYS = 7

    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="agreements")
    topic = models.CharField(_("What is it about?"), max_length=10, choices=Topic)
    state = models.CharField(max_length=8, choices=State, default=State.ASKING, editable=False)
    survey = models.OneToOneField(Survey, models.SET_NULL, null=True, related_name="+", editable=False)
    text = models.TextField(_("What have you agreed?"), max_length=2000, blank=True)
    out_until = ArrayField(models.TimeField(null=True), default=list, blank=True)
    meeting = models.CharField(_("At which meeting?"), max_length=120, blank=True)
    adopted_on = models.DateField(_("Which day was the meeting?"), null=True)
    review_on = models.DateField(_("When do you look at it again?"), null=True)
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+", editable=False)
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replaces", editable=False)

    objects = SharedNormAgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "topic"],
                condition=Q(state__in=["asking", "talking"]),
                name="one_agreement_under_way_on_a_topic",
            ),
            models.UniqueConstraint(
                fields=["school_class", "topic"], condition=Q(state="adopted"), name="one_agreement_in_force_on_a_topic"
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted")
                | ~Q(text="") & ~Q(meeting="") & Q(adopted_on__isnull=False, review_on__isnull=False),
                name="adopted_agreement_says_where_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | ~Q(state="ended") & Q(ended_at=None),
                name="ended_agreement_says_when",
            ),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gt=models.F("adopted_on")),
                name="agreement_is_looked_at_again_later",
            ),
            models.CheckConstraint(condition=~Q(state="asking") | Q(survey__isnull=False), name="asking_has_a_survey"),
        ]

    class Privacy:
        personal = {"started_by"}
        plain = {
            "id",
            "school_class",
            "topic",
            "state",
            "survey",
            "text",
            "out_until",
            "meeting",
            "adopted_on",
            "review_on",
            "started_at",
            "ended_at",
            "replaced_by",
        }

    def __str__(self):
        return self.get_topic_display()

    def get_absolute_url(self):
        return reverse("networks:agreement_show", args=[self.pk])

    @property
    def school_id(self):
        return self.school_class.school_id

    @property
    def is_asking(self):
        return self.state == self.State.ASKING

    @property
    def is_talking(self):
        return self.state == self.State.TALKING

    @property
    def is_adopted(self):
        return self.state == self.State.ADOPTED

    @property
    def is_ended(self):
        return self.state == self.State.ENDED

    @property
    def was_adopted(self):
        return self.adopted_on is not None

    @cached_property
    def class_today(self):
        """The class in which the same children go on, or the one that agreed."""
        return self.classes_today().order_by("pk").first() or self.school_class

    def classes_today(self):
        same = Q(pk=self.school_class_id)
        if self.school_class.cohort_id:
            same |= Q(cohort=self.school_class.cohort_id)
        return SchoolClass.objects.current().filter(same)

    def guardians(self):
        """The relations of those who are asked and told today, also where the class has been parted."""
        return GuardianRelation.objects.live().in_classes(self.classes_today())

    def contacts(self):
        """The roles of those who take it further today."""
        return Role.objects.live(kinds=[Role.Kind.CLASS_CONTACT]).filter(school_class__in=self.classes_today())

    def homes_asked(self):
        return set(self.guardians().homes().values_list("guardian__household", flat=True))

    def is_to_review(self):
        return self.is_adopted and self.review_on <= self.school_class.school.today()
