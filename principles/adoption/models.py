"""What follows a decision: the meeting that it was made at, telling those whom it is for, and carrying it out."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Person, Role, keys_of
from portal.people.models.roles import REACHED_KINDS
from portal.text import models
from principles.moves import WRITERS


class MeetingAhead(Refusal):
    words = _("The meeting has not been yet. Write down what it decided when it has.")


class ToldAlready(Refusal):
    words = _("They have been told already.")


class NoWay(Refusal):
    words = _("Send it here, or say how they are told.")


class DecisionOver(Refusal):
    words = _("Another text has taken its place, or it is repealed: what was decided then stays as it stands.")


class SameDecision(Refusal):
    words = _("These are the words that stand there already.")


class StepDone(Refusal):
    words = _("This is done already.")


class OfPrincipleQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those who write the principle: of its school, and of the municipality what all its schools share."""
        served = keys_of.municipalities_served(person)
        own = Q(version__principle__school__in=keys_of.schools(person, WRITERS))
        shared = Q(version__principle__school=None, version__principle__municipality__in=served)
        return self.filter(own | shared)

    def undone(self):
        return self.filter(done_at=None)

    def done(self):
        return self.filter(done_at__isnull=False)

    def that_stand(self):
        """Of versions that no other has replaced, and that are not repealed."""
        return self.filter(version__effective_to=None)

    def of_school(self, school):
        return self.filter(version__principle__school=school)


class StepQuerySet(OfPrincipleQuerySet):
    def seen_by(self, person):
        """Those who write the principle, and whoever sees to a step of it."""
        return self.filter(Q(pk__in=self.visible_to(person).values("pk")) | Q(owner=person.pk))

    def with_whether_left(self, school):
        """`is_left`: not done, and its owner has no place at the school any more. What a municipality has decided waits for
        its own people."""
        if school is None:
            return self.annotate(is_left=models.Value(False))
        there = Role.objects.live(kinds=[*REACHED_KINDS, Role.Kind.BOARD_MEMBER]).at(school)
        left = Q(done_at=None) & ~Q(owner__in=there.values("person"))
        return self.annotate(is_left=models.ExpressionWrapper(left, models.BooleanField()))


class OfVersion(models.Model):
    class Meta:
        abstract = True

    def get_absolute_url(self):
        principle = self.version.principle
        return reverse("principles:adoption_show", args=[principle.place_key, principle.slug])

    @property
    def school_id(self):
        return self.version.principle.school_id

    @property
    def place(self):
        return self.version.principle.place


class Adoption(OfVersion):
    """The meeting that decided a version. How many were there, and never who said what: boards meet behind closed doors."""

    version = models.OneToOneField("principles.PrincipleVersion", models.CASCADE, related_name="adoption")
    meeting_on = models.DateField(_("When was the meeting?"))
    body = models.CharField(_("Who decided?"), max_length=120)
    item = models.CharField(_("Which item of the agenda?"), max_length=120)
    decision = models.TextField(_("What was decided, word for word?"))
    present = models.PositiveSmallIntegerField(_("How many were there?"), null=True)
    minutes = models.URLField(_("Where are the minutes?"), max_length=300, blank=True)

    objects = OfPrincipleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(decision="") & ~Q(item="") & ~Q(body=""), name="adoption_says_what"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "version", "meeting_on", "body", "item", "decision", "present", "minutes"}

    def __str__(self):
        return f"adoption of {self.version_id}"


class DecisionCorrection(models.Model):
    """A slip of the pen: `former` is how the decision read until then."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="corrections")
    former = models.TextField()
    corrected_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(former=""), name="a_correction_keeps_what_stood_there"),
        ]

    class Privacy:
        personal = {"by"}
        plain = {"id", "adoption", "former", "corrected_at"}

    def __str__(self):
        return f"correction of {self.adoption_id}"

    @property
    def school_id(self):
        return self.adoption.school_id


class Communication(OfVersion):
    """Waits until it is done. `text` is how this audience reads it; the pupils' version stands on the public page too."""

    class Audience(models.TextChoices):
        PARENTS = "parents", _("Parents")
        PUPILS = "pupils", _("Pupils")
        STAFF = "staff", _("Staff")

    version = models.ForeignKey("principles.PrincipleVersion", models.CASCADE, related_name="communications")
    audience = models.CharField(max_length=7, choices=Audience)
    text = models.TextField(_("What do they need to know?"), blank=True)
    sends = models.BooleanField(_("Send it to them here"), default=True)
    how = models.CharField(_("How are they told besides?"), max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = OfPrincipleQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "audience"], name="an_audience_is_told_once_a_version"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(~Q(text=""), done_at__isnull=False, done_by__isnull=False),
                name="an_audience_is_told_in_words",
            ),
        ]

    class Privacy:
        personal = {"done_by"}
        plain = {"id", "version", "audience", "text", "sends", "how", "done_at"}

    def __str__(self):
        return f"{self.audience} of {self.version_id}"


class ImplementationStep(OfVersion):
    """Something to be done so that a version is kept: who sees to it, by when, and what shows that it is done."""

    version = models.ForeignKey("principles.PrincipleVersion", models.CASCADE, related_name="implementation_steps")
    what = models.CharField(_("What is to be done?"), max_length=200)
    owner = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("Who sees to it?"), related_name="implementation_steps"
    )
    due_on = models.DateField(_("By when?"))
    evidence = models.CharField(_("What shows that it is done?"), max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None) | ~Q(evidence=""), name="a_step_is_done_when_something_shows_it"
            ),
        ]

    class Privacy:
        personal = {"owner"}
        plain = {"id", "version", "what", "due_on", "evidence", "done_at", "made_at"}

    def __str__(self):
        return self.what
