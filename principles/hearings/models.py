"""A hearing on a draft, point by point: what is asked of whom, what each answers, and what the board replies. An answer
keeps the words that it was about, whatever becomes of the point."""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.actions import Refusal
from portal.people.models import Household, Person, School, SchoolClass, keys_of
from portal.text import models
from principles.hearings.asked import Voices, contacts_at, enrolled_at, guardians_at, staff_at
from principles.moves import WRITERS


class HearingChanged(Refusal):
    words = _("Something has happened to this hearing meanwhile. Reload the page to see how it stands.")


class HearingOver(Refusal):
    words = _(
        "The hearing is not open for answers now. What you wrote still stands here, and was not sent. "
        "Take it to the school board in another way if it matters to you."
    )


class PointStruck(Refusal):
    words = _(
        "This point was taken out of the text while you were writing. Your words still stand here. "
        "You can copy them to another point."
    )


class PointReworded(Refusal):
    words = _("The point was worded anew while you were writing. Read it as it is now, and save once more.")


class SameWords(Refusal):
    words = _("Your wording is the same as the point. Change it, or leave the field empty.")


class NotYours(Refusal):
    words = _("This section is answered by others. What you wrote was not saved.")


class TooMany(Refusal):
    words = _("There are not so many families in the class. How many did you ask?")


class TooShort(Refusal):
    words = _("Give people at least a week to answer, and the board at least a day to reply.")


class TooLong(Refusal):
    words = _(
        "Look at the days once more: a hearing opens within half a year, is open for three months at most, "
        "and the board replies within half a year."
    )


class NobodyAsked(Refusal):
    words = _("Ask somebody: tick at least one group for one of the sections.")


class NotAllSorted(Refusal):
    """An answer has no theme, or a theme no reply."""


class ThemeInUse(Refusal):
    words = _("There are answers under this theme. Move them first.")


class HearingQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(called_off_at=None)

    def pending(self):
        """Neither replied to nor called off."""
        return self.standing().filter(closed_at=None)

    def coming(self):
        return self.pending().filter(opens_on__gt=timezone.localdate())

    def opened(self):
        return self.standing().filter(opens_on__lte=timezone.localdate())

    def taking_answers(self):
        return self.opened().filter(closed_at=None, closes_on__gte=timezone.localdate())

    def answered(self):
        """The days are over, and the board has the answers before it."""
        return self.pending().filter(closes_on__lt=timezone.localdate())

    def closed(self):
        return self.filter(closed_at__isnull=False)

    def to_forget(self):
        before = timezone.now() - Hearing.KEPT
        named = Answer.objects.filter(hearing=OuterRef("pk"), forgotten=False)
        return self.closed().filter(Exists(named), closed_at__lte=before)

    def led_by(self, person):
        """At the schools whose texts the person writes."""
        return self.filter(school__in=keys_of.schools(person, WRITERS))

    def asking(self, person):
        """Open or over, where the person is asked in some section."""
        homes = guardians_at(OuterRef("school")).filter(guardian=person.pk)
        staff = staff_at(OuterRef("school")).filter(person=person.pk)
        contacts = contacts_at(OuterRef("school")).filter(person=person.pk)
        place = enrolled_at(OuterRef("school")).filter(pupil=person.pk)
        told = {voice: Q(parts__voices__contains=[voice]) for voice in Voices.values}
        asked = Q(Exists(homes)) & told[Voices.HOME]
        asked |= Q(Exists(staff)) & told[Voices.STAFF]
        asked |= Q(Exists(contacts)) & told[Voices.CLASS]
        asked |= Q(Exists(place), council=person.pk) & told[Voices.COUNCIL]
        return self.opened().filter(asked).distinct()

    def visible_to(self, person):
        """Those who write the text at any time, those asked once it has opened, and everybody once it is replied to."""
        found = Q(closed_at__isnull=False)
        if person.is_authenticated:
            found |= Q(pk__in=Hearing.objects.standing().led_by(person).values("pk"))
            found |= Q(pk__in=Hearing.objects.asking(person).values("pk"))
        return self.filter(found)


