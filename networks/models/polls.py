"""When it suits the families: the times an organiser asks about, and what each home says to each of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models.gatherings import Gathering
from networks.models.letters import PrintedLetter, ToldInPerson
from portal.people.models import Household, Person
from portal.text import models


@dataclass(frozen=True)
class Between:
    starts_at: datetime
    ends_at: datetime


class PollQuerySet(models.QuerySet):
    def standing(self):
        """Neither fixed nor called off."""
        return self.filter(fixed_at=None, called_off_at=None)

    def sent(self):
        return self.filter(sent_at__isnull=False)

    def open(self, now=None):
        return self.standing().sent().filter(closes_at__gt=now or timezone.now())

    def closed(self, now=None):
        """Over, with no time fixed yet."""
        return self.standing().sent().filter(closes_at__lte=now or timezone.now())

    def to_forget(self, now):
        """Ended sixty days ago, or of a school year that is over. The letters of one that became an invitation are the
        gathering's, and go with it."""
        long_ago = now - Gathering.KEPT
        ended = Q(fixed_at__lt=long_ago) | Q(called_off_at__lt=long_ago)
        past = Q(gathering__school_class__year__ends_on__lt=timezone.localdate(now))
        gatherings = {"gathering": OuterRef("gathering")}
        printed = Q(gathering__state=Gathering.State.DRAFT) & (
            Exists(PrintedLetter.objects.filter(**gatherings)) | Exists(ToldInPerson.objects.filter(**gatherings))
        )
        return self.filter(ended | past).filter(Q(times__answers__isnull=False) | printed).distinct()

    def asked_of(self, person):
        """Those that stand, of classes that a child of theirs is in today."""
        return self.standing().sent().filter(gathering__in=Gathering.objects.for_guardian(person).values("pk"))

    def visible_to(self, person):
        """Guardians see what their children's classes were asked, organisers the drafts of their class too."""
        gatherings = Gathering.objects
        asked = Q(sent_at__isnull=False, gathering__in=gatherings.for_guardian(person).values("pk"))
        return self.filter(asked | Q(gathering__in=gatherings.organised_by(person).values("pk")))


class Poll(models.Model):
    """While it stands its gathering is a draft without a time: nothing stands in a calendar or counts as planned."""

    class ShownTo(models.TextChoices):
        ALL = "all", _("Families too, as totals, when at least five homes have answered")
        ORGANISERS = "organisers", _("Only those who organise")
        NOBODY = "nobody", _("Nobody while it is open, not even those who organise; afterwards they do")

    FEWEST, MOST = 2, 6

    gathering = models.OneToOneField(Gathering, models.CASCADE, related_name="poll")
    closes_at = models.DateTimeField(_("Last day to answer"))
    shown_to = models.CharField(
        _("Who sees the results while the families answer?"), max_length=10, choices=ShownTo, default=ShownTo.ORGANISERS
    )
    sent_at = models.DateTimeField(null=True, editable=False)
    fixed_at = models.DateTimeField(null=True, editable=False)
    called_off_at = models.DateTimeField(null=True, editable=False)
    called_off_because = models.CharField(max_length=300, blank=True, editable=False)
    called_off_title = models.CharField(max_length=120, blank=True, editable=False)

    objects = PollQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(closes_at__gt=F("sent_at")), name="poll_closes_after_it_is_sent"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(fixed_at=None, called_off_at=None), name="poll_ends_when_sent"
            ),
            models.CheckConstraint(condition=Q(fixed_at=None) | Q(called_off_at=None), name="poll_ends_in_one_way"),
        ]

    class Privacy:
        personal = set()
        plain = {
            "id",
            "gathering",
            "closes_at",
            "shown_to",
            "sent_at",
            "fixed_at",
            "called_off_at",
            "called_off_because",
            "called_off_title",
        }

    def __str__(self):
        return f"poll {self.pk}"

    @property
    def stands(self):
        return self.fixed_at is None and self.called_off_at is None

    def is_open(self, now=None):
        return self.stands and self.sent_at is not None and (now or timezone.now()) < self.closes_at

    def is_closed(self, now=None):
        return self.stands and self.sent_at is not None and (now or timezone.now()) >= self.closes_at

    def hides_from_organisers(self, now=None):
        return self.shown_to == self.ShownTo.NOBODY and self.is_open(now)

    def reminder_at(self):
        """As for an invitation: the silent once, and never where there are fewer than two days to answer."""
        span = self.closes_at - self.sent_at
        if span < timedelta(days=2):
            return None
        return self.closes_at - timedelta(hours=48 if span > timedelta(days=5) else 36)


class PollTime(models.Model):
    poll = models.ForeignKey(Poll, models.CASCADE, related_name="times")
    place = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField(_("Ends"))
    is_fixed = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="poll_time_ends_after_start"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=Poll.MOST), name="poll_has_at_most_six_times"),
            models.UniqueConstraint(fields=["poll", "place"], name="one_time_per_place_of_a_poll"),
            models.UniqueConstraint(fields=["poll", "starts_at"], name="poll_asks_once_about_a_time"),
            models.UniqueConstraint(fields=["poll"], condition=Q(is_fixed=True), name="one_time_of_a_poll_is_fixed"),
        ]

    class Privacy:
        personal = set()
        plain = {"id", "poll", "place", "starts_at", "ends_at", "is_fixed"}

    def __str__(self):
        return f"time {self.pk}"

    def is_past(self, now=None):
        return self.starts_at <= (now or timezone.now())


class PollAnswerQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Their own home's alone: organisers read the others on their page, when results are shown to them."""
        return self.filter(household__members=person.pk, time__poll__in=Poll.objects.visible_to(person)).distinct()


class PollAnswer(models.Model):
    """What one home says to one time. No row: it has not answered, which is never a no."""

    class Suits(models.TextChoices):
        YES = "yes", _("Yes")
        IF_NEED_BE = "if_need", _("If need be")
        NO = "no", _("No")

    OPEN = "open"

    time = models.ForeignKey(PollTime, models.CASCADE, related_name="answers")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    suits = models.CharField(max_length=7, choices=Suits)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_behalf = models.BooleanField(default=False, editable=False)
    by_office = models.BooleanField(default=False, editable=False)
    answered_at = models.DateTimeField()

    objects = PollAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["time", "household"], name="one_answer_per_home_and_time"),
            models.CheckConstraint(
                condition=Q(by_office=False) | Q(on_behalf=True), name="office_says_what_suits_on_behalf"
            ),
        ]

    class Privacy:
        personal = {"household", "suits", "answered_by", "on_behalf", "by_office"}
        plain = {"id", "time", "answered_at"}

    def __str__(self):
        return f"answer to a time {self.pk}"

    @property
    def written_by(self):
        """Who wrote it down for the home: nobody, when it said so itself."""
        return "" if not self.on_behalf else "office" if self.by_office else "contact"