class Hearing(models.Model):
    """Open from the first to the last day, both included. Until the days are over nobody reads an answer, only how many."""

    LEAST = timedelta(days=6)
    MOST = timedelta(days=92)
    HALF_A_YEAR = timedelta(days=184)
    KEPT = timedelta(days=365)  # then what anybody wrote is deleted, and whose it was; the counts stay

    version = models.ForeignKey("principles.PrincipleVersion", models.PROTECT, related_name="hearings")
    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    lead = models.TextField(_("What is it about?"), blank=True)
    opens_on = models.DateField(_("First day to answer"))
    closes_on = models.DateField(_("Last day to answer"))
    reply_on = models.DateField(_("The board replies by"))
    council = models.ManyToManyField(Person, blank=True, related_name="+")
    called_off_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    homes_asked = models.PositiveIntegerField(null=True)
    homes_answered = models.PositiveIntegerField(null=True)

    objects = HearingQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(closed_at=None, called_off_at=None),
                name="one_hearing_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gt=F("opens_on"), reply_on__gt=F("closes_on")), name="hearing_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, homes_asked=None, homes_answered=None)
                | Q(
                    closed_at__isnull=False, called_off_at=None, homes_asked__isnull=False, homes_answered__isnull=False
                ),
                name="closed_hearing_says_how_many",
            ),
        ]

    class Privacy:
        personal = {"council"}
        plain = {
            *("id", "version", "school", "lead", "opens_on", "closes_on", "reply_on", "called_off_at", "closed_at"),
            *("homes_asked", "homes_answered"),
        }

    def __str__(self):
        return f"hearing {self.pk}"

    def get_absolute_url(self):
        return reverse("principles:hearing_result" if self.closed_at else "principles:hearing_show", args=[self.pk])

    @property
    def is_coming(self):
        return self.is_pending and self.opens_on > self.school.today()

    @property
    def is_pending(self):
        return self.closed_at is None and self.called_off_at is None

    @property
    def takes_answers(self):
        return self.is_pending and self.opens_on <= self.school.today() <= self.closes_on

    @property
    def is_answered(self):
        return self.is_pending and self.closes_on < self.school.today()


class HearingPart(models.Model):
    """Who may answer the points of one section."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="parts")
    section = models.ForeignKey("principles.PrincipleSection", models.CASCADE, related_name="+")
    voices = ArrayField(models.CharField(max_length=7, choices=Voices))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hearing", "section"], name="section_once_a_hearing"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "hearing", "section", "voices"}

    def __str__(self):
        return f"part {self.pk} of hearing {self.hearing_id}"


class Alternative(models.Model):
    """Wording B of a point; wording A stands in the draft."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="alternatives")
    lineage = models.ForeignKey("principles.Lineage", models.PROTECT, related_name="+")
    text = models.TextField(_("Wording B"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hearing", "lineage"], name="one_alternative_a_point"),
            models.CheckConstraint(condition=~Q(text=""), name="alternative_says_something"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "hearing", "lineage", "text"}

    def __str__(self):
        return f"wording B of lineage {self.lineage_id}"


class ThemeQuerySet(models.QuerySet):
    def led_by(self, person):
        return self.filter(hearing__in=Hearing.objects.led_by(person))


class Theme(models.Model):
    """What several have said, in the words of whoever sorts, with the board's reply."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("Taken in")
        PARTLY = "partly", _("Partly taken in")
        NOT = "not", _("Not taken in")

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="themes")
    title = models.CharField(_("You said"), max_length=200)
    outcome = models.CharField(_("What became of it?"), max_length=6, choices=Outcome, blank=True)
    reply = models.TextField(_("What we did, and why"), blank=True)
    wording = models.TextField(_("The wording that was taken in"), blank=True)
    heard = models.PositiveIntegerField(null=True)  # answers, counted when the hearing was closed

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", reply="") | (~Q(outcome="") & ~Q(reply="")), name="reply_says_what_and_why"
            ),
            models.UniqueConstraint(fields=["hearing", "title"], name="theme_once_a_hearing"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "hearing", "title", "outcome", "reply", "wording", "heard"}

    def __str__(self):
        return self.title

    @property
    def school_id(self):
        return self.hearing.school_id

    @property
    def is_replied(self):
        return bool(self.outcome)


WRITTEN = Q(text__isnull=False) | Q(suggestion__isnull=False)


class AnswerQuerySet(models.QuerySet):
    def written(self):
        """With words to reply to, not only a tap."""
        return self.filter(WRITTEN)

    def of(self, voice):
        return self.filter(**voice.key)


class Answer(models.Model):
    class Verdict(models.TextChoices):
        FINE = "fine", _("Fine")
        UNSURE = "unsure", _("Unsure")
        CHANGE = "change", _("Should be changed")

    LENGTH = 4000

    key = models.UUIDField(
        db_default=RandomUUID(), unique=True, editable=False
    )  # its order says nothing of when it came
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="answers")
    lineage = models.ForeignKey("principles.Lineage", models.PROTECT, related_name="+")
    words = models.TextField()  # of the point, as it was when it was answered
    other_words = models.TextField(blank=True)  # wording B
    stood = models.CharField(max_length=160)  # under which heading
    voice = models.CharField(max_length=7, choices=Voices)
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    families = models.PositiveSmallIntegerField(_("How many families did you ask?"), null=True)
    verdict = models.CharField(max_length=6, choices=Verdict)
    choice = models.CharField(max_length=1, choices=[("A", "A"), ("B", "B")], blank=True)
    text = models.EncryptedTextField(_("In your own words"), null=True, blank=True)
    suggestion = models.EncryptedTextField(_("Write the point as it should be"), null=True, blank=True)
    theme = models.ForeignKey(Theme, models.PROTECT, null=True, related_name="answers")
    forgotten = models.BooleanField(default=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["lineage__number", "key"]
        indexes = [models.Index(fields=["hearing", "lineage"], name="answers_by_point")]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "lineage", "household"],
                condition=Q(voice="home", forgotten=False),
                name="one_answer_per_home_and_point",
            ),
            models.UniqueConstraint(
                fields=["hearing", "lineage", "by"],
                condition=Q(voice="staff", forgotten=False),
                name="one_answer_per_colleague_and_point",
            ),
            models.UniqueConstraint(
                fields=["hearing", "lineage", "school_class"],
                condition=Q(voice="class"),
                name="one_answer_per_class_and_point",
            ),
            models.UniqueConstraint(
                fields=["hearing", "lineage"],
                condition=Q(voice="council"),
                name="one_answer_of_the_council_and_point",
            ),
            models.CheckConstraint(
                condition=Q(forgotten=True, by=None, household=None, text=None, suggestion=None)
                | Q(forgotten=False, by__isnull=False),
                name="forgotten_answer_is_a_count",
            ),
            models.CheckConstraint(
                condition=Q(voice="home", forgotten=True, school_class=None, families=None)
                | Q(voice="home", household__isnull=False, school_class=None, families=None)
                | Q(voice="class", household=None, school_class__isnull=False, families__isnull=False)
                | Q(voice__in=["staff", "council"], household=None, school_class=None, families=None),
                name="answer_says_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(other_words="", choice="") | ~Q(other_words=""), name="choice_between_two_wordings"
            ),
        ]

    class Privacy:
        personal = {"household", "by", "verdict", "choice", "text", "suggestion"}
        plain = {
            *("id", "key", "hearing", "lineage", "words", "other_words", "stood", "voice", "school_class", "families"),
            *("theme", "forgotten"),
        }

    @property
    def said(self):
        """In words: of two wordings, which."""
        if self.choice:
            return {"A": _("Wording A"), "B": _("Wording B")}[self.choice]
        if self.other_words and self.verdict == self.Verdict.CHANGE:
            return _("Neither")
        return self.get_verdict_display()

    def __str__(self):
        return f"answer {self.pk}"
